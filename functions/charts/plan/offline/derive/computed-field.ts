import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import type { Item, ItemOf } from "../link/items.ts";
import type { Comparison, Formula } from "../query.ts";

type Traits = Partial<Pick<Field, "numeric" | "additive" | "intensive" | "role" | "quotient" | "flag">> & {
  /** How many different values there may be. */
  distinct?: number;
  min?: number | null;
  max?: number | null;
};

/** A column that the table does not have; the same for each question that asks for it. Its name is one that no column has. */
export function computedField(table: Table, wanted: string, formula: Formula | undefined, traits: Traits = {}): Field {
  const same = (one: Field) => JSON.stringify(one.formula) === JSON.stringify(formula) && one.name === wanted;
  const known = [...table.computed.values()].find(same);
  if (known && formula) return known;
  const taken = (name: string) =>
    table.computed.has(name) || table.fields.some(({ id }) => id.toLowerCase() === name.toLowerCase());
  let id = wanted;
  for (let at = 2; taken(id); at++) id = `${wanted} ${at}`;
  const { distinct = 1_000, min = null, max = null, numeric = true, additive = false, role = "measure" } = traits;
  const field: Field = {
    id,
    name: wanted,
    names: [wordsIn(wanted).map((word) => ({ stem: stem(word), weight: 1 }))],
    column: {
      name: id,
      label: null,
      description: null,
      type: numeric && role === "measure" ? "DOUBLE" : "VARCHAR",
      profile: { nullCount: 0, distinctCount: distinct, min, max, topValues: [] },
    },
    role,
    holds: null,
    numeric,
    additive,
    discrete: false,
    intensive: traits.intensive ?? false,
    unique: false,
    flag: traits.flag ?? null,
    hints: new Set(),
    ...(formula && { formula }),
    ...(traits.quotient && { quotient: traits.quotient }),
  };
  table.computed.set(id, field);
  return field;
}

/** The question's words for a computed column, as if it had been named. */
export function columnItem(field: Field, text: string): ItemOf<"column"> & Item {
  const link = { from: 0, to: 0, field, score: 1, words: 1, corrected: false, alternatives: [] };
  return { kind: "column", field, link, text, used: false };
}

/** What stands between two items, and they themselves, as the question says it. */
export function textOf(items: Item[], from: number, to: number): string {
  return items
    .slice(from, to)
    .map(({ text }) => text)
    .join(" ");
}

/** "by", where the question leaves it out. */
export function groupItem(text: string): Item {
  return { kind: "operator", operator: { op: "group" }, words: 1, text, used: false };
}

/** A comparison with the number that follows it. */
export function compareItem(comparison: Comparison, text: string): Item {
  const operator = { op: "compare", comparison, time: false, about: [] as string[], after: false } as const;
  return { kind: "operator", operator, words: 1, text, used: false };
}

/** "the share of" what follows. */
export function shareItem(text: string): Item {
  return { kind: "operator", operator: { op: "share", percent: true }, words: 1, text, used: false };
}

export function numberItem(value: number): Item {
  return { kind: "number", value, text: String(value), used: false };
}
