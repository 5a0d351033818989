import { operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { isMeasure } from "../ratios/quotients.ts";

/**
 * "fines issued vs amount actually paid": two sums of the same rows. What was done to one of them is no time that the rows
 * go by, where that would leave out those in which it was not done.
 */
export function takeSameRows({ items }: Reading): void {
  const versus = items.findIndex((item) => operatorOf(item)?.op === "versus");
  if (versus < 0 || !items.slice(0, versus).some(isMeasure) || !items.slice(versus).some(isMeasure)) return;
  for (const [at, item] of items.entries()) {
    const sparse = item.kind === "column" && item.field.role === "time" && item.field.column.profile.nullCount > 0;
    const grouped = ["group", "series"].includes(operatorOf(items[at - 1])?.op ?? "");
    const done = /(ed|paid|sold|sent|spent|made|bought|lost)$/i.test(item.text);
    const after = items.slice(Math.max(0, at - 2), at).some(isMeasure);
    if (sparse && done && after && !grouped) items[at] = { kind: "stop", text: item.text, used: true };
  }
}
