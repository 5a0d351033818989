import { childOf, listOf, nodesOf, type TreeNode, textOf } from "./select-tree.ts";

/** Aggregates whose values for two groups add up to that for both. */
const addsUp = new Set(["count", "count_star", "count_if", "countif", "sum", "sum_no_overflow", "fsum", "kahan_sum"]);
/** What may stand around them. */
const around = new Set(["round", "coalesce", "ifnull"]);

/**
 * Whether the values of the groups that a SELECT makes add up to that of several: all groups are there, each once, and all
 * measures are sums or counts.
 */
export function addsGroupsUp(select: TreeNode): boolean {
  if (select.type !== "SELECT_NODE" || !groupsOnce(select) || leavesGroupsOut(select)) return false;
  const measures = listOf(select, "select_list").filter((item) => [...nodesOf(item)].some(isAggregate));
  return measures.length > 0 && measures.every(isSum);
}

/** What a group's rows have in the middle or at an end, rather than together. */
const middlesAndEnds = /^(avg|mean|favg|median|mode|min|max|quantile.*|approx_quantile|stddev.*|var_.*|variance|mad)$/;

/** Whether a measure is an average, a median or an extreme: groups then are no parts of a whole. */
export function takesAverages(select: TreeNode): boolean {
  return select.type === "SELECT_NODE" && listOf(select, "select_list").some(isAverage);
}

function isAverage(item: TreeNode): boolean {
  if (item.class === "CAST") return isAverage(childOf(item, "child") ?? {});
  const name = textOf(item, "function_name");
  if (around.has(name)) return listOf(item, "children").slice(0, 1).some(isAverage);
  return item.class === "FUNCTION" && middlesAndEnds.test(name);
}

/** By names or by all that is no aggregate, and not by several sets of names, whose totals would count twice. */
function groupsOnce(select: TreeNode): boolean {
  const grouped = listOf(select, "group_expressions").length > 0 || select.aggregate_handling === "FORCE_AGGREGATES";
  return grouped && (!Array.isArray(select.group_sets) || select.group_sets.length <= 1);
}

function leavesGroupsOut(select: TreeNode): boolean {
  const reduced = listOf(select, "modifiers").some(({ type }) => type !== "ORDER_MODIFIER");
  return reduced || ["having", "qualify", "sample"].some((member) => childOf(select, member) !== undefined);
}

function isAggregate(node: TreeNode): boolean {
  return node.class === "FUNCTION" && (addsUp.has(textOf(node, "function_name")) || isWindowOrOther(node));
}

/** Anything but arithmetic, casts and dates: what is not known not to be an aggregate counts as one that does not add up. */
function isWindowOrOther({ function_name: name }: TreeNode): boolean {
  return typeof name === "string" && !plainFunctions.test(name);
}

const plainFunctions =
  /^([^a-z]+|date_.*|datetrunc|datepart|strftime|year|quarter|month|monthname|week.*|day.*|hour|minute|lower|upper|trim|left|right|substr(ing)?|concat.*|coalesce|ifnull|nullif|round|floor|ceil|trunc)$/i;

function isSum(item: TreeNode): boolean {
  const name = textOf(item, "function_name");
  if (item.class === "CAST") return isSum(childOf(item, "child") ?? {});
  if (item.class === "OPERATOR" && item.type === "OPERATOR_COALESCE") return isSum(listOf(item, "children")[0] ?? {});
  if (item.class !== "FUNCTION") return false;
  if (around.has(name)) return isSum(listOf(item, "children")[0] ?? {});
  return addsUp.has(name) && item.distinct !== true;
}
