import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { PlannableTable } from "../../functions/charts/plan/planner.ts";
import { profileTable } from "./profile.ts";

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

const loaded = new Map<string, PlannableTable>();

/** Reads a CSV into a table of the given name and profiles it. Tables of the same file are read once. */
export async function loadTable(
  connection: DuckDBConnection,
  folder: string,
  { table_csv, table }: { table_csv: string; table: string },
): Promise<PlannableTable> {
  const known = loaded.get(table_csv);
  await connection
    .run(`CREATE OR REPLACE VIEW ${quote(table)} AS SELECT * FROM ${quote(`csv ${table_csv}`)}`)
    .catch(() => null);
  if (known) return known;
  await connection.run(
    `CREATE TABLE ${quote(`csv ${table_csv}`)} AS FROM read_csv(${text(join(folder, table_csv))}, sample_size = -1)`,
  );
  await connection.run(`CREATE OR REPLACE VIEW ${quote(table)} AS SELECT * FROM ${quote(`csv ${table_csv}`)}`);
  const profiled = await profileTable(connection, quote(`csv ${table_csv}`));
  const result = { name: table, label: table, ...profiled };
  loaded.set(table_csv, result);
  return result;
}
