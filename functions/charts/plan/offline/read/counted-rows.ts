import { type Item, operatorOf } from "../link/items.ts";
import type { Interpretation } from "../write/settle.ts";
import { asksForCount } from "./missing.ts";
import { doubt, type Reading } from "./reading.ts";

/** Rows are counted where nothing else is named; where the table has a quantity, that may have been meant. */
export function tellCounted(reading: Reading, { query, measureFields }: Interpretation, question: string): void {
  const counts = query.shape === "groups" && measureFields.length > 0 && measureFields.every((field) => field === null);
  const [main] = reading.table.fields.filter(({ role, additive }) => role === "measure" && additive);
  if (!counts || query.having.length > 0 || !main) return;
  const total = reading.items.findIndex((item, at) => item.kind === "rows" && isTotal(reading.items[at - 1]));
  const rows = reading.items[total];
  if (rows) doubt(reading, `“total ${rows.text}” is read as their number.`, [{ said: rows.text, instead: main.name }]);
  if (reading.items.some(asksForCount)) return;
  doubt(reading, "The rows are counted, since the question names no quantity.", [
    { said: question, instead: `total ${main.name} ${question}`, label: `total ${main.name}` },
  ]);
}

/** "total donations": how many, or how much. */
function isTotal(item: Item | undefined): boolean {
  const operator = operatorOf(item);
  return operator?.op === "aggregate" && operator.aggregate === "sum";
}
