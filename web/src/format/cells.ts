import type { Cell } from "../../../contract/index.ts";
import { formatNumber } from "./numbers.ts";
import { formatTime } from "./times.ts";

export type ColumnKind = "number" | "time" | "boolean" | "text";

const numeric = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|REAL|DECIMAL)/;

/** What a DuckDB type is to somebody who reads the column. */
export function columnKind(type: string): ColumnKind {
  if (/[[(]\]?$|^(STRUCT|MAP|UNION)/.test(type)) return "text";
  if (numeric.test(type)) return "number";
  if (/^(DATE|TIMESTAMP|TIME)/.test(type)) return "time";
  return type === "BOOLEAN" ? "boolean" : "text";
}

/** A column's type in plain words. */
export function typeName(type: string): string {
  const kind = columnKind(type);
  if (kind === "number") return /INT/.test(type) ? "Whole number" : "Number";
  if (kind === "boolean") return "True or false";
  if (kind === "text") return "Text";
  if (type.startsWith("TIMESTAMP")) return "Date and time";
  return type.startsWith("DATE") ? "Date" : "Time";
}

/** Whether the numbers of a column name things, so that 2019 must not become 2,019. */
export function namesThings(column: string): boolean {
  return /(^|[^a-z])(year|yr|id|code|zip|postcode|postal|phone|number|no)$/i.test(
    column.replace(/([a-z])([A-Z])/g, "$1 $2").trim(),
  );
}

/** A cell as text, by its column; "–" where there is no value. */
export function formatCell(value: Cell, column: { name: string; type: string }, locale?: string): string {
  if (value === null) return "–";
  if (typeof value === "number") return namesThings(column.name) ? String(value) : formatNumber(value, locale);
  if (typeof value === "boolean") return value ? "true" : "false";
  return columnKind(column.type) === "time" ? formatTime(value, locale) : value;
}
