import type { Chart, ChartType, QueryResult, ValueFormat } from "../../../contract/index.ts";
import { toNumber } from "./cells.ts";
import { isNumeric, isTemporal } from "./column-kinds.ts";
import { valueFormat } from "./value-format.ts";

const round = new Set<ChartType>(["pie", "doughnut"]);

/**
 * Chart.js options that follow from the data: axes with titles, time where x is time, a legend where it tells something.
 *
 * @param other what the one group of several is called
 */
export function chartOptions(result: QueryResult, type: ChartType, other?: string): Chart["options"] {
  const { columns, rows } = result;
  const [x, second, third] = columns;
  const formatOf = (index: number) => {
    const column = columns[index];
    return column && isNumeric(column)
      ? (column.format ??
          valueFormat(
            column.name,
            rows.map((row) => toNumber(row[index])),
          ))
      : null;
  };
  const largestOf = (index: number) =>
    rows.reduce((most, row) => Math.max(most, Math.abs(toNumber(row[index]) ?? 0)), 0);
  // Where there is no axis to carry it, the values' format has a place of its own.
  const ownFormat = formatOf(columns.length > 1 && round.has(type) ? 1 : Math.max(0, columns.findIndex(isNumeric)));
  const own = { ...(ownFormat && { format: ownFormat }), ...(other !== undefined && { other }) };
  const quantibi = Object.keys(own).length > 0 ? { quantibi: own } : {};
  if (type === "table") return {};
  if (type === "stat") return quantibi;
  if (round.has(type)) return { ...quantibi, plugins: { legend: { display: true, position: "right" } } };
  const split = columns.length > 2 && second !== undefined && !isNumeric(second);
  const measures = columns.slice(1).filter(isNumeric);
  const y = split ? third : type === "scatter" || type === "bubble" || measures.length === 1 ? measures[0] : undefined;
  const onTime = x !== undefined && isTemporal(x) && type !== "histogram";
  const points = type === "scatter" || type === "bubble";
  const formats = columns.map((_, index) => (index > 0 ? formatOf(index) : null));
  const format = points
    ? formats[1]
    : sharedFormat(
        columns.flatMap((column, index) => (index > 0 && isNumeric(column) ? [formats[index] ?? null] : [])),
      );
  const xFormat = points || type === "histogram" ? formatOf(0) : null;
  const grain = x?.grain;
  // The series of one measure have its format; measures beside one another each their own.
  const seriesFormats = split
    ? []
    : columns.flatMap((column, index) => (index > 0 && isNumeric(column) ? [formats[index] ?? null] : []));
  const told = {
    ...(format ? { format } : {}),
    ...(xFormat ? { xFormat } : {}),
    ...(!format && seriesFormats.some((one) => one !== null) ? { seriesFormats } : {}),
    ...(grain ? { grain } : {}),
    ...(other === undefined ? {} : { other }),
  };
  return {
    ...(Object.keys(told).length > 0 ? { quantibi: told } : {}),
    plugins: { legend: points ? pointLegend(columns, type) : { display: split || measures.length > 1 } },
    scales: {
      x: {
        title: { display: true, text: x?.name ?? "" },
        ...(onTime && { type: "time", ...(type === "bar" && { offset: true }) }),
        ...(points && !onTime && { type: "linear" }),
        ...(type === "histogram" && { grid: { display: false } }),
        ...(xFormat && { ticks: { format: forAxis(xFormat, largestOf(0)) } }),
      },
      y: {
        title: { display: y !== undefined, text: y?.name ?? "" },
        // Bars and areas say a quantity by their length, which needs the zero.
        beginAtZero: type === "bar" || type === "area" || type === "histogram" || (!points && isNearZero(result)),
        ...(format && {
          ticks: { format: forAxis(format, Math.max(...columns.map((_, at) => (at > 0 ? largestOf(at) : 0)))) },
        }),
      },
    },
    // Points would hide a line of many.
    ...(type === "line" || type === "area" ? { elements: { point: { radius: rows.length > 60 ? 0 : 3 } } } : {}),
  };
}

/** A format with little room: millions are written as such. */
function forAxis(format: ValueFormat, largest: number): Record<string, unknown> {
  const short = largest >= 1e6 ? { ...format, notation: "compact", maximumFractionDigits: 1 } : format;
  // Chart.js gives all ticks the decimals that their step has: 50.0% beside 60.0%.
  return format.style === "currency" ? short : { ...short, minimumFractionDigits: 0 };
}

/** The names of points, and what the size of bubbles says. */
function pointLegend(columns: QueryResult["columns"], type: ChartType): Record<string, unknown> {
  const named = columns.some((column, index) => index > 1 && !isNumeric(column));
  const size = type === "bubble" ? columns[2] : undefined;
  return {
    display: named || size !== undefined,
    ...(size && { title: { display: true, text: `Size: ${size.name}` } }),
  };
}

/** Whether zero is so near that a line that leaves it out saves little room, and makes its lowest point look like nothing. */
function isNearZero({ columns, rows }: QueryResult): boolean {
  const [lowest, highest] = rows
    .flatMap((row) =>
      columns.flatMap((column, index) => (index > 0 && isNumeric(column) ? (toNumber(row[index]) ?? []) : [])),
    )
    .reduce(
      ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
  return lowest > 0 && lowest <= highest * 0.4;
}

/** The format of all measures on one axis; null where they differ. */
function sharedFormat([first = null, ...others]: (ValueFormat | null)[]): ValueFormat | null {
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : null;
}
