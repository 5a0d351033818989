import type { Field, Table } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import type { Comparison, Condition } from "../../query.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";

/** The one column of scores from a least to a most that is called so. */
function scale({ fields }: Table, called: RegExp, least: number, most: number): Field | null {
  const found = fields.filter(({ id, numeric, role, column: { profile } }) => {
    const within = Number(profile.min) >= least && Number(profile.max) <= most && Number(profile.max) > most / 2;
    return numeric && role === "measure" && called.test(id) && within && profile.distinctCount <= most - least + 1;
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

const compare = (column: string, comparison: Comparison, value: number): Condition => ({
  kind: "compare",
  expression: { kind: "column", column },
  comparison,
  value,
});

/**
 * What surveys are read by: of a 0–10 likelihood to recommend, those who answer 9 or 10 are promoters, up to 6 detractors,
 * and their shares' difference is the net promoter score (Reichheld, "The One Number You Need to Grow", 2003); of a
 * satisfaction from 1 to 5, 4 and 5 are satisfied, 1 and 2 are not.
 */
export function takeSurvey(reading: Reading): void {
  const { items, table, assumptions } = reading;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item?.kind !== "unknown") continue;
    const length = /^net$/i.test(item.text) && /^promoter$/i.test(items[at + 1]?.text ?? "") ? 3 : 1;
    if (/^nps$/i.test(item.text) || length === 3) {
      const of = scale(table, /recommend|promot/i, 0, 10);
      if (!of) continue;
      const name = "Net promoter score";
      const steps = [
        { least: 9, value: 100 },
        { least: 7, value: 0 },
        { least: 0, value: -100 },
      ];
      const field = computedField(
        table,
        name,
        { kind: "score", column: of.id, steps },
        { intensive: true, min: -100, max: 100 },
      );
      assumptions.add(`${name} is the percentage of ${of.name} from 9 less that up to 6.`);
      items.splice(at, length, columnItem(field, textOf(items, at, at + length)));
    } else if (/^(promoters?|passives?|detractors?)$/i.test(item.text)) put(reading, at, promoterField(table));
    else if (/^(un|dis)?(satisfied|happy)$/i.test(item.text)) {
      const of = scale(table, /satisf|happi|csat/i, 1, 5);
      const ranked = operatorOf(items[at - 1])?.op === "superlative";
      if (of && ranked && !/^(un|dis)/i.test(item.text)) items[at] = columnItem(of, item.text);
      else put(reading, at, of && satisfiedField(table, of));
    }
  }
}

interface Groups {
  field: Field;
  cases: Group[];
}

/** Rows by their score: what they are called, by which words, which scores, and these in words. */
interface Group {
  name: string;
  word: RegExp;
  scores: [comparison: Comparison, value: number][];
  told: string;
}

function put({ items, assumptions }: Reading, at: number, groups: Groups | null): void {
  const text = items[at]?.text ?? "";
  const { name, told } = groups?.cases.find(({ word }) => word.test(text)) ?? {};
  if (!groups || name === undefined) return;
  items[at] = valueItem(groups.field, name, text);
  assumptions.add(`“${text}” is read as: ${told}.`);
}

function groupsOf(table: Table, of: Field, cases: Group[]): Groups {
  const field = computedField(
    table,
    `Groups of ${of.name}`,
    {
      kind: "cases",
      cases: cases.map(({ name, scores }) => ({
        name,
        when: scores.map(([comparison, value]) => compare(of.id, comparison, value)),
      })),
      otherwise: null,
    },
    { role: "dimension", numeric: false, distinct: cases.length },
  );
  return { field, cases };
}

function promoterField(table: Table): Groups | null {
  const of = scale(table, /recommend|promot/i, 0, 10);
  if (!of) return null;
  return groupsOf(table, of, [
    { name: "Promoters", word: /^prom/i, scores: [[">=", 9]], told: `${of.name} is 9 or more` },
    {
      name: "Passives",
      word: /^pass/i,
      scores: [
        [">=", 7],
        ["<=", 8],
      ],
      told: `${of.name} is 7 or 8`,
    },
    { name: "Detractors", word: /^det/i, scores: [["<=", 6]], told: `${of.name} is 6 or less` },
  ]);
}

function satisfiedField(table: Table, of: Field): Groups {
  return groupsOf(table, of, [
    { name: "Satisfied", word: /^(satis|happy)/i, scores: [[">=", 4]], told: `${of.name} is 4 or 5` },
    { name: "Neither", word: /^neither/i, scores: [["=", 3]], told: `${of.name} is 3` },
    { name: "Not satisfied", word: /^(un|dis)/i, scores: [["<=", 2]], told: `${of.name} is 1 or 2` },
  ]);
}
