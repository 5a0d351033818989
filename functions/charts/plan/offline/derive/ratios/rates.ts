import { sameFamily } from "../../language/events.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import { type Field, isRowNoun, type Table } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Literal } from "../../query.ts";
import type { Reading } from "../../read/reading.ts";

/**
 * "pass rate" of a column `passed_exam`, "readmission rate" of `readmitted`, "pass rate" of results that are "Passed" and
 * "Failed": the noun is put back to the column or value of its family, so that it reads like "passed rate".
 */
export function takeNouns({ items, table }: Reading): void {
  takeRowNames(items, table);
  for (const [at, item] of items.entries()) {
    if (!/^rates?$/i.test(items[at + 1]?.text ?? "") || item.kind !== "unknown") continue;
    const word = item.text.toLowerCase();
    const flags = table.fields.filter(
      (field) => flagOf(field) && wordsIn(field.id).some((one) => sameFamily(one.toLowerCase(), word)),
    );
    const [flag] = flags;
    if (flag && flags.length === 1) {
      items[at] = flagItem({ ...flag, flag: flagOf(flag) }, item.text);
      continue;
    }
    const values = table.fields.flatMap((field) => valuesOf(field, word));
    const [value] = values;
    if (value && values.length === 1) items[at] = value;
  }
}

/** "rate" is another word for a price, but after what is rated it is none: "bounce rate" of a table with costs. */
export function takeRateWords({ items }: Reading): void {
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    const own =
      item.kind === "column" && wordsIn(`${item.field.id} ${item.field.name}`).some((word) => /^rates?$/i.test(word));
    if (item.kind !== "column" || own || !/^rates?$/i.test(item.text)) continue;
    if (before && (["unknown", "column", "value", "rows"].includes(before.kind) || /^through$/i.test(before.text)))
      items[at] = { kind: "unknown", capital: false, text: item.text, used: false };
  }
}

/** "percentage of students with …": of a column that names each row, the rows are meant. */
function takeRowNames(items: Item[], table: Table): void {
  for (const [at, item] of items.entries()) {
    const before = [items[at - 1], items[at - 2]].find(
      (one) => one && one.kind !== "stop" && operatorOf(one)?.op !== "in",
    );
    const next = items[at + 1];
    const described =
      next?.kind === "stop" || next?.kind === "unknown" || (next?.kind === "column" && next.field.flag !== null);
    if (item.kind !== "column" || !item.field.unique || operatorOf(before)?.op !== "share" || !described) continue;
    if (wordsIn(item.text).every((word) => isRowNoun(stem(word), table)))
      items[at] = { kind: "rows", text: item.text, used: false };
  }
}

/** Yes and no, also as 1 and 0. */
function flagOf({ flag, numeric, column: { profile } }: Field): Field["flag"] {
  if (flag) return flag;
  const both = numeric && profile.distinctCount === 2 && profile.min === 0 && profile.max === 1;
  return both ? { yes: 1, no: 0 } : null;
}

function linkTo(field: Field) {
  return { from: 0, to: 0, field, score: 1, words: 1, corrected: false, alternatives: [] };
}

function flagItem(field: Field, text: string): Item {
  return { kind: "column", field, link: linkTo(field), text, used: false };
}

function valuesOf(field: Field, word: string): Item[] {
  const { topValues, distinctCount } = field.column.profile;
  if (field.numeric || field.flag || distinctCount > 12) return [];
  return topValues.flatMap(({ value }): Item[] => {
    const same = typeof value === "string" && wordsIn(value).length === 1 && sameFamily(value.toLowerCase(), word);
    return same ? [valueItem(field, value, word)] : [];
  });
}

/** A value, as if the question had named it. */
export function valueItem(field: Field, value: Exclude<Literal, null>, text: string): Item {
  return { kind: "value", field, link: { ...linkTo(field), value }, text, used: false };
}
