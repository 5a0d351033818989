import { stem } from "../language/stem.ts";
import type { Field, Table } from "../link/fields.ts";
import type { Item } from "../link/items.ts";

/** The question on its way through the stages. */
export interface Reading {
  table: Table;
  items: Item[];
  /** What the question left open and how it was read. */
  assumptions: Set<string>;
}

/** The column that some words for a scale name: "age", "price". */
export function fieldAbout(table: Table, words: string[]): Field | null {
  for (const word of words) {
    const stems = table.fields.filter(
      (field) =>
        field.role !== "identifier" &&
        field.names.some((name) => name.some((one) => one.weight > 0.2 && one.stem === stem(word))),
    );
    const best = stems.find(({ numeric, holds }) => numeric || holds !== null) ?? stems[0];
    if (best) return best;
  }
  return null;
}

/** The column that tells when: by far the most questions about time mean it. Null: the table has none. */
export function timeField(reading: Reading, note = true, tells: (field: Field) => boolean = () => true): Field | null {
  const all = reading.table.fields.filter(({ role }) => role === "time");
  const times = all.some(tells) ? all.filter(tells) : all;
  const mentioned = reading.items.find(
    (item) => item.kind === "column" && item.field.role === "time" && times.includes(item.field),
  );
  if (mentioned?.kind === "column") return mentioned.field;
  const filled = (field: Field) => field.column.profile.nullCount;
  const [first] = [...times].sort((one, other) => filled(one) - filled(other));
  if (first && times.length > 1 && note) {
    const others = times.filter((one) => one !== first).map(({ name }) => name);
    reading.assumptions.add(`Time is taken from ${first.name}, not from ${others.join(" or ")}.`);
  }
  return first ?? null;
}

/** The item next to one, passing over words without meaning; null at the end. */
export function neighbour(items: Item[], index: number, step: 1 | -1, skip: Item["kind"][] = ["stop"]): number | null {
  for (let at = index + step; at >= 0 && at < items.length; at += step) {
    const item = items[at];
    if (item && !skip.includes(item.kind)) return at;
  }
  return null;
}
