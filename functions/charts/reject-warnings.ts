import type { DatasetDocument } from "../datasets/dataset-model.ts";
import type { Lineage } from "./query/lineage.ts";

/** What a chart's reader should know of rows and cells that ingest could not read, as far as the chart's SQL uses them. */
export function rejectWarnings(
  { name, rejects, columns }: Pick<DatasetDocument, "name" | "rejects" | "columns">,
  { uses, usesAll }: Pick<Lineage, "uses" | "usesAll">,
): string[] {
  const warnings: string[] = [];
  // A dataset from before cells were counted by column: the whole count.
  const rows = rejects.rows ?? rejects.count;
  if (rows > 0)
    warnings.push(`${count(rows, "row")} of the file ${isAre(rows)} left out of ${name}, and so not counted.`);
  for (const { name: column, rejectCount = 0 } of columns) {
    if (rejectCount === 0 || !(usesAll || uses.includes(column.toLowerCase()))) continue;
    warnings.push(
      `${count(rejectCount, "cell")} of ${column} in ${name} could not be read and ${isAre(rejectCount)} not counted.`,
    );
  }
  return warnings;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function isAre(number: number): string {
  return number === 1 ? "is" : "are";
}
