import type { DuckDBConnection } from "@duckdb/node-api";
import type { Cell, Column } from "../../contract/index.ts";

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A profile as ingest makes one, by plain SQL. */
export async function profileTable(
  connection: DuckDBConnection,
  source: string,
): Promise<{ rowCount: number; columns: Column[] }> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const columns: Column[] = [];
  const [total] = await rows(`SELECT count(*) AS n FROM ${source}`);
  for (const described of await rows(`DESCRIBE SELECT * FROM ${source}`)) {
    const name = String(described.column_name);
    const type = String(described.column_type);
    const column = quote(name);
    const [facts] = await rows(
      `SELECT count(*) - count(${column}) AS nulls, count(DISTINCT ${column}) AS different, min(${column}) AS low, max(${column}) AS high FROM ${source}`,
    );
    const top = await rows(
      `SELECT ${column} AS value, count(*) AS n FROM ${source} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`,
    );
    const cell = (value: unknown): Cell => {
      if (value === null || value === undefined) return null;
      if (typeof value === "boolean") return value;
      return /INT|DOUBLE|FLOAT|DECIMAL/.test(type) ? Number(value) : String(value);
    };
    columns.push({
      name,
      label: null,
      description: null,
      type,
      profile: {
        nullCount: Number(facts?.nulls),
        distinctCount: Number(facts?.different),
        min: cell(facts?.low),
        max: cell(facts?.high),
        topValues: top.map(({ value, n }) => ({ value: cell(value), count: Number(n) })),
      },
    });
  }
  return { rowCount: Number(total?.n), columns };
}
