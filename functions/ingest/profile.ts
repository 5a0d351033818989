import type { DuckDBConnection } from "@duckdb/node-api";
import type { Cell, Column, Profile } from "../../contract/index.ts";
import { quoteIdentifier, quoteLiteral } from "../shared/engine/engine.ts";
import { toCell } from "../shared/engine/json-values.ts";
import { type ColumnStatistics, readStatistics } from "./parquet-statistics.ts";

/** Up to here distinct values are counted exactly and the most frequent ones are kept; beyond, the count is an estimate. */
const exactDistinct = 10_000;
const topValueCount = 20;
/** Columns that one query covers: enough to share a pass over the file, few enough for its memory. */
const columnsAtOnce = 50;
const longestText = 200;

/** Profiles every column of a Parquet file. `onProgress` gets the share that is done, from 0 to 1. */
export async function profileTable(
  connection: DuckDBConnection,
  parquetPath: string,
  onProgress: (fraction: number) => void,
): Promise<{ rowCount: number; columns: Column[] }> {
  const from = `FROM read_parquet(${quoteLiteral(parquetPath)})`;
  const described = (await connection.runAndReadAll(`DESCRIBE ${from}`)).getRowObjectsJson();
  const types = described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  const counted = (await connection.runAndReadAll(`SELECT count(*) ${from}`)).getRows();
  const rowCount = Number(counted[0]?.[0]);
  const statistics = await readStatistics(connection, parquetPath);

  const columns: Column[] = [];
  for (let start = 0; start < types.length; start += columnsAtOnce) {
    const batch = types.slice(start, start + columnsAtOnce);
    const selected = batch.flatMap(({ name, type }, index) =>
      measures(quoteIdentifier(name), type, rowCount, statistics.get(start + index)),
    );
    // The leading count makes one row of it even where the footer has told everything.
    const [[, ...row] = []] = (await connection.runAndReadAll(`SELECT count(*), ${selected.join(", ")} ${from}`))
      .getRows()
      .map((cells) => cells.map(toCell));
    for (const [index, { name, type }] of batch.entries()) {
      const [filled, estimate, min = null, max = null, mean] = row.slice(index * 5);
      const range = type === "VARCHAR" ? statistics.get(start + index)?.range : undefined;
      const frequent = Number(estimate) <= exactDistinct * 1.1 ? await countValues(connection, from, name) : undefined;
      const profile: Profile = {
        nullCount: rowCount - Number(filled),
        distinctCount: frequent?.distinctCount ?? Math.min(Number(estimate), Number(filled)),
        min: range ? beginning(range.min) : min,
        max: range ? beginning(range.max) : max,
        ...(isNumeric(type) && { mean: typeof mean === "number" ? mean : null }),
        topValues: frequent?.topValues ?? [],
      };
      columns.push({ name, label: null, description: null, type, profile });
      onProgress(columns.length / types.length);
    }
  }
  return { rowCount, columns };
}

/**
 * The SQL of a column's count of values, estimate of distinct ones, minimum, maximum and mean; something constant for what
 * the footer knows, because most of the time goes into reading the columns, above all those of text.
 */
function measures(column: string, type: string, rowCount: number, statistics: ColumnStatistics | undefined): string[] {
  const { nullCount, range, distinctAtMost = type === "BOOLEAN" ? 2 : undefined } = statistics ?? {};
  const isFew = distinctAtMost !== undefined && distinctAtMost <= exactDistinct;
  const value = type === "VARCHAR" ? `left(${column}, ${longestText})` : column;
  const isRangeKnown = type === "VARCHAR" && range !== undefined;
  return [
    nullCount === undefined ? `count(${column})` : String(rowCount - nullCount),
    isFew ? String(distinctAtMost) : `approx_count_distinct(${column})`,
    isRangeKnown ? "NULL" : `min(${value})`,
    isRangeKnown ? "NULL" : `max(${value})`,
    isNumeric(type) ? `avg(${column})` : "NULL",
  ];
}

/** What SQL's `left` answers: as many letters, be they one or two units of UTF-16. */
function beginning(text: string): string {
  return text.length <= longestText ? text : Array.from(text).slice(0, longestText).join("");
}

async function countValues(
  connection: DuckDBConnection,
  from: string,
  name: string,
): Promise<Pick<Profile, "distinctCount" | "topValues">> {
  const column = quoteIdentifier(name);
  const rows = (
    await connection.runAndReadAll(
      `SELECT ${column} AS value, count(*) AS count, count(*) OVER () AS distinct_count ${from} WHERE ${column} IS NOT NULL
       GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${topValueCount}`,
    )
  ).getRows();
  return {
    distinctCount: Number(rows[0]?.[2] ?? 0),
    topValues: rows.map(([value = null, count]) => ({ value: shorten(toCell(value)), count: Number(count) })),
  };
}

function shorten(value: Cell): Cell {
  return typeof value === "string" ? value.slice(0, longestText) : value;
}

function isNumeric(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(type);
}
