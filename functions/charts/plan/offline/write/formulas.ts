import type { Computed, DurationUnit, Formula, Instant, Query } from "../query.ts";
import { calendarRank, calendarSql } from "./calendar.ts";
import { condition } from "./conditions.ts";
import { identifier, literal } from "./names.ts";
import { moment, time } from "./times.ts";

/** A column's name, or the expression that computes it, as SQL. */
export type Columns = (column: string) => string;

/** How the columns of a query are written: those that it computes as what they are computed from. */
export function columnsOf({ computed }: Pick<Query, "computed">): Columns {
  const written = new Map<string, string>();
  const columns: Columns = (column) => written.get(column) ?? identifier(column);
  // What looks at other rows is a column of what is selected from.
  for (const { name, formula } of computed) if (formula.kind !== "gap") written.set(name, formulaSql(formula, columns));
  return columns;
}

/** What the groups of a computed column sort by where their text would not sort: the numbers of a band, the calendar. */
export function rankOf({ computed }: { computed: Computed[] }, column: string): string | null {
  const formula = computed.find(({ name }) => name === column)?.formula;
  if (formula?.kind === "span") return `min(${moment(formula.column, formula.holds)})`;
  if (formula?.kind === "calendar") return calendarRank(identifier(formula.column), formula.part);
  if (formula?.kind !== "band") return null;
  return `min(${columnsOf({ computed })(formula.column)})`;
}

const seconds: Record<DurationUnit, number> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  // The mean of a Gregorian month and year.
  month: 2_629_746,
  year: 31_556_952,
};

function instantSql(instant: Instant): string {
  return "day" in instant ? `DATE ${literal(instant.day)}` : identifier(instant.column);
}

function durationSql({ from, to, until, unit, whole }: Extract<Formula, { kind: "duration" }>): string {
  const ofYear = (one: Instant) =>
    "column" in one && one.holds === "year" ? instantSql(one) : `year(${instantSql(one)})`;
  if (("column" in from && from.holds === "year") || ("column" in to && to.holds === "year"))
    return `(${ofYear(to)} - ${ofYear(from)})`;
  const start = instantSql(from);
  const end = until === undefined ? instantSql(to) : `coalesce(${instantSql(to)}, DATE ${literal(until)})`;
  if (whole) return `date_sub('${unit}', ${start}, ${end})`;
  const isDay = (one: Instant) => "day" in one || one.holds === "date";
  // Where one of the two tells only the day, the other is as good as that.
  if (unit === "day" && (isDay(from) || isDay(to))) return `date_diff('day', ${start}, ${end})`;
  return `((epoch(${end}) - epoch(${start})) / ${seconds[unit].toFixed(1)})`;
}

/** The time since the row before, as a window over the rows that are looked at. */
export function gapSql({ column, per, unit }: Extract<Formula, { kind: "gap" }>): string {
  const at = identifier(column);
  const partition = per === null ? "" : `PARTITION BY ${identifier(per)} `;
  return `(epoch(${at}) - lag(epoch(${at})) OVER (${partition}ORDER BY ${at})) / ${seconds[unit].toFixed(1)}`;
}

/** "20–29" of whole numbers, "20–30" of others, where the upper end is that of the next. */
function bandSql(value: string, width: number, whole: boolean): string {
  const low = `floor(${value} / ${width}) * ${width}`;
  const high = `${low} + ${whole ? width - 1 : width}`;
  if (whole && width === 1) return `CAST(CAST(${low} AS BIGINT) AS VARCHAR)`;
  const decimals = Math.max(0, -Math.floor(Math.log10(width)));
  const type = decimals === 0 ? "BIGINT" : `DECIMAL(18, ${decimals})`;
  return `(CAST(${low} AS ${type}) || '–' || CAST(${high} AS ${type}))`;
}

/** Writes what is computed from the columns of a row as a DuckDB expression that needs no more brackets. */
function formulaSql(formula: Formula, columns: Columns): string {
  switch (formula.kind) {
    case "duration":
      return durationSql(formula);
    case "gap":
      return gapSql(formula);
    case "scaled":
      return formula.factor >= 1
        ? `(${columns(formula.column)} * ${formula.factor.toFixed(1)})`
        : `(${columns(formula.column)} / ${Number((1 / formula.factor).toPrecision(12)).toFixed(1)})`;
    case "sum": {
      const all = formula.columns.map(columns);
      if (!formula.sparse) return `(${all.join(" + ")})`;
      const parts = all.map((column) => `coalesce(${column}, 0)`).join(" + ");
      return `CASE WHEN coalesce(${all.join(", ")}) IS NOT NULL THEN ${parts} END`;
    }
    case "difference": {
      const value = (column: string) => (formula.sparse ? `coalesce(${columns(column)}, 0)` : columns(column));
      return `(${value(formula.column)} - ${value(formula.less)})`;
    }
    case "signed": {
      const parts = formula.parts.map(({ when, turned }) => {
        const conditions = when.map((one) => condition(one, columns, "data")).join(" AND ");
        return `WHEN ${conditions} THEN ${turned ? "-" : ""}${columns(formula.column)}`;
      });
      return `CASE ${parts.join(" ")} END`;
    }
    case "score": {
      const steps = formula.steps.map(
        ({ least, value }) => `WHEN ${columns(formula.column)} >= ${least} THEN ${value}`,
      );
      return `CASE ${steps.join(" ")} END`;
    }
    case "pair": {
      const [one, other] = [columns(formula.column), columns(formula.by)];
      return `CASE WHEN ${one} IS NOT NULL AND ${other} IS NOT NULL THEN row(${one}, ${other}) END`;
    }
    case "product":
      return `(${columns(formula.column)} * ${columns(formula.by)})`;
    case "quotient":
      return `(${formula.factor === 1 ? "" : `${formula.factor.toFixed(1)} * `}${columns(formula.column)} / nullif(${columns(formula.by)}, 0))`;
    case "band":
      return bandSql(columns(formula.column), formula.width, formula.whole);
    case "decade": {
      const year = time(formula.column, formula.holds, "year");
      return `(CAST(floor(${year} / 10) * 10 AS BIGINT) || 's')`;
    }
    case "step":
      return time(formula.column, formula.holds, formula.grain);
    case "span": {
      const at = moment(formula.column, formula.holds);
      const within = ({ from, before }: (typeof formula.spans)[number]) =>
        `${at} >= DATE ${literal(from)} AND ${at} < DATE ${literal(before)}`;
      return `CASE ${formula.spans.map((span) => `WHEN ${within(span)} THEN ${literal(span.name)}`).join(" ")} END`;
    }
    case "cases": {
      const cases = formula.cases.map(({ name, when }) => {
        // No case compares with an aggregate, which alone would need the table.
        const conditions = when.map((one) => condition(one, columns, "data")).join(" AND ");
        return `WHEN ${conditions} THEN ${literal(name)}`;
      });
      const otherwise = formula.otherwise === null ? "" : ` ELSE ${literal(formula.otherwise)}`;
      return `CASE ${cases.join(" ")}${otherwise} END`;
    }
    case "calendar":
      return calendarSql(identifier(formula.column), formula.part);
  }
}
