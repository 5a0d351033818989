import { z } from "zod";
import { timeGrain } from "../../../contract/index.ts";
import { addsGroupsUp, takesAverages } from "./additive.ts";
import { childOf, isNode, listOf, namesOf, nodesOf, type TreeNode, textOf } from "./select-tree.ts";

/** The column of a table whose values, or sums, averages or extremes of whose values, a result column holds. */
export const origin = z.object({
  /** Null where the SQL names the column without its table and reads several. */
  table: z.string().nullable(),
  column: z.string(),
  /** Set where times are cut to it. */
  grain: timeGrain.optional(),
});
export type Origin = z.infer<typeof origin>;

/** Where a SELECT has its data from. */
export const lineage = z.object({
  /** Names of columns that it uses in any place, in lower case. */
  uses: z.array(z.string()),
  /** Whether it uses all of a table's columns, by `*` or the like. */
  usesAll: z.boolean(),
  /** Origins of the result's columns in their order; null where `*` makes columns that the SQL does not name. */
  outputs: z.array(origin.nullable()).nullable(),
  /** Whether the values of groups may be added up to that of several, see `addsGroupsUp`. */
  additive: z.boolean(),
  /** Whether a measure is an average or an extreme, see `takesAverages`. */
  averages: z.boolean(),
  /** Functions whose value is another each time. */
  volatile: z.array(z.string()),
});
export type Lineage = z.infer<typeof lineage>;

/** Functions of values, or of groups of them, that keep their unit. */
const keepsUnit = new Set(
  "sum avg mean min max median mode first last any_value arg_min arg_max min_by max_by fsum kahan_sum favg quantile quantile_cont quantile_disc approx_quantile stddev stddev_samp stddev_pop mad abs round floor ceil ceiling trunc coalesce ifnull nullif greatest least lag lead first_value last_value nth_value".split(
    " ",
  ),
);
const volatileFunctions = new Set(
  "random uuid uuidv4 uuidv7 gen_random_uuid now today current_date current_timestamp current_localtime current_localtimestamp get_current_time get_current_timestamp transaction_timestamp".split(
    " ",
  ),
);

export function lineageOf(select: TreeNode): Lineage {
  const uses = new Set<string>();
  const volatile = new Set<string>();
  let usesAll = false;
  const tables = new Set<string>();
  const named = new Set([...nodesOf(select)].flatMap(ctesOf).map(([name]) => name));
  for (const node of nodesOf(select)) {
    if (node.type === "BASE_TABLE") tables.add((textOf(node, "alias") || textOf(node, "table_name")).toLowerCase());
    // What it does with columns stands in lists of names of its own.
    if (node.type === "PIVOT") usesAll = true;
    if (Array.isArray(node.using_columns)) for (const name of node.using_columns) uses.add(String(name).toLowerCase());
    if (node.type === "SELECT_NODE" && starsOverTables(node, named)) usesAll = true;
    const called = textOf(node, "function_name").toLowerCase();
    if (volatileFunctions.has(called)) volatile.add(called);
    if (isChanceSample(node)) volatile.add("a sample by chance");
  }
  const aliases = orderedAliases(select);
  for (const node of nodesOf(select)) {
    if (node.class !== "COLUMN_REF" || aliases.has(node)) continue;
    const names = namesOf(node).map((name) => name.toLowerCase());
    for (const name of names) uses.add(name);
    // A table's name alone is each of its rows as a whole.
    if (names.length === 1 && tables.has(names[0] ?? "")) usesAll = true;
    // What needs no parentheses looks like a column.
    if (names.length === 1 && volatileFunctions.has(names[0] ?? "")) volatile.add(names[0] ?? "");
  }
  const outputs = outputsOf(select, new Map());
  return {
    uses: [...uses],
    usesAll,
    outputs: outputs?.map((output) => output.origin) ?? null,
    additive: addsGroupsUp(select),
    averages: takesAverages(select),
    volatile: [...volatile],
  };
}

/** Whether a part of the rows is taken by chance: without a seed, another part each time. */
function isChanceSample(node: TreeNode): boolean {
  return "sample_size" in node && Number(node.seed ?? -1) < 0;
}

/** Whether `*` or COLUMNS takes columns of a table itself, rather than of one of the `named` queries. */
function starsOverTables(select: TreeNode, named: ReadonlySet<string>): boolean {
  const stars = listOf(select, "select_list").some((item) =>
    [...nodesOf(item)].some(({ class: kind }) => kind === "STAR"),
  );
  return stars && plainTables(childOf(select, "from_table")).some((name) => !named.has(name));
}

function plainTables(from: TreeNode | undefined): string[] {
  if (!from) return [];
  if (from.type === "BASE_TABLE") return [textOf(from, "table_name").toLowerCase()];
  if (from.type === "JOIN") return [...plainTables(childOf(from, "left")), ...plainTables(childOf(from, "right"))];
  return [];
}

/** References in ORDER BY that mean a column of the result, not of a table. */
function orderedAliases(select: TreeNode): Set<TreeNode> {
  const found = new Set<TreeNode>();
  for (const node of nodesOf(select)) {
    if (node.type !== "SELECT_NODE") continue;
    const aliases = new Set(listOf(node, "select_list").map((item) => textOf(item, "alias").toLowerCase()));
    for (const modifier of listOf(node, "modifiers")) {
      for (const { expression } of listOf(modifier, "orders")) {
        if (!isNode(expression) || expression.class !== "COLUMN_REF") continue;
        const names = namesOf(expression);
        if (names.length === 1 && aliases.has((names[0] ?? "").toLowerCase())) found.add(expression);
      }
    }
  }
  return found;
}

interface Output {
  name: string;
  origin: Origin | null;
}

/** What FROM offers: a table of its own, or a query with named columns, if they are known. */
type Relation = { alias: string } & ({ table: string } | { outputs: Output[] | null });

type Queries = ReadonlyMap<string, Output[] | null>;

function outputsOf(node: TreeNode, around: Queries): Output[] | null {
  const queries = new Map(around);
  for (const [name, query] of ctesOf(node)) queries.set(name, outputsOf(query, queries));
  if (node.type === "SET_OPERATION_NODE") {
    const left = childOf(node, "left");
    return left ? outputsOf(left, queries) : null;
  }
  if (node.type !== "SELECT_NODE") return null;
  const relations = relationsOf(childOf(node, "from_table"), queries);
  const outputs: Output[] = [];
  for (const item of listOf(node, "select_list")) {
    if ([...nodesOf(item)].some(({ class: kind }) => kind === "STAR")) return null;
    outputs.push({ name: nameOf(item), origin: originOf(item, relations, queries) });
  }
  return outputs;
}

function ctesOf(node: TreeNode): [name: string, query: TreeNode][] {
  return listOf(childOf(node, "cte_map") ?? {}, "map").flatMap((entry): [string, TreeNode][] => {
    const query = childOf(childOf(childOf(entry, "value") ?? {}, "query") ?? {}, "node");
    return query ? [[textOf(entry, "key").toLowerCase(), query]] : [];
  });
}

function relationsOf(from: TreeNode | undefined, queries: Queries): Relation[] {
  if (!from) return [];
  const name = textOf(from, "table_name").toLowerCase();
  const alias = textOf(from, "alias").toLowerCase() || name;
  switch (from.type) {
    case "BASE_TABLE": {
      const outputs = queries.get(name);
      return outputs === undefined ? [{ alias, table: name }] : [{ alias, outputs }];
    }
    case "JOIN":
      return [...relationsOf(childOf(from, "left"), queries), ...relationsOf(childOf(from, "right"), queries)];
    case "SUBQUERY": {
      const query = childOf(childOf(from, "subquery") ?? {}, "node");
      return [{ alias, outputs: query ? outputsOf(query, queries) : null }];
    }
    default:
      return [{ alias, outputs: null }];
  }
}

function nameOf(expression: TreeNode): string {
  return (textOf(expression, "alias") || namesOf(expression).at(-1) || "").toLowerCase();
}

function originOf(expression: TreeNode, relations: Relation[], queries: Queries): Origin | null {
  const within = (node: TreeNode | undefined) => (node ? originOf(node, relations, queries) : null);
  const called = textOf(expression, "function_name").toLowerCase();
  const children = listOf(expression, "children");
  switch (expression.class) {
    case "COLUMN_REF":
      return resolve(namesOf(expression), relations);
    case "CAST":
      return within(childOf(expression, "child"));
    case "FUNCTION":
    case "WINDOW":
      if (called === "date_trunc" || called === "datetrunc") return truncated(children, within(children[1]));
      if (called === "year") return yearOf(within(children[0]));
      if (called === "+" || called === "-") return agreed(children.filter(isNotConstant).map(within));
      if (called === "*") return within(binnedValue(children));
      // What is divided by a number of things is still of its own unit.
      if (called === "/" && children[1] && isCount(children[1])) return within(children[0]);
      return keepsUnit.has(called) ? within(children[0]) : null;
    case "OPERATOR":
      return expression.type === "OPERATOR_COALESCE" ? within(children[0]) : null;
    case "CASE": {
      const checks = listOf(expression, "case_checks").map((check) => childOf(check, "then_expr"));
      const values = [...checks, childOf(expression, "else_expr")].filter((value) => !value || isNotConstant(value));
      return agreed(values.map(within));
    }
    case "SUBQUERY": {
      const query = childOf(childOf(expression, "subquery") ?? {}, "node");
      return (query && outputsOf(query, queries)?.[0]?.origin) ?? null;
    }
    default:
      return null;
  }
}

function isNotConstant({ class: kind }: TreeNode): boolean {
  return kind !== "CONSTANT";
}

/** What `floor(value / width) * width` cuts into bins: a bound of values has their unit. */
function binnedValue([floor, width]: TreeNode[]): TreeNode | undefined {
  if (!floor || !width || textOf(floor, "function_name").toLowerCase() !== "floor") return undefined;
  const [quotient] = listOf(floor, "children");
  const [value, divisor] = quotient && textOf(quotient, "function_name") === "/" ? listOf(quotient, "children") : [];
  const same = divisor && JSON.stringify(childOf(divisor, "value")) === JSON.stringify(childOf(width, "value"));
  return same && width.class === "CONSTANT" ? value : undefined;
}

/** A number of rows or of different values, perhaps made null where it is nothing. */
function isCount(expression: TreeNode): boolean {
  const called = textOf(expression, "function_name").toLowerCase();
  if (called === "nullif") return listOf(expression, "children").slice(0, 1).every(isCount);
  return called === "count" || called === "count_star";
}

function resolve(names: string[], relations: Relation[]): Origin | null {
  const column = names.at(-1) ?? "";
  const alias = names.at(-2)?.toLowerCase();
  const possible = alias === undefined ? relations : relations.filter((relation) => relation.alias === alias);
  for (const relation of possible) {
    if (!("outputs" in relation)) continue;
    const output = relation.outputs?.find(({ name }) => name === column.toLowerCase());
    if (output) return output.origin;
  }
  const tables = possible.flatMap((relation) => ("table" in relation ? [relation.table] : []));
  if (tables.length === 0) return null;
  return { table: tables.length === 1 ? (tables[0] ?? null) : null, column };
}

function truncated([step]: TreeNode[], of: Origin | null): Origin | null {
  const { success, data } = timeGrain.safeParse(childOf(step ?? {}, "value")?.value);
  return of && { ...of, ...(success && { grain: data }) };
}

function yearOf(of: Origin | null): Origin | null {
  return of && { ...of, grain: "year" };
}

/** The origin that all have in common. */
function agreed([first = null, ...others]: (Origin | null)[]): Origin | null {
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : null;
}
