import { sideOf } from "../../link/implied-columns.ts";
import { aggregateItem, type Item, operatorOf } from "../../link/items.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";

const perMonth = /\bmonthly\b|\b(per|each|a) month\b|\/ ?month\b|\bpcm\b/i;
const money = /fee|rent|price|rate|subscription|dues|charge|premium|amount|salary|retainer|[£$€]/i;
const left = /\b(left|leaving|ended|end|cancelled|canceled|moved out|move out|quit|stopped|terminated|closed)\b/i;
const taken = /^(takes?|taking|takings|earns?|earned|makes?|gets?|comes?|comes? in|income|revenue|money|charges?)$/i;

/**
 * "what do we take per month", where each row only tells its fee per month: that of all rows together, rather than those
 * that began in each month.
 */
export function takeMonthly(reading: Reading): void {
  const { items, table } = reading;
  const step = items.findIndex((item) => {
    const operator = operatorOf(item);
    return operator?.op === "grain" && operator.grain === "month";
  });
  const fees = table.fields.filter(
    ({ id, numeric }) => numeric && perMonth.test(id.replaceAll("_", " ")) && money.test(id),
  );
  const [fee] = fees;
  if (step < 0 || fees.length !== 1 || !fee) return;
  const named = items.find((item) => item.kind === "column" && item.field.role === "measure");
  const asks = named?.kind === "column" ? named.field === fee : items.some(({ text }) => taken.test(text));
  const others = table.fields.some((field) => field !== fee && sideOf(field) !== null && field.additive);
  if (named === undefined && others) return;
  if (
    !asks ||
    items.some((item) => ["count", "trend", "superlative", "aggregate"].includes(operatorOf(item)?.op ?? ""))
  )
    return;
  if (items.some((item) => item.kind === "rows" && /new|join/i.test(item.text))) return;
  const before = items[step - 1];
  const from = /^(per|by|a|an|each|every|in)$/i.test(before?.text ?? "") ? step - 1 : step;
  const sum: Item[] = [aggregateItem("sum", "total"), columnItem(fee, fee.name)];
  const rest = items.filter((item, at) => (at < from || at > step) && item !== named && !taken.test(item.text));
  const ended = table.fields.some(
    ({ id, role, column }) => role === "time" && column.profile.nullCount > 0 && left.test(id.replaceAll("_", " ")),
  );
  const said = rest.some(({ text }) => /^(current|currently|active|now|left|all)$/i.test(text));
  // Whoever has left pays no more.
  const still: Item[] =
    ended && !said
      ? [
          { kind: "unknown", capital: false, text: "current", used: false },
          { kind: "rows", text: "members", used: false },
        ]
      : [];
  items.splice(0, items.length, ...sum, ...still, ...rest);
  doubt(
    reading,
    `${fee.name} is told for each row, not for each month: it is added up over all rows that are asked for.`,
  );
}
