import { childOf, isExact, isNode, listOf, namesOf, type TreeNode, textOf } from "./select-tree.ts";

/** The same single value for the period before the one that a SELECT is about. */
export interface PeriodBefore {
  /** The column of times. */
  column: string;
  /** First day of the period before, first day of the period, and first day after it. */
  days: [before: string, from: string, to: string];
  /** The period before as people call it: "2018", "Q4 2018", "Feb 2019". */
  label: string;
  select: TreeNode;
}

const dayMs = 86_400_000;

/**
 * For a SELECT of one value from the rows of one period (`day >= DATE '2019-01-01' AND day < DATE '2020-01-01'`): the SELECT of
 * that value for the period of the same length before. Undefined for any other.
 *
 * @param dayAfter the first day after the last one that a SELECT's answer has: where a period has no end, it is that of the data
 */
export async function periodBefore(
  select: TreeNode,
  dayAfter: (lastDay: TreeNode) => Promise<string | undefined>,
): Promise<PeriodBefore | undefined> {
  const where = childOf(select, "where_clause");
  if (select.type !== "SELECT_NODE" || !where || listOf(select, "select_list").length !== 1) return undefined;
  const { column, days, lower, upper } = boundsOf(where);
  if (!column || !lower || days[0] === undefined || !isExact(select)) return undefined;
  const from = days[0];
  const to = upper ? days[1] : await dayAfter(lastDayOf(select, column));
  if (to === undefined || from >= to) return undefined;
  const before = shifted(from, to);
  // Both bounds move by one period: the first becomes the start of the one before, the second the start of this one.
  const moved = upper
    ? replaced(
        where,
        new Map<unknown, string>([
          [lower.constant, before],
          [upper.constant, from],
        ]),
      )
    : allOf(
        replaced(where, new Map([[lower.constant, before]])),
        // What was the lower bound is the upper one of the period before.
        { ...lower.condition, type: "COMPARE_LESSTHAN" },
      );
  return {
    column: namesOf(column).at(-1) ?? "",
    days: [before, from, to],
    label: labelOf(before, from),
    select: { ...select, where_clause: moved },
  };
}

/** A SELECT of the last value of a column in the rows that another SELECT takes its own from, whatever it filters by. */
function lastDayOf(select: TreeNode, column: TreeNode): TreeNode {
  const last = { class: "FUNCTION", type: "FUNCTION", function_name: "max", alias: "", children: [column] };
  const all = { where_clause: null, group_expressions: [], group_sets: [], having: null, qualify: null, sample: null };
  return { ...select, ...all, aggregate_handling: "STANDARD_HANDLING", modifiers: [], select_list: [last] };
}

function allOf(...conditions: unknown[]): TreeNode {
  return { class: "CONJUNCTION", type: "CONJUNCTION_AND", alias: "", children: conditions };
}

interface Bounds {
  column?: TreeNode;
  days: [from?: string, to?: string];
  lower?: Bound;
  upper?: Bound;
}

interface Bound {
  condition: TreeNode;
  constant: TreeNode;
}

/** The one lower and the one upper bound, if any, of the one column of times that all rows must be within. */
function boundsOf(where: TreeNode): Bounds {
  const conditions = where.type === "CONJUNCTION_AND" ? listOf(where, "children") : [where];
  const found: Bounds = { days: [] };
  for (const condition of conditions) {
    const column = childOf(condition, "left");
    const constant = constantOf(childOf(condition, "right"));
    if (!constant || column?.class !== "COLUMN_REF") continue;
    const isLower = condition.type === "COMPARE_GREATERTHANOREQUALTO";
    const isUpper = condition.type === "COMPARE_LESSTHAN";
    const taken = isLower ? found.lower : found.upper;
    const isOther = found.column && namesOf(found.column).at(-1) !== namesOf(column).at(-1);
    if ((!isLower && !isUpper) || taken || isOther) return { days: [] };
    found.column = column;
    found[isLower ? "lower" : "upper"] = { condition, constant: constant.node };
    found.days[isLower ? 0 : 1] = constant.day;
  }
  return found;
}

/** A date, or a timestamp at midnight, that is cast from text. */
function constantOf(node: TreeNode | undefined): { node: TreeNode; day: string } | undefined {
  if (node?.class !== "CAST" || !/^(DATE|TIMESTAMP)/.test(textOf(childOf(node, "cast_type") ?? {}, "id")))
    return undefined;
  const value = childOf(childOf(node, "child") ?? {}, "value");
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?$/.exec(value ? textOf(value, "value") : "") ?? [];
  return value && day !== undefined ? { node: value, day } : undefined;
}

/** The first day of the period before that from one day to another: whole months where it is some, else days. */
function shifted(from: string, to: string): string {
  const months = wholeMonths(from, to);
  if (months === undefined) return iso(2 * Date.parse(from) - Date.parse(to));
  const start = new Date(from);
  return iso(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() - months, start.getUTCDate()));
}

/** Months from a day to the same day of another month; undefined for days that not all months have, and for others. */
function wholeMonths(from: string, to: string): number | undefined {
  const day = from.slice(8);
  if (day !== to.slice(8) || Number(day) > 28) return undefined;
  const [start, end] = [new Date(from), new Date(to)];
  return (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
}

function labelOf(from: string, to: string): string {
  const months = wholeMonths(from, to);
  const year = from.slice(0, 4);
  const month = Number(from.slice(5, 7));
  if (months !== undefined && from.endsWith("-01")) {
    if (months === 12 && month === 1) return year;
    if (months === 3 && month % 3 === 1) return `Q${(month + 2) / 3} ${year}`;
    if (months === 1) return `${monthName(from)} ${year}`;
    if (months % 12 === 0 && month === 1) return `${year}–${Number(to.slice(0, 4)) - 1}`;
  }
  if (months !== undefined) return months === 1 ? "the month before" : `the ${months} months before`;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
  return days === 1 ? "the day before" : `the ${days} days before`;
}

/** The day after that of a date or a timestamp as results have it; undefined for any other value. */
export function followingDay(value: unknown): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(typeof value === "string" ? value : "")?.[0];
  return day === undefined ? undefined : iso(Date.parse(day) + dayMs);
}

function monthName(day: string): string {
  return new Date(day).toLocaleDateString("en", { month: "short", timeZone: "UTC" });
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A copy of a tree in which some values are others. */
function replaced(tree: unknown, by: ReadonlyMap<unknown, string>): unknown {
  if (Array.isArray(tree)) return tree.map((item) => replaced(item, by));
  if (!isNode(tree)) return tree;
  const value = by.get(tree);
  if (value !== undefined) return { ...tree, value };
  return Object.fromEntries(Object.entries(tree).map(([member, below]) => [member, replaced(below, by)]));
}
