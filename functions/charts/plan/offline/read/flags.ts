import type { Operator } from "../language/lexicon.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { isRowNoun } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { isNegated, type Placed } from "./placed.ts";
import { neighbour, type Reading } from "./reading.ts";
import { predicateAt } from "./shares.ts";

/** "active users", "orders not returned", "number of returns", where the column is true or false. */
export function readFlags(reading: Reading, placed: Placed[]): void {
  const { items } = reading;
  groupOpposites(items);
  joinRepeated(items);
  const shared = items.some((item) => operatorOf(item)?.op === "share");
  const predicate = predicateAt(items);
  for (const [index, item] of items.entries()) {
    if (item.used || item.kind !== "column" || item.field.flag === null) continue;
    const next = items[index + 1];
    const before = operatorOf(items[index - 1]);
    // "share of studios among renewals"
    const among = shared && /^among$/i.test(items[index - 1]?.text ?? "");
    if (!among && (before?.op === "group" || before?.op === "series")) continue;
    let described = subjectBefore(items, index);
    if (described !== null && operatorOf(items[described])?.op === "not") described = neighbour(items, described, -1);
    const subject = described === null ? undefined : items[described];
    const named = described === null ? null : operatorOf(items[described - 1]);
    const describes =
      subject?.kind === "rows" ||
      (subject?.kind === "column" && wordsIn(subject.text).every((word) => isRowNoun(stem(word), reading.table))) ||
      operatorOf(subject)?.op === "count" ||
      (subject?.kind === "unknown" && describesUnknown(named));
    const followed =
      next?.kind === "rows" || next?.kind === "column" || (next?.kind === "unknown" && describesUnknown(before));
    const rated = operatorOf(next)?.op === "share";
    const predicated = among || (predicate !== null && predicate < index);
    if (
      !predicated &&
      !describes &&
      !followed &&
      !rated &&
      !countsItself(items, index) &&
      !inRelativeClause(items, index) &&
      !item.link.negated &&
      operatorOf(items[index - 1])?.op !== "not"
    )
      continue;
    item.used = true;
    const yes = isNegated(reading, index) === (item.link.negated ?? false);
    placed.push({
      condition: {
        kind: "in",
        column: item.field.id,
        values: [yes ? item.field.flag.yes : item.field.flag.no],
        negated: false,
      },
      from: index,
      to: index,
    });
  }
}

/** "smokers vs nonsmokers", "tv vs no tv", "with vs without pets": both sides of yes and no are groups. */
function groupOpposites(items: Item[]): void {
  for (let at = 0; at < items.length; at++) {
    const joined = ["versus", "and", "or"].includes(operatorOf(items[at])?.op ?? "");
    const not = operatorOf(items[at + 1])?.op === "not";
    const one = items[at - 1];
    const other = items[not ? at + 2 : at + 1];
    if (!joined || other?.kind !== "column" || other.field.flag === null) continue;
    const same = one?.kind === "column" && one.field === other.field;
    const opposed = same && (one.link.negated ?? false) !== ((other.link.negated ?? false) !== not);
    const alone = not && /^(with|having|has)$/i.test(one?.text ?? "");
    if (!opposed && !alone) continue;
    const from = at - 1;
    items.splice(
      from,
      (not ? at + 3 : at + 2) - from,
      { kind: "operator", operator: { op: "group" }, words: 1, text: "by", used: false },
      other,
    );
  }
}

/** "quotes not accepted" of a `quote_accepted`: the noun and the verb are one column. */
function joinRepeated(items: Item[]): void {
  for (const [at, item] of items.entries()) {
    if (item.kind !== "column" || item.field.flag === null || item.used) continue;
    let next = at + 1;
    while (items[next]?.kind === "stop" || operatorOf(items[next])?.op === "not") next++;
    const other = items[next];
    if (next > at && other?.kind === "column" && other.field === item.field && other.text !== item.text)
      items[at] = { kind: "rows", text: item.text, used: false };
  }
}

/** What a word of a predicate is said of: "patients over 80 were readmitted". */
function subjectBefore(items: Item[], index: number): number | null {
  const at = neighbour(items, index, -1);
  if (at === null || items[at]?.kind !== "number" || !items[at]?.used) return at;
  const rows = items.findLastIndex(({ kind }, before) => before < at && kind === "rows");
  return rows < 0 ? at : rows;
}

/** "readmissions by department": the rows of which it is true are counted. */
function countsItself(items: Item[], index: number): boolean {
  const { text } = items[index] ?? { text: "" };
  const first = items.findIndex(({ kind }) => kind !== "stop" && kind !== "operator") === index;
  const most = ["superlative", "top", "count", "share"].includes(operatorOf(items[index - 1])?.op ?? "");
  const ended = neighbour(items, index, 1, ["stop"]);
  const ranks = ended !== null && operatorOf(items[ended])?.op === "superlative";
  return /[^s]s$/.test(text) && (first || most || ranks);
}

/** "respondents who use dashboards and alerts": each flag in the clause is a condition. */
function inRelativeClause(items: Item[], index: number): boolean {
  const start = items.findLastIndex(({ text }, at) => at < index && /^(that|who|which|having)$/i.test(text));
  return start > 0 && items.slice(start, index).every(({ kind }) => kind !== "break");
}

/** "how many remote workers": what is counted has no other name here. */
function describesUnknown(before: Operator | null): boolean {
  return before?.op === "count";
}
