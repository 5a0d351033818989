import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { SqlError, UnsafeSql } from "../../shared/errors.ts";

/**
 * Functions in FROM that only make rows out of their arguments. All others (readers of files, catalogs and settings) are
 * refused by name, although the locked configuration would stop those that reach outside.
 */
const harmlessTableFunctions = new Set(["range", "generate_series", "unnest", "json_each", "json_tree", "repeat_row"]);

/** Scalar functions that tell of the engine, its settings or its surroundings, or that run SQL held in a string. */
const forbiddenFunctions =
  /^(current_(setting|user|role|database|catalog|schemas?|query|connection_id|transaction_id)|get_?env|getvariable|session_user|user|version|pg_.*|duckdb_.*|read_.*|write_.*|parquet_.*|sniff_.*|query|query_table|glob|which_secret|nextval|currval|set_.*|txid_current|in_search_path|has_.*_privilege|json_(de)?serialize_(sql|plan)|json_execute_.*|create_sort_key|stats|vector_type|add_parquet_key)$/;

const serialized = z.discriminatedUnion("error", [
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
  z.object({ error: z.literal(true), error_type: z.string(), error_message: z.string() }),
]);

let parser: Promise<DuckDBConnection> | undefined;

/**
 * Makes sure that `sql` is exactly one SELECT that reads nothing but tables by their plain name, by DuckDB's own parser.
 * Throws `UnsafeSql`, or `SqlError` for what is no SQL.
 */
export async function assertSafeSelect(sql: string): Promise<void> {
  parser ??= DuckDBInstance.create(":memory:", { enable_external_access: "false", lock_configuration: "true" }).then(
    (instance) => instance.connect(),
  );
  const rows = await (await parser).runAndReadAll("SELECT json_serialize_sql($1::VARCHAR)", [sql]);
  const tree = serialized.parse(JSON.parse(String(rows.getRows()[0]?.[0])));
  if (tree.error) {
    if (tree.error_type === "parser") throw new SqlError(`Parser Error: ${tree.error_message}`);
    throw new UnsafeSql("Only one SELECT is allowed");
  }
  if (tree.statements.length !== 1)
    throw new UnsafeSql(`Only one SELECT is allowed; here are ${tree.statements.length}`);
  inspect(tree.statements[0]);
}

const node = z.looseObject({
  type: z.string().optional(),
  class: z.string().optional(),
  table_name: z.string().optional(),
  schema_name: z.string().optional(),
  catalog_name: z.string().optional(),
  function_name: z.string().optional(),
  schema: z.string().optional(),
  function: z.unknown().optional(),
});

function inspect(tree: unknown): void {
  // A stack rather than recursion: the tree is as deep as whoever wrote the SQL wanted.
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) {
      for (const item of next) open.push(item);
      continue;
    }
    const parsed = node.safeParse(next);
    if (!parsed.success) {
      if (next !== null && typeof next === "object") for (const item of Object.values(next)) open.push(item);
      continue;
    }
    const { type, class: expression, function: call } = parsed.data;
    if (type === "BASE_TABLE") checkTable(parsed.data);
    if (type === "SHOW_REF") throw new UnsafeSql("DESCRIBE, SHOW and SUMMARIZE are not allowed; write a SELECT");
    if (type === "TABLE_FUNCTION") {
      const name = node.parse(call).function_name?.toLowerCase() ?? "";
      if (!harmlessTableFunctions.has(name)) throw new UnsafeSql(`The function ${name} is not allowed in FROM`);
    }
    if (expression === "FUNCTION") checkFunction(parsed.data.function_name ?? "");
    for (const item of Object.values(parsed.data)) if (item !== null && typeof item === "object") open.push(item);
  }
}

function checkTable({ table_name = "", schema_name = "", catalog_name = "" }: z.infer<typeof node>): void {
  const qualified = [catalog_name, schema_name, table_name].filter((part) => part !== "").join(".");
  const ofTheSystem = /^(duckdb|pg|sqlite|pragma|information)_/i.test(table_name);
  // Names with a dot, slash or star are what DuckDB would look for among files.
  if (catalog_name || (schema_name && schema_name !== "main") || ofTheSystem || /[./\\:*?[\]]/.test(table_name)) {
    throw new UnsafeSql(`Only the dataset's own tables can be read, not ${qualified}`);
  }
}

function checkFunction(name: string): void {
  if (forbiddenFunctions.test(name.toLowerCase())) throw new UnsafeSql(`The function ${name} is not allowed`);
}
