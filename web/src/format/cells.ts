import type { Cell, TimeGrain } from "../../../contract/index.ts";
import { formatNumber, formatWith, readNumberFormat } from "./numbers.ts";
import { formatAtGrain, formatTime } from "./times.ts";

/** What is known of a column when its values are written: of a result's, or of a dataset's, whose format is not one of numbers. */
export interface FormattedColumn {
  name: string;
  type: string;
  grain?: TimeGrain | undefined;
  format?: unknown;
}

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
export function formatCell(value: Cell, column: FormattedColumn, locale?: string): string {
  if (value === null) return "–";
  if (typeof value === "number") {
    const format = readNumberFormat(column.format);
    if (format) return formatWith(value, format, locale);
    return namesThings(column.name) ? String(value) : formatNumber(value, locale);
  }
  if (typeof value === "boolean") return value ? "true" : "false";
  if (columnKind(column.type) !== "time") return value;
  return column.grain ? formatAtGrain(value, column.grain, locale) : formatTime(value, locale);
}
