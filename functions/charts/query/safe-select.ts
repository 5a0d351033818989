import { UnsafeSql } from "../../shared/errors.ts";
import { childOf, nodesOf, type TreeNode, textOf } from "./select-tree.ts";

/**
 * Functions in FROM that only make rows out of their arguments. All others (readers of files, catalogs and settings) are
 * refused by name, although the locked configuration would stop those that reach outside.
 */
const harmlessTableFunctions = new Set(["range", "generate_series", "unnest", "json_each", "json_tree", "repeat_row"]);

/** Scalar functions that tell of the engine, its settings or its surroundings, run SQL held in a string, or only wait. */
const forbiddenFunctions =
  /^(current_(setting|user|role|database|catalog|schemas?|query|query_id|connection_id|transaction_id)|get_?env|getvariable|get_block_size|inet_.*|session_user|user|version|pg_.*|duckdb_.*|read_.*|write_.*|parquet_.*|sniff_.*|parse_duckdb_.*|query|query_table|glob|which_secret|nextval|currval|set_.*|setseed|sleep.*|txid_current|in_search_path|has_.*_privilege|(obj|col|shobj)_description|json_(de)?serialize_(sql|plan)|json_execute_.*|create_sort_key|stats|vector_type|add_parquet_key|getvariable)$/;
/** Of these, those that set a bit of a value and not a setting. */
const harmlessFunctions = new Set(["set_bit"]);

/** Makes sure that a SELECT reads nothing but tables by their plain name. Throws `UnsafeSql`. */
export function assertSafe(select: TreeNode): void {
  for (const node of nodesOf(select)) {
    if (node.type === "BASE_TABLE") checkTable(node);
    if (node.type === "SHOW_REF") throw new UnsafeSql("DESCRIBE, SHOW and SUMMARIZE are not allowed; write a SELECT");
    if (node.type === "TABLE_FUNCTION") {
      const name = textOf(childOf(node, "function") ?? {}, "function_name").toLowerCase();
      if (!harmlessTableFunctions.has(name)) throw new UnsafeSql(`The function ${name} is not allowed in FROM`);
    } else if ("function_name" in node) checkFunction(textOf(node, "function_name"));
  }
}

function checkTable(node: TreeNode): void {
  const [catalog, schema, table] = ["catalog_name", "schema_name", "table_name"].map((member) => textOf(node, member));
  const ofTheSystem = /^(duckdb|pg|sqlite|pragma|information)_/i.test(table ?? "");
  // Names with a dot, slash or star are what DuckDB would look for among files.
  if (catalog || (schema && schema !== "main") || ofTheSystem || /[./\\:*?[\]]/.test(table ?? "")) {
    const qualified = [catalog, schema, table].filter((part) => part).join(".");
    throw new UnsafeSql(`Only the dataset's own tables can be read, not ${qualified}`);
  }
}

function checkFunction(name: string): void {
  const plain = name.toLowerCase();
  if (forbiddenFunctions.test(plain) && !harmlessFunctions.has(plain))
    throw new UnsafeSql(`The function ${name} is not allowed`);
}
