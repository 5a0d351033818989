import type { Literal } from "../query.ts";

/** A name of the data, safe in SQL whatever it contains. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value of the data, safe in SQL whatever it contains. DuckDB knows no backslash escapes in '…'. */
export function literal(value: Literal): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return String(value);
}
