import type { Interpretation } from "../write/settle.ts";
import { asksForCount } from "./missing.ts";
import { doubt, type Reading } from "./reading.ts";

/** Rows are counted where nothing else is named; where the table has a quantity, that may have been meant. */
export function tellCounted(reading: Reading, { query, measureFields }: Interpretation, question: string): void {
  const counts = query.shape === "groups" && measureFields.length > 0 && measureFields.every((field) => field === null);
  if (!counts || query.having.length > 0 || reading.items.some(asksForCount)) return;
  const [main] = reading.table.fields.filter(({ role, additive }) => role === "measure" && additive);
  if (!main) return;
  doubt(reading, "The rows are counted, since the question names no quantity.", [
    { said: question, instead: `total ${main.name} ${question}`, label: `total ${main.name}` },
  ]);
}
