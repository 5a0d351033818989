import type { QueryResult } from "../../contract/index.ts";
import type { DatasetDocument } from "../datasets/dataset-model.ts";
import { coverageOf, tolerated } from "../shared/coverage.ts";
import type { ValueBefore } from "./query/protocol.ts";
import { toNumber } from "./render/cells.ts";

/**
 * The result with the same value of the period before, if there is one and the data covers both periods: half a year
 * against a whole one says nothing.
 */
export function withComparison(
  result: QueryResult,
  before: ValueBefore | undefined,
  tables: { dataset: Pick<DatasetDocument, "columns"> }[],
): QueryResult {
  const value = toNumber(before?.value);
  if (!before || value === null) return result;
  const columns = tables.flatMap(({ dataset }) => dataset.columns);
  const column = columns.find(({ name }) => name.toLowerCase() === before.column.toLowerCase());
  const covered = column && coverageOf(column.profile);
  const [start, from, to] = before.days.map((day) => Date.parse(day));
  if (!covered || start === undefined || from === undefined || to === undefined) return result;
  // The first and the last entry are seldom on the first and the last day.
  if (covered.from > start + tolerated(start, from) || covered.to < to - tolerated(from, to)) return result;
  const { label, sql } = before;
  return { ...result, comparison: { label, value, sql } };
}
