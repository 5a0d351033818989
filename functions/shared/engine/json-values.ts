import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Cell } from "../../../contract/index.ts";

/**
 * A DuckDB value as a cell of the API: numbers as JSON numbers where JSON can hold them exactly (else as text, and NaN or
 * infinity as null), dates as `YYYY-MM-DD`, timestamps as ISO 8601 (with `Z` only where the type knows a zone), anything
 * nested as DuckDB writes it.
 */
export function toCell(value: DuckDBValue): Cell {
  if (value === null) return null;
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return exactNumber(value.toString());
  }
  if (value instanceof DuckDBDecimalValue) return exactNumber(value.toString());
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampTZValue) return new Date(Number(value.micros / 1000n)).toISOString();
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  ) {
    return value.toString().replace(" ", "T");
  }
  return value.toString();
}

/** A double has some 15 significant decimal digits; what needs more stays text. */
function exactNumber(digits: string): number | string {
  const number = Number(digits);
  const exact = digits.includes(".")
    ? digits.replace(/^[-0.]+|\.|0+$/g, "").length <= 15
    : Number.isSafeInteger(number);
  return exact ? number : digits;
}
