import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import { rangeIn } from "../../link/periods.ts";
import { doubt, type Reading, timeField } from "../../read/reading.ts";
import { columnItem, computedField, textOf } from "../computed-field.ts";
import { timeSaid } from "../times/steps.ts";

const dayMs = 86_400_000;

/**
 * "sales before and after June 2025", "average wait before vs since 2024": the time before a day beside that from it on.
 */
export function takeBeforeAfter(reading: Reading): void {
  const { items, table } = reading;
  const at = items.findIndex((_, index) => isPair(items, index));
  if (at < 0) return;
  const when = items.findIndex(
    ({ kind, text }, index) => index > at + 2 && kind !== "stop" && !/^(the|of)$/i.test(text),
  );
  const field = timeField(reading, true, ({ holds }) => holds === "date" || holds === "timestamp");
  const from = field && dayOf(items[when], field);
  if (!field?.holds || !from || when > at + 5) return;
  const [min, max] = [field.column.profile.min, field.column.profile.max].map((cell) => String(cell).slice(0, 10));
  if (!min || !max || from <= min || from > max) return;
  const after = new Date(Date.parse(max) + dayMs).toISOString().slice(0, 10);
  const spans = [
    { name: `before ${from}`, from: min, before: from },
    { name: `from ${from} on`, from, before: after },
  ];
  timeSaid(items, field.id);
  const period = computedField(
    table,
    "Period",
    { kind: "span", column: field.id, holds: field.holds, spans },
    { role: "dimension", numeric: false, distinct: 2 },
  );
  const text = textOf(items, at, when + 1);
  const series: Item = { kind: "operator", operator: { op: "series" }, words: 1, text: "by", used: false };
  items.splice(at, when + 1 - at, series, columnItem(period, text));
  const days = (one: string, other: string) => Math.round((Date.parse(other) - Date.parse(one)) / dayMs);
  doubt(
    reading,
    `“${text}” is read as the ${days(min, from)} days before ${from} beside the ${days(from, after)} days from then on; sums and counts depend on how long each is.`,
  );
}

/** "before and after", "before vs since", "before or after" */
function isPair(items: readonly Item[], at: number): boolean {
  const join = items[at + 1];
  const joined = ["and", "versus", "or"].includes(operatorOf(join)?.op ?? "") || /^[/,]$/.test(join?.text ?? "");
  return /^before$/i.test(items[at]?.text ?? "") && joined && /^(after|since|from)$/i.test(items[at + 2]?.text ?? "");
}

/** The first day of a period; of one without a year the last within the data. */
function dayOf(item: Item | undefined, { column }: Field): string | null {
  if (item?.kind === "number" && Number.isInteger(item.value) && item.value >= 1900 && item.value < 2100)
    return `${item.value}-01-01`;
  if (item?.kind !== "period") return null;
  const max = String(column.profile.max).slice(0, 10);
  const last = Number(max.slice(0, 4));
  const { from } = rangeIn(item.period.year ?? last, item.period);
  return item.period.year === null && from > max ? rangeIn(last - 1, item.period).from : from;
}
