import { type Column, type ColumnType, columnType, type SchemaChange } from "../../contract/index.ts";

/**
 * What differs between the columns of two versions. A missing and a new column of one type are taken for the same, renamed,
 * where their names are alike, or where they stand at the same place and hold the same values.
 */
export function schemaChanges(before: readonly Column[], after: readonly Column[]): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const missing = before.filter(({ name }) => !after.some((column) => column.name === name));
  const added = after.filter(({ name }) => !before.some((column) => column.name === name));
  for (const gone of [...missing]) {
    const place = before.indexOf(gone);
    const successor = added.find(
      (column) =>
        column.type === gone.type &&
        (isAlike(gone.name, column.name) || (after.indexOf(column) === place && holdAlike(gone, column))),
    );
    if (!successor) continue;
    changes.push({ change: "renamed", column: successor.name, from: gone.name });
    missing.splice(missing.indexOf(gone), 1);
    added.splice(added.indexOf(successor), 1);
  }
  for (const { name } of missing) changes.push({ change: "missing", column: name });
  for (const { name } of added) changes.push({ change: "added", column: name });
  for (const column of after) {
    const earlier = before.find(({ name }) => name === column.name);
    if (earlier && earlier.type !== column.type) {
      changes.push({ change: "type", column: column.name, from: earlier.type, to: column.type });
    }
  }
  return changes;
}

/** Labels, descriptions and chosen types of the columns before, on those that are the same or renamed. */
export function carryOver(
  before: readonly Column[],
  after: readonly Column[],
  changes: readonly SchemaChange[],
): Column[] {
  const earlierName = new Map(
    changes.flatMap((change) => (change.change === "renamed" ? [[change.column, change.from] as const] : [])),
  );
  return after.map((column) => {
    const earlier = before.find(({ name }) => name === (earlierName.get(column.name) ?? column.name));
    if (!earlier) return column;
    const { label, description, typeIsChosen } = earlier;
    return { ...column, label, description, ...(typeIsChosen && { typeIsChosen }) };
  });
}

/**
 * The types that were chosen for columns of the version before, for those of these names that are the same, or alike where the
 * old name is gone.
 */
export function chosenTypes(before: readonly Column[], names: readonly string[]): Map<string, ColumnType> {
  const added = names.filter((name) => !before.some((column) => column.name === name));
  const chosen = new Map<string, ColumnType>();
  for (const { name, type, typeIsChosen } of before) {
    if (typeIsChosen !== true) continue;
    const successor = names.includes(name) ? name : added.find((one) => isAlike(name, one));
    if (successor !== undefined) chosen.set(successor, columnType.parse(type));
  }
  return chosen;
}

function isAlike(one: string, other: string): boolean {
  return likeness(one, other) > 0.6;
}

/** The share of pairs of neighbouring letters that two names have in common (Dice), from 0 to 1. */
function likeness(one: string, other: string): number {
  const [first, second] = [pairs(one), pairs(other)];
  if (first.length === 0 || second.length === 0) return 0;
  const rest = [...second];
  let common = 0;
  for (const pair of first) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    common += 1;
  }
  return (2 * common) / (first.length + second.length);
}

function pairs(name: string): string[] {
  const letters = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2));
}

function holdAlike({ profile: one }: Column, { profile: other }: Column): boolean {
  const values = new Set(one.topValues.map(({ value }) => value));
  const shared = other.topValues.filter(({ value }) => values.has(value)).length;
  if (values.size > 0 && other.topValues.length > 0)
    return shared >= Math.min(values.size, other.topValues.length) * 0.5;
  return one.min !== null && one.min === other.min;
}
