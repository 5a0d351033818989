import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { SqlError, UnsafeSql } from "../../shared/errors.ts";

/** A node of DuckDB's parse tree as `json_serialize_sql` writes it; what it has depends on its `type` and `class`. */
export type TreeNode = { readonly [member: string]: unknown };

const serialized = z.discriminatedUnion("error", [
  z.object({ error: z.literal(false), statements: z.array(z.object({ node: z.record(z.string(), z.unknown()) })) }),
  z.object({ error: z.literal(true), error_type: z.string(), error_message: z.string() }),
]);

let parser: Promise<DuckDBConnection> | undefined;

/**
 * The tree of `sql` by DuckDB's own parser, if it is exactly one SELECT. Throws `UnsafeSql`, or `SqlError` for what is no
 * SQL.
 */
export async function parseSelect(sql: string): Promise<TreeNode> {
  // DuckDB reads up to it: what is checked would not be what runs.
  if (sql.includes("\0")) throw new SqlError("Parser Error: the SQL holds a character of code 0");
  const tree = serialized.parse(JSON.parse(await parsed("SELECT json_serialize_sql($1::VARCHAR)", sql)));
  if (tree.error) {
    if (tree.error_type === "parser") throw new SqlError(`Parser Error: ${tree.error_message}`);
    throw new UnsafeSql("Only one SELECT is allowed");
  }
  const [first, ...others] = tree.statements;
  if (!first || others.length > 0)
    throw new UnsafeSql(`Only one SELECT is allowed; here are ${tree.statements.length}`);
  return first.node;
}

/** The SQL of a tree. Not for one with integers that JavaScript can't hold, see `isExact`. */
export function writeSelect(node: TreeNode): Promise<string> {
  // Where something stood in the text has no meaning any more, and is often larger than what JavaScript can hold.
  const text = JSON.stringify({ error: false, statements: [{ node }] }, (member, value: unknown) =>
    member === "query_location" ? undefined : value,
  );
  return parsed("SELECT json_deserialize_sql($1::JSON)", text);
}

/** Whether all integers of a tree came through JSON as they were. */
export function isExact(tree: unknown): boolean {
  for (const node of nodesOf(tree)) {
    for (const [member, value] of Object.entries(node)) {
      if (member !== "query_location" && Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
    }
  }
  return true;
}

async function parsed(query: string, value: string): Promise<string> {
  parser ??= DuckDBInstance.create(":memory:", { enable_external_access: "false", lock_configuration: "true" }).then(
    (instance) => instance.connect(),
  );
  const rows = await (await parser).runAndReadAll(query, [value]);
  return String(rows.getRows()[0]?.[0]);
}

/** Every object of a tree, the tree itself included. A stack rather than recursion: it is as deep as its writer wanted. */
export function* nodesOf(tree: unknown): Generator<TreeNode> {
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (isNode(next)) {
      yield next;
      for (const item of Object.values(next)) if (item !== null && typeof item === "object") open.push(item);
    }
  }
}

export function isNode(value: unknown): value is TreeNode {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A member that is text; empty where it is none. */
export function textOf(node: TreeNode, member: string): string {
  const value = node[member];
  return typeof value === "string" ? value : "";
}

/** A member that is a list of nodes. */
export function listOf(node: TreeNode, member: string): TreeNode[] {
  const value = node[member];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** A member that is a node. */
export function childOf(node: TreeNode, member: string): TreeNode | undefined {
  const value = node[member];
  return isNode(value) ? value : undefined;
}

/** The parts of a reference to a column, as `table.column` has two. */
export function namesOf(reference: TreeNode): string[] {
  const names = reference.column_names;
  return Array.isArray(names) ? names.map(String) : [];
}
