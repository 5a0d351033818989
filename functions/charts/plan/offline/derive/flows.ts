import { stem } from "../language/stem.ts";
import type { Field, Table } from "../link/fields.ts";
import { isNeutralMoney } from "../link/implied-columns.ts";
import type { Item } from "../link/items.ts";
import { doubt, type Reading } from "../read/reading.ts";
import { columnItem, computedField, textOf } from "./computed-field.ts";
import { isMeasure } from "./quotients.ts";

type Side = "in" | "out";

const stems = (words: string) => new Set(words.split(" ").map(stem));
const words: Record<Side, Set<string>> = {
  in: stems("income revenue earnings earn earned takings proceeds turnover receipts inflow incoming sales"),
  out: stems("expense expenditure spend spending spent cost outgoing outflow outlay"),
};

/** The one column of money where what comes in is positive and what goes out negative, as in accounts; a few refunds are none. */
function signedColumn({ fields }: Table): Field | null {
  const signed = fields.filter(({ column: { profile }, ...field }) => {
    const first = Number(profile.quartiles?.[0] ?? 0);
    return isNeutralMoney(field) && Number(profile.min) < 0 && Number(profile.max) > 0 && first < 0;
  });
  return signed.length === 1 ? (fields.find(({ id }) => id === signed[0]?.id) ?? null) : null;
}

/**
 * "spending", "income", "money out" of a column that holds both: only what is negative, without the sign, or only what is
 * positive. "net": all of it. Adding up both for either word would take one from the other.
 */
export function takeFlows(reading: Reading): void {
  const { items, table } = reading;
  const column = signedColumn(table);
  if (!column) return;
  for (let at = 0; at < items.length; at++) {
    const net = netAt(items, at, column);
    const side = net > 0 ? null : sideAt(items, at, column);
    if (net > 0) items.splice(at, net, columnItem(column, textOf(items, at, at + net)));
    else if (side)
      items.splice(at, side.length, sideItem(reading, column, side.side, textOf(items, at, at + side.length)));
  }
}

/** How many items say "net", "net income", "cash flow" of both sides together. */
function netAt(items: Item[], at: number, column: Field): number {
  const [word, next] = [items[at]?.text ?? "", items[at + 1]];
  if (/^cash ?flow$/i.test(word)) return 1;
  if (/^cash$/i.test(word) && /^flow$/i.test(next?.text ?? "")) return 2;
  if (!/^net$/i.test(word) || items[at]?.kind === "column") return 0;
  const named =
    next !== undefined &&
    (sideAt(items, at + 1, column) || /^(result|total|amount|change|flow|profit)$/i.test(next.text));
  return named ? 2 : 1;
}

function sideAt(items: Item[], at: number, column: Field): { side: Side; length: number } | null {
  const item = items[at];
  const next = items[at + 1];
  if (!item) return null;
  const way = /^(in|out)$/i.exec(next?.text ?? "")?.[1]?.toLowerCase();
  const open =
    items[at + 2] === undefined || !["column", "value", "period", "number"].includes(items[at + 2]?.kind ?? "");
  if (/^(money|cash|payments?)$/i.test(item.text) && (way === "in" || way === "out") && open)
    return { side: way, length: 2 };
  // The column's own name, and a value that is more than a word of it, are what they say.
  const other =
    item.kind === "unknown" ||
    (isMeasure(item) && item.field === column && item.link.synonym === true) ||
    (item.kind === "value" && item.link.corrected);
  if (!other) return null;
  const word = stem(item.text);
  const side = (["in", "out"] as const).find((one) => words[one].has(word));
  return side ? { side, length: 1 } : null;
}

function sideItem(reading: Reading, column: Field, side: Side, text: string): Item {
  const noun = /^(spend|spent)$/i.test(text) ? "spending" : /^earn(ed)?$/i.test(text) ? "earnings" : text;
  const name = `${noun[0]?.toUpperCase()}${noun.slice(1)}`;
  const { min, max } = column.column.profile;
  const field = computedField(
    reading.table,
    name,
    { kind: "side", column: column.id, side },
    { additive: true, min: 0, max: side === "in" ? Number(max) : -Number(min) },
  );
  const read = side === "in" ? "what is positive" : "what is negative, without the sign,";
  doubt(reading, `“${text}” is read as ${read} in ${column.name}.`, [{ said: text, instead: column.name }]);
  return columnItem(field, text);
}
