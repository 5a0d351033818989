import { stem } from "../language/stem.ts";
import { type Field, isRowNoun } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Condition } from "../query.ts";
import type { Placed } from "./placed.ts";
import { neighbour, type Reading } from "./reading.ts";

/** What cells say where there is nothing. */
const nothing = /^(none|no|n\/?a|nil|null|unknown|nothing|-+)$/i;

/** "without insurance", "have no rating": the rows where a column has nothing, in the way in which the column says so. */
export function readAbsent({ items, assumptions }: Reading, placed: Placed[]): void {
  for (const [index, item] of items.entries()) {
    if (item.used || operatorOf(item)?.op !== "not" || !/^(no|without|lacking)$/i.test(item.text)) continue;
    const next = neighbour(items, index, 1, ["stop"]);
    const named = next === null ? undefined : items[next];
    if (named?.kind !== "column" || named.used || next === null) continue;
    const condition = absent(named.field);
    if (!condition) continue;
    item.used = true;
    named.used = true;
    placed.push({ condition, from: index, to: next });
    const shown = condition.kind === "in" ? `is ${condition.values.join(", ")}` : "is empty";
    assumptions.add(`“${item.text} ${named.text}” is read as: ${named.field.name} ${shown}.`);
  }
}

/**
 * "bookings with children", "orders with a discount": the rows where there are some, if the column counts what some rows
 * have none of, and nothing else is asked of it.
 */
export function readPresent(reading: Reading, placed: Placed[]): void {
  const { items, assumptions, table } = reading;
  for (const [index, item] of items.entries()) {
    if (item.used || !/^(with|having)$/i.test(item.text)) continue;
    const before = items[index - 1];
    const plural = before?.kind === "value" && /[^s]s$/.test(before.text);
    const rows =
      plural || before?.kind === "rows" || (before?.kind === "column" && isRowNoun(stem(before.text), table));
    const next = neighbour(items, index, 1, ["stop"]);
    const named = next === null ? undefined : items[next];
    if (!rows || named?.kind !== "column" || named.used || next === null) continue;
    const { numeric, role, id, name, column } = named.field;
    if (!numeric || role !== "measure" || column.profile.min !== 0 || named.field.formula || !ends(items, next))
      continue;
    named.used = true;
    placed.push({
      condition: { kind: "compare", expression: { kind: "column", column: id }, comparison: ">", value: 0 },
      from: index,
      to: next,
    });
    assumptions.add(`“${item.text} ${named.text}” is read as: ${name} is over 0.`);
  }
}

/** Whether a clause ends after an item: no number, order or second column follows. */
function ends(items: Item[], index: number): boolean {
  const next = items[index + 1];
  return (
    next === undefined ||
    next.kind === "break" ||
    ["group", "in", "trend", "series"].includes(operatorOf(next)?.op ?? "")
  );
}

function absent({ id, flag, numeric, column }: Field): Condition | null {
  if (flag) return { kind: "in", column: id, values: [flag.no], negated: false };
  const said = column.profile.topValues.find(({ value }) => typeof value === "string" && nothing.test(value))?.value;
  if (typeof said === "string") return { kind: "in", column: id, values: [said], negated: false };
  if (column.profile.nullCount > 0) return { kind: "null", column: id, negated: false };
  return numeric && column.profile.min === 0 ? { kind: "in", column: id, values: [0], negated: false } : null;
}
