import type { QueryResult } from "../../contract/index.ts";
import type { DatasetDocument } from "../datasets/dataset-model.ts";
import type { ValueBefore } from "./query/protocol.ts";
import { toNumber } from "./render/cells.ts";

/** The part of a period at its end that the data may lack: the last entry is seldom on the last day. */
const tolerance = 0.1;

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
  const [first, last] = [column?.profile.min, column?.profile.max].map((bound) => Date.parse(String(bound)));
  const [start, from, to] = before.days.map((day) => Date.parse(day));
  if (first === undefined || last === undefined || start === undefined || from === undefined || to === undefined)
    return result;
  const slack = (to - from) * tolerance;
  if (!(first <= start + slack) || !(last >= to - slack)) return result;
  const { label, sql } = before;
  return { ...result, comparison: { label, value, sql } };
}
