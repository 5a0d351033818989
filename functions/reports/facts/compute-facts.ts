import type { ChartType, Column, Dataset, Fact, QueryResult } from "../../../contract/index.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { capitalize, measureName } from "../../shared/words.ts";
import { categoryFacts } from "./category-facts.ts";
import { coverageOf } from "./coverage.ts";
import { formatNumber, formatValue } from "./format.ts";
import { histogramFacts } from "./histogram-facts.ts";
import { lineFacts } from "./line-facts.ts";
import { pointFacts } from "./point-facts.ts";
import { listFacts } from "./rank-facts.ts";
import { readShape, type Series } from "./shape.ts";
import { timeFacts } from "./time-facts.ts";
import { formatCount, shortName } from "./words.ts";

/** A fact before it has an id. */
export type Finding = Omit<Fact, "id">;

export interface FactSource {
  result: QueryResult;
  type: ChartType;
  sql: string;
  datasets: Pick<Dataset, "name" | "rejects">[];
  /** Columns of the datasets, which say how far the data reach. */
  columns?: readonly Column[];
}

/**
 * What holds of a chart's rows, the most telling first within each kind. Of a result that was cut off, only what needs no
 * more than the rows that are there, and a fact that says so.
 */
export function computeFacts({ result, type, sql, datasets, columns = [] }: FactSource): Fact[] {
  const shape = readShape(result, type, sql);
  const whole = !result.truncated;
  const findings: Finding[] = [];
  if (!whole) findings.push(partial(result));
  if (type === "stat" || (result.rowCount === 1 && shape.points === undefined)) {
    findings.push(...singleValues(result));
  } else if (type === "histogram") {
    if (whole) findings.push(...histogramFacts(result));
  } else {
    const coverage = coverageOf(result.columns[0]?.name ?? "", sql, columns);
    if (shape.points) findings.push(...pointFacts(shape.points));
    for (const [index, series] of shape.series.entries()) {
      if (shape.listed) {
        if (index === 0) findings.push(...listFacts(series, shape.listed));
        continue;
      }
      const all = series.time ? timeFacts(series, series.time, { whole, coverage }) : categoryFacts(series, whole);
      // Of many measures, the first is told in full, the others by what matters most.
      findings.push(...(index > 0 && shape.series.length > 2 ? all.filter(isEssential) : all));
    }
    // Their total is the same as that of the series above.
    for (const part of shape.parts) findings.push(...categoryFacts(part, whole).filter(({ kind }) => kind !== "total"));
    findings.push(...lineFacts(shape.lines, coverage), ...pairsOfMeasures(shape.series));
    if (shape.overlap) findings.push(overlap(shape.overlap));
  }
  for (const { measure, rows } of shape.blanks) findings.push(blank(measure, rows, result.rowCount));
  findings.push(...datasets.flatMap(rejects));
  if (findings.every(({ kind }) => kind !== "value")) findings.push(size(result));
  return numbered(findings);
}

function isEssential({ kind, numbers }: Finding): boolean {
  return kind === "change" || kind === "bottom" || (kind === "top" && numbers.rank === 1);
}

function numbered(findings: Finding[]): Fact[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const count = (counts.get(finding.kind) ?? 0) + 1;
    counts.set(finding.kind, count);
    return { id: `${finding.kind}-${count}`, ...finding };
  });
}

function size({ rowCount, columns }: QueryResult): Finding {
  return {
    kind: "size",
    statement:
      rowCount === 0
        ? "The result has no rows."
        : `The result has ${formatCount(rowCount, "row")} of ${formatCount(columns.length, "column")}.`,
    numbers: { rows: rowCount, columns: columns.length },
    names: {},
    rows: [],
  };
}

function partial({ rowCount }: QueryResult): Finding {
  return {
    kind: "partial",
    statement: `Only the first ${formatCount(rowCount, "row")} of the result are in this report; there are more.`,
    numbers: { rows: rowCount },
    names: {},
    rows: [],
  };
}

function singleValues({ columns, rows }: QueryResult): Finding[] {
  const [first] = columns;
  const label = rows[0]?.[0];
  // The only category that there is, where the value is one's.
  const item = first && !isNumeric(first) && typeof label === "string" ? shortName(label) : undefined;
  return columns.flatMap(({ name, format }, index): Finding[] => {
    const value = rows[0]?.[index];
    if (typeof value !== "number") return [];
    const measure = measureName(name);
    return [
      {
        kind: "value",
        statement: `${capitalize(measure)}${item === undefined ? "" : ` (${item})`}: ${formatValue(value, format)}.`,
        numbers: { value },
        ...(format && { format }),
        names: { measure, ...(item !== undefined && { item }) },
        rows: [0],
      },
    ];
  });
}

function overlap({ name, rows }: { name: string; rows: number[] }): Finding {
  return {
    kind: "overlap",
    statement: `${capitalize(name)} is the sum of the others and is left out of totals, shares and ranks.`,
    numbers: {},
    names: { item: name },
    rows,
  };
}

function blank(measure: string, rows: number[], rowCount: number): Finding {
  return {
    kind: "gap",
    statement: `${capitalize(measure)} has no value in ${formatCount(rows.length, "row")} of ${formatNumber(rowCount)}.`,
    numbers: { missing: rows.length, rows: rowCount },
    names: { measure },
    rows: rows.slice(0, 100),
  };
}

function rejects({ name, rejects: { count, sample } }: FactSource["datasets"][number]): Finding[] {
  if (count === 0) return [];
  const [first] = sample;
  const example = first ? ` The first: ${first.reason}` : "";
  return [
    {
      kind: "rejects",
      statement: `${formatCount(count, "cell or row", "cells or rows")} of ${name} could not be read and ${count === 1 ? "is" : "are"} not counted.${example}`,
      numbers: { count },
      names: { dataset: name },
      rows: [],
    },
  ];
}

/** Two measures of the same categories, as pairs. */
function pairsOfMeasures(series: Series[]): Finding[] {
  const [a, b] = series;
  if (!a || !b || series.length !== 2 || a.time || b.time) return [];
  const pairs = a.items.flatMap(({ value: x, rows: [row = -1] }) => {
    const other = b.items.find(({ rows }) => rows[0] === row);
    return other ? [{ x, y: other.value, row }] : [];
  });
  return pointFacts({ x: a.measure, y: b.measure, pairs }).filter(({ kind }) => kind === "correlation");
}
