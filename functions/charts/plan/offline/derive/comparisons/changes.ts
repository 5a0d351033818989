import { beside } from "../../language/column-words.ts";
import { stem } from "../../language/stem.ts";
import { nameWords } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { type Reading, timeField } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";
import { dated } from "../times/spans.ts";

const changing =
  /^(change[sd]?|changing|improve(d|ment|ments|s)?|increase[sd]?|decrease[sd]?|rise|rose|risen|fall|fell|fallen|drop|dropped|decline[sd]?|grow|grew|grown|growth|growth of|growth in|evolve|evolved|differ|difference|compare|compares|compared|moved?|develop|developed|shift|percent change|percentage change|% change)$/i;

const isPeriod = (item: Item | undefined) =>
  item?.kind === "period" ||
  (item?.kind === "number" && Number.isInteger(item.value) && item.value >= 1000 && item.value <= 2999);

/**
 * "growth by region", "year over year change in the North": what has no measure named is read as that of the table's main
 * one; of rows where the question counts them.
 */
export function takeMainMeasure({ items, table, assumptions, objections }: Reading): void {
  const at = items.findIndex((item) => {
    const operator = operatorOf(item);
    return operator?.op === "window" && (operator.window === "growth" || operator.window === "change");
  });
  const changes = items.findIndex(
    ({ text, kind }) => kind === "stop" && /^(change[sd]?|improvement|increase|decrease)$/i.test(text),
  );
  const compared = at < 0 && changes >= 0 && operatorOf(items.at(-1))?.op === "chart" && items.at(-1)?.text === "bars";
  const named = items.some((item) => {
    if (item.kind === "rows" || ["count", "amount"].includes(operatorOf(item)?.op ?? "")) return true;
    return (
      item.kind === "unknown" || (item.kind === "column" && (item.field.role === "measure" || item.field.flag !== null))
    );
  });
  if ((at < 0 && !compared) || named) return;
  const measures = table.fields.filter(({ role, additive }) => role === "measure" && additive);
  const takings = measures.filter(({ id }) => /revenue|sales|takings|turnover|income|amount/i.test(id));
  const further = measures.filter((one) => !nameWords(one).some((word) => beside.has(stem(word))));
  const likely = takings.length > 0 ? takings : further.length > 0 ? further : measures;
  const [main] = likely;
  if (!main) return;
  if (likely.length > 1)
    objections.add(`It is not clear of what the change is asked for: name a measure, such as ${main.name}.`);
  items.splice((at < 0 ? changes : at) + 1, 0, columnItem(main, main.name));
  assumptions.add(`The change is that of ${main.name}, since the question names no measure.`);
}

/** "how did sales change from March to April": the two periods beside each other, rather than all that lies between. */
export function takeChanges(reading: Reading): void {
  takePairs(reading);
  const { items, assumptions } = reading;
  const word = items.findIndex(({ text, kind }) => changing.test(text) && kind !== "column" && kind !== "value");
  if (word < 0) return;
  const from = items.findIndex((item, at) => /^(from|between)$/i.test(item.text) && isPeriod(items[at + 1]));
  const to = items.findIndex(
    (item, at) => at > from && /^(to|and|until|till|-)$/i.test(item.text) && isPeriod(items[at + 1]),
  );
  if (from < 0 || to !== from + 2) return;
  const [first, join, second] = [items[from], items[to], items[to + 1]];
  const said = items[word];
  if (!first || !join || !second || !said) return;
  items[from] = { kind: "operator", operator: { op: "in" }, words: 1, text: "in", used: false };
  items[to] = { kind: "operator", operator: { op: "and" }, words: 1, text: "and", used: false };
  const operator = operatorOf(said);
  if (
    said.kind === "unknown" ||
    said.kind === "stop" ||
    (operator?.op === "window" && operator.grain === null) ||
    operator?.op === "uncomputed"
  ) {
    items[word] = { kind: "stop", text: said.text, used: true };
    if (/^(in|of)$/i.test(items[word + 1]?.text ?? "")) items[word + 1] = { kind: "stop", text: "of", used: true };
  }
  items.push({ kind: "operator", operator: { op: "chart", chart: "bar" }, words: 1, text: "bars", used: false });
  assumptions.add(`“${said.text}” is shown as the value of ${items[from + 1]?.text} beside that of ${second.text}.`);
}

/** "Q1 vs Q2", "from March to April", "first half and second half" */
function takePairs(reading: Reading): void {
  for (const [at, first] of reading.items.entries()) {
    const join = reading.items[at + 1];
    const second = reading.items[at + 2];
    const joined =
      ["versus", "and", "upto"].includes(operatorOf(join)?.op ?? "") || /^(to|until|till|,)$/i.test(join?.text ?? "");
    if (joined && second) sameYear(reading, first, second);
  }
}

/** Two periods without a year, or with one only at the end, follow one another; the last that the data has of the second. */
function sameYear(reading: Reading, first: Item, second: Item): void {
  if (first.kind !== "period" || second.kind !== "period" || first.period.year !== null) return;
  const field = timeField(reading, false, (one) => dated([one]).length > 0);
  const end = String(field?.column.profile.max ?? "");
  const year = second.period.year ?? Number(end.slice(0, 4)) - (Number(end.slice(5, 7)) > second.period.month ? 0 : 1);
  if (!Number.isInteger(year)) return;
  const last = second.period.year === null ? ", the last in the data" : "";
  second.period = { ...second.period, year };
  first.period = { ...first.period, year: first.period.month > second.period.month ? year - 1 : year };
  reading.assumptions.add(
    `“${first.text}” and “${second.text}” are those of ${first.period.year === year ? year : `${year - 1} and ${year}`}${last}.`,
  );
}
