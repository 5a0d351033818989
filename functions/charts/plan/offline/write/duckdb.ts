import type { Aggregate, Condition, Dimension, Expression, Grain, Having, Literal, Measure, Query } from "../query.ts";

/** A name of the data, safe in SQL whatever it contains. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value of the data, safe in SQL whatever it contains. DuckDB knows no backslash escapes in '…'. */
export function literal(value: Literal): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return String(value);
}

const aggregates: Record<Exclude<Aggregate, "count" | "count-distinct">, string> = {
  sum: "sum",
  avg: "avg",
  median: "median",
  min: "min",
  max: "max",
};

function aggregated(aggregate: Aggregate, column: string | null): string {
  if (column === null) return "count(*)";
  const argument = identifier(column);
  if (aggregate === "count") return `count(${argument})`;
  if (aggregate === "count-distinct") return `count(DISTINCT ${argument})`;
  return `${aggregates[aggregate]}(${argument})`;
}

function moment(column: string, holds: Extract<Expression, { kind: "time" }>["holds"]): string {
  const name = identifier(column);
  if (holds === "year") return name;
  if (holds === "text-year") return `try_cast(${name} AS INTEGER)`;
  if (holds === "text-month") return `try_strptime(${name}, '%Y-%m')`;
  return name;
}

function time(column: string, holds: Extract<Expression, { kind: "time" }>["holds"], grain: Grain): string {
  const at = moment(column, holds);
  if (holds === "year" || holds === "text-year") return at;
  switch (grain) {
    case "year":
      return `year(${at})`;
    case "weekday":
      return `strftime(${at}, '%a')`;
    case "month-of-year":
      return `strftime(${at}, '%b')`;
    case "hour-of-day":
      return `hour(${at})`;
    case "hour":
      return `date_trunc('hour', ${at})`;
    case "day":
      return holds === "date" ? at : `CAST(${at} AS DATE)`;
    default:
      return `CAST(date_trunc('${grain}', ${at}) AS DATE)`;
  }
}

function expressed(expression: Expression): string {
  return expression.kind === "column"
    ? identifier(expression.column)
    : time(expression.column, expression.holds, expression.grain);
}

/** What a dimension sorts by when it is not the alphabet: Monday before Friday. */
function calendarOrder(expression: Expression): string | null {
  if (expression.kind !== "time") return null;
  if (expression.grain === "weekday") return `min(isodow(${moment(expression.column, expression.holds)}))`;
  if (expression.grain === "month-of-year") return `min(month(${moment(expression.column, expression.holds)}))`;
  return null;
}

function like(value: string, match: "contains" | "starts" | "ends"): string {
  const escaped = value.replace(/[\\%_]/g, "\\$&");
  return literal(`${match === "starts" ? "" : "%"}${escaped}${match === "ends" ? "" : "%"}`);
}

function condition(filter: Condition, table: string): string {
  switch (filter.kind) {
    case "compare": {
      const left = expressed(filter.expression);
      return filter.ignoreCase
        ? `lower(${left}) ${filter.comparison} lower(${literal(filter.value)})`
        : `${left} ${filter.comparison} ${literal(filter.value)}`;
    }
    case "compare-aggregate": {
      const value = `(SELECT ${aggregated(filter.aggregate, filter.column)} FROM ${identifier(table)})`;
      return `${identifier(filter.column)} ${filter.comparison} ${value}`;
    }
    case "compare-columns":
      return `${identifier(filter.column)} ${filter.comparison} ${identifier(filter.other)}`;
    case "dates": {
      const type = filter.holds === "date" ? "DATE" : "TIMESTAMP";
      const bounds: string[] = [];
      if (filter.from !== null) bounds.push(`${identifier(filter.column)} >= ${type} ${literal(filter.from)}`);
      if (filter.before !== null) bounds.push(`${identifier(filter.column)} < ${type} ${literal(filter.before)}`);
      return bounds.join(" AND ");
    }
    case "in": {
      const left = identifier(filter.column);
      const [first] = filter.values;
      if (filter.values.length === 1 && first !== undefined)
        return `${left} ${filter.negated ? "!=" : "="} ${literal(first)}`;
      return `${left} ${filter.negated ? "NOT IN" : "IN"} (${filter.values.map(literal).join(", ")})`;
    }
    case "text":
      return `${identifier(filter.column)} ${filter.negated ? "NOT ILIKE" : "ILIKE"} ${like(filter.value, filter.match)} ESCAPE '\\'`;
    case "null":
      return `${identifier(filter.column)} IS ${filter.negated ? "NOT NULL" : "NULL"}`;
    case "all":
      return `(${filter.conditions.map((one) => condition(one, table)).join(" AND ")})`;
    case "not":
      return `NOT ${condition(filter.condition, table)}`;
    case "any":
      return `(${filter.conditions.map((one) => condition(one, table)).join(" OR ")})`;
  }
}

function where(query: Query): string[] {
  if (query.filters.length === 0) return [];
  return [`WHERE ${query.filters.map((filter) => condition(filter, query.table)).join(" AND ")}`];
}

function ordered(query: Query): string[] {
  const terms = query.order.map(({ by, direction }) => {
    const dimension = query.dimensions.find((one) => one.name === by);
    const calendar = dimension && query.shape === "groups" ? calendarOrder(dimension.expression) : null;
    return `${calendar ?? identifier(by)} ${direction === "asc" ? "ASC" : "DESC"} NULLS LAST`;
  });
  return terms.length > 0 ? [`ORDER BY ${terms.join(", ")}`] : [];
}

function having(conditions: Having[]): string[] {
  if (conditions.length === 0) return [];
  const terms = conditions.map(
    ({ measure, comparison, value }) =>
      `${aggregated(measure.aggregate ?? "count", measure.column)} ${comparison} ${literal(value)}`,
  );
  return [`HAVING ${terms.join(" AND ")}`];
}

function dimensionSql({ expression }: Dimension, asText: boolean): string {
  const value = expressed(expression);
  return asText ? `CAST(${value} AS VARCHAR)` : value;
}

function selectedDimension(dimension: Dimension, asText: boolean): string {
  return `${dimensionSql(dimension, asText)} AS ${identifier(dimension.name)}`;
}

function selectedMeasure(measure: Measure, dimensions: Dimension[], table: string): string {
  return `${measured(measure, dimensions, table)} AS ${identifier(measure.name)}`;
}

function measured({ aggregate, column, part, window }: Measure, dimensions: Dimension[], table: string): string {
  if (aggregate === null) return identifier(column ?? "");
  const value = aggregated(aggregate, column);
  if (part) {
    const conditions = part.map((one) => condition(one, table)).join(" AND ");
    return `100.0 * ${value} FILTER (WHERE ${conditions}) / nullif(${value}, 0)`;
  }
  if (!window) return value;
  const columns = dimensions.map((one, index) => ({ ...one, sql: dimensionSql(one, index === 1) }));
  const time = columns.find(({ expression }) => expression.kind === "time");
  const others = columns.filter((one) => one !== time).map(({ sql }) => sql);
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
  const from = `FROM ${identifier(query.table)}`;
  const limit = query.limit === null ? [] : [`LIMIT ${query.limit}`];

  if (query.shape === "bins") {
    const [measure] = query.measures;
    const { width, origin } = query.bin ?? { width: 1, origin: 0 };
    const value = identifier(measure?.column ?? "");
    const known = { ...query, filters: [...query.filters, notNull(measure?.column ?? "")] };
    return [
      `SELECT floor((${value} - ${origin}) / ${width}) * ${width} + ${origin} AS ${identifier(measure?.name ?? "")}, count(*) AS "Count"`,
      from,
      ...where(known),
      "GROUP BY ALL",
      "ORDER BY 1",
    ].join("\n");
  }

  const grouped = query.shape === "groups";
  const selected = [
    ...query.dimensions.map((dimension, index) => selectedDimension(dimension, grouped && index === 1)),
    ...query.measures.map((measure) => selectedMeasure(measure, query.dimensions, query.table)),
  ];
  // Beside window functions DuckDB wants the groups named.
  const positions = query.dimensions.map((_, index) => index + 1).join(", ");
  const by = query.measures.some(({ window }) => window) ? positions : "ALL";
  const groupBy = grouped && query.dimensions.length > 0 ? [`GROUP BY ${by}`] : [];
  const select = [
    `SELECT ${query.distinct ? "DISTINCT " : ""}${selected.join(", ")}`,
    from,
    ...where(query),
    ...groupBy,
    ...having(query.having),
  ];
  if (query.limit !== null && query.limitPer.length > 0) return perGroup(select, query, query.limit);
  return [...select, ...ordered(query), ...limit].join("\n");
}

function notNull(column: string): Condition {
  return { kind: "null", column, negated: true };
}
