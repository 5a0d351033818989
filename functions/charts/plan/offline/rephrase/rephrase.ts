import type { Field, Table } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { quantities } from "../read/missing.ts";
import type { Refusal } from "../refusal.ts";
import { measuresOf } from "../suggest/measures.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import { likelyNames } from "./likely-names.ts";

/** A question in words that the table has. */
export interface Rephrased {
  question: string;
  /** The columns that it now names, which its answer must use. */
  fields: Field[];
}

/** What may stand in a gap. */
interface Filling {
  text: string;
  /** Where it begins, if not where the gap does. */
  start?: number;
  field: Field | null;
}

const mostGaps = 2;
const most = 3;

/**
 * The refused question with each word that was not understood replaced by what it may have meant, the likeliest first, or
 * left out where it only narrows; and where the measure is what is missing, with each of the likeliest measures. Whether
 * they can be answered is for the caller to try.
 */
export function rephrase(question: string, refusal: Refusal): Rephrased[] {
  const { reading } = refusal;
  const gaps = gapsOf(question, refusal);
  if (!reading || gaps.length === 0 || gaps.length > mostGaps) return [];
  const fillings = gaps.map((gap) => fillingsOf(gap, reading.table, gaps.length === 1));
  if (fillings.some(({ length }) => length === 0)) return [];
  const rounds = Math.min(most, Math.max(...fillings.map(({ length }) => length)));
  return Array.from({ length: rounds }, (_, round) => {
    const chosen = fillings.map((of) => of[Math.min(round, of.length - 1)] as Filling);
    return {
      question: filled(question, gaps, chosen),
      fields: chosen.flatMap(({ field }) => field ?? []),
    };
  });
}

function fillingsOf(gap: Gap, table: Table, only: boolean): Filling[] {
  const { words, beside, spareFrom, wants, after, worded } = gap;
  const rate = words.find((word, at) => at > 0 && /^rates?$/i.test(word));
  const named = likelyNames(gap, table).map(({ text, field }): Filling => {
    // "shift leader" where the shift was already read as the column of those who lead it.
    if (text === field.name && beside.includes(field)) return { text: "", field };
    return { text: worded(rate && field.flag ? `${text} ${rate}` : text), field };
  });
  if (spareFrom !== null) named.push({ text: after === "count" ? "rows" : "", start: spareFrom, field: null });
  const ranks = worded("") !== "";
  if (named.length > 0 || wants !== "measure" || !(only || ranks)) return named;
  const measures = likelyMeasures(gap, table).map((field): Filling => ({ text: worded(field.name), field }));
  if (words.length === 0 || after === "aggregate" || ranks) return measures;
  const rows: Filling = { text: "number of rows", field: null };
  // "signups per month": things are counted.
  const counted = /[^s]s$/i.test(words.at(-1) ?? "");
  return counted ? [rows, ...measures.slice(0, most - 1)] : [...measures.slice(0, most - 1), rows];
}

/** Sums of money for one of money; else the measures worth asking for. */
function likelyMeasures({ words }: Gap, table: Table): Field[] {
  const money = words.some((word) => quantities.test(word)) ? impliedColumn("money", table) : null;
  return [...new Set([...(money ? [money.field, ...money.alternatives] : []), ...measuresOf(table)])];
}

export function filled(question: string, gaps: Gap[], fillings: Pick<Filling, "text" | "start">[]): string {
  let text = "";
  let from = 0;
  for (const [index, { start, end }] of gaps.entries()) {
    const filling = fillings[index];
    text += question.slice(from, filling?.start ?? start) + (filling?.text ?? "");
    from = end;
  }
  return (text + question.slice(from)).replace(/\s+/g, " ").trim();
}
