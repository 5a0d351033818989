import type { Condition, Dimension, Expression, Having, Measure, Query } from "../query.ts";
import { columnsIn } from "./computed-for.ts";
import { aggregated, condition, expressed } from "./conditions.ts";
import { type Columns, columnsOf, gapSql, rankOf } from "./formulas.ts";
import { identifier, literal } from "./names.ts";
import { moment } from "./times.ts";

/** What a dimension sorts by when it is not the alphabet: Monday before Friday, 5–9 before 10–14. */
function calendarOrder(expression: Expression, query: Query): string | null {
  if (expression.kind !== "time") return rankOf(query, expression.column);
  if (expression.grain === "weekday") return `min(isodow(${moment(expression.column, expression.holds)}))`;
  if (expression.grain === "month-of-year") return `min(month(${moment(expression.column, expression.holds)}))`;
  return null;
}

function where({ filters, table }: Pick<Query, "filters" | "table">, columns: Columns): string[] {
  if (filters.length === 0) return [];
  return [`WHERE ${filters.map((filter) => condition(filter, columns, table)).join(" AND ")}`];
}

/**
 * Where the rows come from, and which of them. The time since the row before is one of the rows that are asked for, so
 * these are chosen first, but for what is said of that time itself.
 */
function source(query: Query, columns: Columns): string[] {
  const gaps = query.computed.flatMap(({ name, formula }) => (formula.kind === "gap" ? [{ name, formula }] : []));
  const from = `FROM ${identifier(query.table)}`;
  if (gaps.length === 0) return [from, ...where(query, columns)];
  const isLater = (filter: Condition) => gaps.some(({ name }) => columnsIn(filter).includes(name));
  const chosen = { ...query, filters: query.filters.filter((filter) => !isLater(filter)) };
  const rest = { ...query, filters: query.filters.filter(isLater) };
  const added = gaps.map(({ name, formula }) => `${gapSql(formula)} AS ${identifier(name)}`);
  const inner = [`SELECT *, ${added.join(", ")}`, from, ...where(chosen, columns)].join(" ");
  return [`FROM (${inner}) AS following`, ...where(rest, columns)];
}

function ordered(query: Query, columns: Columns): string[] {
  const results = new Set([...query.dimensions, ...query.measures].map(({ name }) => name));
  const terms = query.order.map(({ by, direction }) => {
    const dimension = query.dimensions.find((one) => one.name === by);
    const calendar = dimension && query.shape === "groups" ? calendarOrder(dimension.expression, query) : null;
    return `${calendar ?? (results.has(by) ? identifier(by) : columns(by))} ${direction === "asc" ? "ASC" : "DESC"} NULLS LAST`;
  });
  return terms.length > 0 ? [`ORDER BY ${terms.join(", ")}`] : [];
}

function having(conditions: Having[], columns: Columns): string[] {
  if (conditions.length === 0) return [];
  const terms = conditions.map(
    ({ measure, comparison, value }) => `${grouped(measure, columns)} ${comparison} ${literal(value)}`,
  );
  return [`HAVING ${terms.join(" AND ")}`];
}

/** The value of a measure for each group. */
function grouped(
  { aggregate, column, over }: Pick<Measure, "aggregate" | "column" | "over">,
  columns: Columns,
): string {
  const value = aggregated(aggregate ?? "count", column, columns);
  if (!over) return value;
  const factor = over.factor === 1 ? "" : `${over.factor.toFixed(1)} * `;
  return `(${factor}${value} / nullif(${aggregated(over.aggregate, over.column, columns)}, 0))`;
}

function dimensionSql({ expression }: Dimension, asText: boolean, columns: Columns): string {
  const value = expressed(expression, columns);
  return asText ? `CAST(${value} AS VARCHAR)` : value;
}

function selectedDimension(dimension: Dimension, asText: boolean, columns: Columns): string {
  return `${dimensionSql(dimension, asText, columns)} AS ${identifier(dimension.name)}`;
}

function selectedMeasure(measure: Measure, query: Query, columns: Columns): string {
  return `${measured(measure, query, columns)} AS ${identifier(measure.name)}`;
}

function measured(measure: Measure, { dimensions, table }: Query, columns: Columns): string {
  const { aggregate, column, part, window, change } = measure;
  if (aggregate === null) return columns(column ?? "");
  const value = grouped(measure, columns);
  if (part) {
    const conditions = part.map((one) => condition(one, columns, table)).join(" AND ");
    return `100.0 * ${value} FILTER (WHERE ${conditions}) / nullif(${value}, 0)`;
  }
  if (change) {
    const of = (when: Condition[]) =>
      `${value} FILTER (WHERE ${when.map((one) => condition(one, columns, table)).join(" AND ")})`;
    return `100.0 * (${of(change.last)} / nullif(${of(change.first)}, 0) - 1)`;
  }
  if (!window) return value;
  const groups = dimensions.map((one, index) => ({ ...one, sql: dimensionSql(one, index === 1, columns) }));
  const time = groups.find(({ expression }) => expression.kind === "time");
  const others = groups.filter((one) => one !== time).map(({ sql }) => sql);
  if (window === "share") {
    // Over time, each step is a whole of its own.
    const within = time && others.length > 0 ? `PARTITION BY ${time.sql}` : "";
    return `100.0 * ${value} / nullif(sum(${value}) OVER (${within}), 0)`;
  }
  const partition = others.length > 0 ? `PARTITION BY ${others.join(", ")} ` : "";
  const over = `OVER (${partition}ORDER BY ${time?.sql ?? "1"})`;
  if (window === "running") return `sum(${value}) ${over}`;
  return `100.0 * (${value} / nullif(lag(${value}) ${over}, 0) - 1)`;
}

/** The first rows of each group of rows, by the order of the query. */
function perGroup(select: string[], { limitPer, order }: Query, limit: number): string {
  const ranked = order.filter(({ by }) => !limitPer.includes(by)).map(orderTerm);
  const within = limitPer.map(identifier).join(", ");
  return [
    "SELECT * FROM (",
    ...select,
    ") AS ranked",
    `QUALIFY row_number() OVER (PARTITION BY ${within} ORDER BY ${ranked.join(", ")}) <= ${limit}`,
    `ORDER BY ${order.map(orderTerm).join(", ")}`,
  ].join("\n");
}

function orderTerm({ by, direction }: Query["order"][number]): string {
  return `${identifier(by)} ${direction === "asc" ? "ASC" : "DESC"} NULLS LAST`;
}

/**
 * Writes a logical query as one DuckDB SELECT. Every name and value from the data or the question passes through
 * {@link identifier} or {@link literal}. The second dimension of a grouping is cast to text: it names the series.
 */
export function duckdbSql(query: Query): string {
  const limit = query.limit === null ? [] : [`LIMIT ${query.limit}`];
  const columns = columnsOf(query);

  if (query.shape === "bins") {
    const [measure] = query.measures;
    const { width, origin } = query.bin ?? { width: 1, origin: 0 };
    const value = columns(measure?.column ?? "");
    const known = { ...query, filters: [...query.filters, notNull(measure?.column ?? "")] };
    return [
      `SELECT floor((${value} - ${origin}) / ${width}) * ${width} + ${origin} AS ${identifier(measure?.name ?? "")}, count(*) AS "Count"`,
      ...source(known, columns),
      "GROUP BY ALL",
      "ORDER BY 1",
    ].join("\n");
  }

  const inGroups = query.shape === "groups";
  const selected = [
    ...query.dimensions.map((dimension, index) => selectedDimension(dimension, inGroups && index === 1, columns)),
    ...query.measures.map((measure) => selectedMeasure(measure, query, columns)),
  ];
  // Beside window functions DuckDB wants the groups named.
  const positions = query.dimensions.map((_, index) => index + 1).join(", ");
  const by = query.measures.some(({ window }) => window) ? positions : "ALL";
  const groupBy = inGroups && query.dimensions.length > 0 ? [`GROUP BY ${by}`] : [];
  const select = [
    `SELECT ${query.distinct ? "DISTINCT " : ""}${selected.join(", ")}`,
    ...source(query, columns),
    ...groupBy,
    ...having(query.having, columns),
  ];
  if (query.limit !== null && query.limitPer.length > 0) return perGroup(select, query, query.limit);
  return [...select, ...ordered(query, columns), ...limit].join("\n");
}

function notNull(column: string): Condition {
  return { kind: "null", column, negated: true };
}
