import type { Field, Table } from "../link/fields.ts";
import type { Aggregate, Comparison, Condition, Dimension, Expression, Grain, Having, Query } from "../query.ts";
import { chartTypeOf } from "./chart-type.ts";
import type { Interpretation } from "./settle.ts";

const grainWords: Record<Grain, string> = {
  year: "year",
  quarter: "quarter",
  month: "month",
  week: "week",
  day: "day",
  hour: "hour",
  weekday: "day of the week",
  "month-of-year": "month of the year",
  "hour-of-day": "hour of the day",
};

const aggregateWords: Record<Aggregate, string> = {
  count: "Number",
  "count-distinct": "Number of different values",
  sum: "Sum",
  avg: "Mean",
  median: "Median",
  min: "Lowest value",
  max: "Highest value",
};

const comparisonWords = {
  "=": "is",
  "!=": "is not",
  "<": "is under",
  "<=": "is at most",
  ">": "is over",
  ">=": "is at least",
};

const timeWords: Partial<Record<Comparison, string>> = { ">": "is after", "<=": "is no later than", "<": "is before" };

/** A time column of its own grain ("Year" by year) needs no second word for it. */
function dimensionTitle({ name, expression }: Dimension): string {
  if (expression.kind === "column") return name;
  const word = grainWords[expression.grain];
  return name.toLowerCase().includes(word) ? name : word[0]?.toUpperCase() + word.slice(1);
}

function nameIn(table: Table, column: string): string {
  return table.fields.find(({ id }) => id === column)?.name ?? column;
}

function quoted(name: string): string {
  return `\`${name}\``;
}

/** "in 2021", "in 2021-03", or the first and the last day. */
function periodText(from: string, before: string): string {
  const last = new Date(Date.parse(before) - 86_400_000).toISOString().slice(0, 10);
  if (from.endsWith("-01-01") && last === `${from.slice(0, 4)}-12-31`) return `in ${from.slice(0, 4)}`;
  if (from.endsWith("-01") && last.slice(0, 7) === from.slice(0, 7) && before.endsWith("-01"))
    return `in ${from.slice(0, 7)}`;
  return from === last ? `on ${from}` : `from ${from} to ${last}`;
}

/** A day, or the month or year that begins on it. */
function firstDayText(day: string): string {
  return day.replace(/^(\d{4})-01-01$/, "$1").replace(/^(\d{4}-\d\d)-01$/, "$1");
}

/** A condition in words: "Genre is Drama or Comedy". */
export function filterText(filter: Condition, table: Table): string {
  const name = (expression: Expression) => nameIn(table, expression.column);
  switch (filter.kind) {
    case "compare":
      return `${name(filter.expression)} ${comparisonWords[filter.comparison]} ${filter.value}`;
    case "compare-aggregate":
      return `${nameIn(table, filter.column)} ${comparisonWords[filter.comparison]} ${filter.aggregate === "avg" ? "the average" : `the ${aggregateWords[filter.aggregate].toLowerCase()}`}`;
    case "compare-columns": {
      const timed = table.fields.find(({ id }) => id === filter.column)?.role === "time";
      const words = (timed && timeWords[filter.comparison]) || comparisonWords[filter.comparison];
      return `${nameIn(table, filter.column)} ${words} ${nameIn(table, filter.other)}`;
    }
    case "dates": {
      const name = nameIn(table, filter.column);
      if (filter.from !== null && filter.before !== null) return `${name} ${periodText(filter.from, filter.before)}`;
      return filter.from !== null
        ? `${name} since ${firstDayText(filter.from)}`
        : `${name} before ${firstDayText(filter.before ?? "")}`;
    }
    case "in":
      return `${nameIn(table, filter.column)} ${filter.negated ? "is not" : "is"} ${filter.values.join(" or ")}`;
    case "text": {
      const verb = { contains: "contains", starts: "starts with", ends: "ends with" }[filter.match];
      return `${nameIn(table, filter.column)} ${filter.negated ? "does not match: " : ""}${verb} “${filter.value}”`;
    }
    case "null":
      return `${nameIn(table, filter.column)} is ${filter.negated ? "known" : "missing"}`;
    case "ever": {
      const when = filter.when.map((one) => filterText(one, table)).join(" and ");
      return `${nameIn(table, filter.column)} has ${filter.negated ? "no" : "a"} row where ${when}`;
    }
    case "first":
      return `it is the first ${nameIn(table, filter.by)} of its ${nameIn(table, filter.column)}`;
    case "often":
      return `${nameIn(table, filter.column)} has a number of rows that ${comparisonWords[filter.comparison]} ${filter.value}`;
    case "all":
      return filter.conditions.map((one) => filterText(one, table)).join(" and ");
    case "not":
      return `not ${filterText(filter.condition, table)}`;
    case "any":
      return filter.conditions.map((one) => filterText(one, table)).join(" or ");
  }
}

/** The chart's title: "Average Rating by Genre", with the filters where there are any. */
export function titleOf({ query, scatter }: Interpretation, table: Table): string {
  // The names of periods tell their days themselves.
  const periods = query.computed.flatMap(({ formula }) => (formula.kind === "span" ? formula.column : []));
  const told = query.filters.filter(
    (filter) => !(filter.kind === "any" && filter.conditions.every((one) => isWithin(one, periods))),
  );
  const filters = told.map((filter) => filterText(filter, table)).join(", ");
  // The whole of a share is not another condition on what it is of.
  const cue = query.measures.some(({ part }) => part) ? "among rows where" : "where";
  const where = filters ? ` ${cue} ${filters}` : "";
  return `${subject(query, scatter, table)}${where}`.slice(0, 200);
}

/** Whether a condition only tells of the days of some columns. */
function isWithin(filter: Condition, columns: string[]): boolean {
  if (filter.kind === "all") return filter.conditions.every((one) => isWithin(one, columns));
  if (filter.kind === "compare") return columns.includes(filter.expression.column);
  return filter.kind === "dates" && columns.includes(filter.column);
}

function measureTitle(query: Query, table: Table): string {
  const names = query.measures.map((one) =>
    one.window || one.part || one.over || one.change
      ? one.name
      : one.column === null
        ? countTitle(table)
        : one.aggregate === "count-distinct"
          ? `Number of different ${nameIn(table, one.column)}`
          : one.name,
  );
  return listed(names);
}

/** "sum of sales is over 5000" */
function havingText({ measure, comparison, value }: Having, table: Table): string {
  const what =
    measure.column === null
      ? "number of rows"
      : `${aggregateWords[measure.aggregate ?? "count"].toLowerCase()} of ${nameIn(table, measure.column)}`;
  return `${what} ${comparisonWords[comparison]} ${value}`;
}

function countTitle(table: Table): string {
  return `Number of ${table.table.label ? "rows" : "rows"}`;
}

function listed(names: string[]): string {
  return names.length <= 2 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** ", top 3", ", lowest 1 of each Region" */
function endText({ limit, limitPer, order, dimensions }: Query): string {
  if (limit === null) return "";
  const way = order.find(({ by }) => !limitPer.includes(by))?.direction === "asc" ? "lowest" : "top";
  const wholes = dimensions.filter(({ name }) => limitPer.includes(name)).map(dimensionTitle);
  return `, ${way} ${limit}${wholes.length > 0 ? ` of each ${listed(wholes)}` : ""}`;
}

function subject(query: Query, scatter: boolean, table: Table): string {
  const titles = query.dimensions.map(dimensionTitle);
  if (scatter) {
    const [x, y, split] = titles;
    return `${y} against ${x}${split ? ` by ${split}` : ""}`;
  }
  if (query.shape === "bins") return `Distribution of ${query.measures[0]?.name}`;
  if (query.shape === "rows") {
    const names = [...titles, ...query.measures.map(({ name }) => name)];
    const isWhole = names.length > 3 && names.length === table.table.columns.length;
    if (isWhole) return "Rows";
    const named =
      query.measures.length > 0 && titles.length === 1
        ? `${measureTitle(query, table)} by ${titles[0]}`
        : listed(names);
    return query.limitPer.length > 0 ? `${named}${endText(query)}` : named;
  }
  const ranked = query.dimensions.filter(({ name }) => !query.limitPer.includes(name)).map(dimensionTitle);
  const by = query.limitPer.length > 0 ? ` by ${listed(ranked)}` : titles.length > 0 ? ` by ${listed(titles)}` : "";
  const having = query.having.map((one) => `, ${havingText(one, table)}`).join("");
  const top = titles.length > 0 ? endText(query) : "";
  return `${query.measures.length > 0 ? measureTitle(query, table) : listed(titles)}${query.measures.length > 0 ? by : ""}${having}${top}`;
}

/** Whether a condition leaves only rows that have a value in a column. */
function isOnKnown({ id }: Field): (filter: Condition) => boolean {
  return (filter) =>
    (filter.kind === "null" && filter.negated && filter.column === id) ||
    (filter.kind === "in" && !filter.negated && filter.column === id);
}

/** One or two sentences that say in plain words what is computed. */
export function explanationOf(interpretation: Interpretation, table: Table): string {
  const { query, scatter, measureFields, dimensionFields } = interpretation;
  const parts: string[] = [];
  if (scatter)
    parts.push(
      `One point for each row: ${quoted(query.dimensions[0]?.name ?? "")} across, ${quoted(query.dimensions[1]?.name ?? "")} up${chartTypeOf(interpretation) === "bubble" ? `, its size the ${quoted(query.dimensions[2]?.name ?? "")}` : ""}`,
    );
  else if (query.shape === "bins")
    parts.push(`How many rows have ${quoted(query.measures[0]?.name ?? "")} in each step of ${query.bin?.width}`);
  else if (query.shape === "rows")
    parts.push(
      `${listed([...query.dimensions, ...query.measures].map(({ name }) => quoted(name)))} of ${query.distinct ? "the rows, each combination once" : "each row"}`,
    );
  else {
    const measures = query.measures.map((one) =>
      one.window || one.part || one.over || one.change
        ? quoted(one.name)
        : one.column === null
          ? "number of rows"
          : `${aggregateWords[one.aggregate ?? "count"].toLowerCase()} of ${quoted(nameIn(table, one.column))}`,
    );
    const text = listed(measures);
    const each = query.dimensions.map((one) => {
      const grain =
        one.expression.kind === "time" && one.expression.holds !== "year" && one.expression.holds !== "text-year"
          ? `${grainWords[one.expression.grain]} of `
          : "";
      return `${grain}${quoted(one.name)}`;
    });
    parts.push(
      `${text ? text[0]?.toUpperCase() + text.slice(1) : "Each"}${each.length > 0 ? `${text ? " for each" : ""} ${listed(each)}` : query.filters.length > 0 ? "" : " over all rows"}`,
    );
  }
  const order = query.order.find(({ by }) => !query.limitPer.includes(by));
  const per = query.limitPer.length > 0 ? ` of each ${listed(query.limitPer.map(quoted))}` : "";
  const end = query.limit !== null ? `, the first ${query.limit}${per}` : "";
  if (order && query.shape !== "bins" && query.dimensions.length > 0) {
    const isMeasure = query.measures.some(({ name }) => name === order.by);
    parts[0] += isMeasure ? `, ${order.direction === "desc" ? "highest" : "lowest"} first${end}` : end;
  }
  if (query.filters.length > 0)
    parts.push(`only rows where ${query.filters.map((filter) => filterText(filter, table)).join(" and ")}`);
  if (query.having.length > 0)
    parts.push(`only groups of which the ${query.having.map((one) => havingText(one, table)).join(" and the ")}`);
  const missing = measureFields.filter((field) => field !== null && field.column.profile.nullCount > 0);
  for (const field of missing.slice(0, 1))
    if (field && query.shape !== "rows")
      parts.push(`${field.column.profile.nullCount} rows without ${quoted(field.name)} are left out`);
  for (const field of dimensionFields.slice(0, 2))
    if (query.shape === "groups" && field.column.profile.nullCount > 0 && !query.filters.some(isOnKnown(field)))
      parts.push(`rows without ${quoted(field.name)} are a group of their own, shown as empty`);
  return `${parts.join("; ")}.`;
}
