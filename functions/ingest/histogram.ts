import type { DuckDBConnection } from "@duckdb/node-api";
import type { Cell, Profile } from "../../contract/index.ts";
import { quoteIdentifier } from "../shared/engine/engine.ts";
import type { ConvertedColumn } from "./convert.ts";

const bins = 20;
const dayMs = 86_400_000;

/**
 * A column's values in bins of equal width, for numbers, dates and timestamps; undefined for others and where all values are
 * the same. Whole numbers and days get bins of whole ones. Counts are multiplied by `scale`.
 */
export async function histogramOf(
  connection: DuckDBConnection,
  from: string,
  { name, type }: ConvertedColumn,
  min: Cell,
  max: Cell,
  scale: number,
): Promise<Profile["histogram"]> {
  const axis = axisOf(type);
  if (!axis || min === null || max === null) return undefined;
  const low = axis.toNumber(min);
  const high = axis.toNumber(max);
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return undefined;
  const step = axis.whole ? Math.ceil((high - low + 1) / bins) : (high - low) / bins;
  const count = axis.whole ? Math.ceil((high - low + 1) / step) : bins;
  const value = axis.sql(quoteIdentifier(name));
  const rows = (
    await connection.runAndReadAll(
      `SELECT least(${count - 1}, greatest(0, floor((${value} - (${low})::DOUBLE) / ${step})))::INTEGER AS bin, count(*)
       FROM ${from} WHERE ${quoteIdentifier(name)} IS NOT NULL AND isfinite(${value}) GROUP BY 1`,
    )
  ).getRows();
  const counts = new Map(rows.map(([bin, found]) => [Number(bin), Number(found)]));
  return Array.from({ length: count }, (_, bin) => ({
    from: axis.toCell(low + bin * step),
    to: axis.toCell(bin === count - 1 ? Math.max(high, low + bin * step) : low + (bin + 1) * step),
    count: Math.round((counts.get(bin) ?? 0) * scale),
  }));
}

interface Axis {
  whole: boolean;
  sql(column: string): string;
  toNumber(cell: Cell): number;
  toCell(number: number): Cell;
}

function axisOf(type: string): Axis | undefined {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)/.test(type)) {
    return { whole: true, sql: (column) => `${column}::DOUBLE`, toNumber: Number, toCell: (number) => number };
  }
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) {
    const toCell = (number: number) => Number(number.toPrecision(12));
    return { whole: false, sql: (column) => `${column}::DOUBLE`, toNumber: Number, toCell };
  }
  if (type === "DATE") {
    return {
      whole: true,
      sql: (column) => `date_diff('day', DATE '1970-01-01', ${column})::DOUBLE`,
      toNumber: (cell) => Date.parse(`${cell}T00:00:00Z`) / dayMs,
      toCell: (number) => new Date(number * dayMs).toISOString().slice(0, 10),
    };
  }
  if (/^TIMESTAMP/.test(type)) {
    const zone = type === "TIMESTAMP WITH TIME ZONE";
    return {
      whole: false,
      sql: (column) => `epoch_ms(${column})::DOUBLE`,
      toNumber: (cell) => Date.parse(String(cell).endsWith("Z") ? String(cell) : `${cell}Z`),
      toCell: (number) => {
        const iso = new Date(number).toISOString();
        return zone ? iso : iso.slice(0, -1);
      },
    };
  }
  return undefined;
}
