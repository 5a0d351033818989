import { type DuckDBConnection, DuckDBListValue, type DuckDBValue } from "@duckdb/node-api";
import type { Cell, Column, ColumnRole, Profile } from "../../contract/index.ts";
import { roleOf } from "../charts/plan/offline/roles.ts";
import { quoteIdentifier, quoteLiteral } from "../shared/engine/engine.ts";
import { toCell } from "../shared/engine/json-values.ts";
import type { ConvertedColumn } from "./convert.ts";
import { histogramOf } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import { type ColumnStatistics, readStatistics } from "./parquet-statistics.ts";
import { createSample, estimateDistinct } from "./profile-sample.ts";

/** Up to so many rows everything is exact; of more, what would take long comes from an even sample. */
const exactRows = 300_000;
/** Up to here distinct values are counted one by one and the most frequent ones are kept. */
const exactDistinct = 10_000;
/** In a large table, columns of so few different values are counted over all rows. */
const recountedDistinct = 200;
const topValueCount = 20;
/** Columns that one query covers: enough to share a pass over the file, few enough for its memory. */
const columnsAtOnce = 50;
/** Cells of a wide table that are held in memory, where a query for a column does not have to look through the file again. */
const heldCells = 4_000_000;
const longestText = 200;

type Estimated = NonNullable<Profile["estimated"]>[number];

/**
 * Profiles every column of a Parquet file: nulls, bounds and mean exactly, the rest exactly or, in a large table, from a
 * sample, and labelled so; as many columns at a time as there are connections, all to one engine. `onProgress` gets the share
 * that is done, from 0 to 1.
 */
export async function profileTable(
  connections: readonly [DuckDBConnection, ...DuckDBConnection[]],
  parquetPath: string,
  onProgress: (fraction: number) => void,
  known: { columns?: readonly ConvertedColumn[]; ledger?: Ledger } = {},
): Promise<{ rowCount: number; columns: Column[] }> {
  const [connection] = connections;
  const file = `read_parquet(${quoteLiteral(parquetPath)})`;
  const rowCount = await countRows(connection, file);
  const sampled = rowCount > exactRows;
  if (sampled) await createSample(connection, parquetPath, rowCount, "profile_sample");
  const converted = known.columns ?? (await describeColumns(connection, file));
  const statistics = await readStatistics(connection, parquetPath);
  const sampleSize = sampled ? await countRows(connection, "profile_sample") : rowCount;
  const isWide = !sampled && converted.length > columnsAtOnce;
  const step = isWide
    ? Math.max(1, Math.min(columnsAtOnce, Math.floor(heldCells / Math.max(1, rowCount))))
    : columnsAtOnce;
  const from = sampled ? "profile_sample" : isWide ? "profile_batch" : file;
  const columns: Column[] = [];
  let done = 0;
  for (let start = 0; start < converted.length; start += step) {
    const batch = converted.slice(start, start + step);
    if (isWide) await hold(connection, file, batch);
    const inFooter = batch.map(({ type }, index) => boundsOf(type, statistics.get(start + index)));
    const [whole, aggregates] = await Promise.all([
      sampled ? ofAllRows(connections.at(-1) ?? connection, file, batch, inFooter) : undefined,
      aggregate(connection, from, batch, inFooter),
    ]);
    const bounds = inFooter.map((found, index) => found ?? whole?.[index]?.bounds);
    const profileColumn = async (own: DuckDBConnection, index: number, column: ConvertedColumn): Promise<void> => {
      const found = aggregates[index];
      if (!found) throw new Error("An aggregate is missing");
      const estimated: Estimated[] = sampled ? ["distinctCount", "quartiles", "histogram", "topValues"] : [];
      const { min, max } = bounds[index] ?? found;
      const profile: Profile = {
        nullCount:
          statistics.get(start + index)?.nullCount ??
          Math.round((1 - found.filled / Math.max(1, sampleSize)) * rowCount),
        distinctCount: found.distinct,
        min,
        max,
        ...(isNumeric(column.type) && { mean: whole ? (whole[index]?.mean ?? null) : found.mean }),
        ...(found.quartiles && { quartiles: found.quartiles }),
        topValues: [],
      };
      const scale = sampled ? rowCount / sampleSize : 1;
      const allDistinct = () => estimateDistinct(own, from, column.name, rowCount - profile.nullCount);
      const recounts = sampled && found.distinct <= recountedDistinct;
      const values = await countValues(own, recounts ? file : from, column.name, found.distinct);
      if (recounts && values) {
        Object.assign(profile, values);
        estimated.splice(0, estimated.length, "quartiles", "histogram");
      } else if (values) {
        profile.distinctCount = sampled ? await allDistinct() : values.distinctCount;
        profile.topValues = values.topValues.map(({ value, count }) => ({ value, count: Math.round(count * scale) }));
      } else if (sampled) {
        profile.distinctCount = await allDistinct();
      } else if (found.distinct < found.filled) {
        estimated.push("distinctCount");
      }
      const histogram = await histogramOf(own, from, column, profile.min, profile.max, scale);
      if (histogram) profile.histogram = histogram;
      const present = estimated.filter((member) => member === "distinctCount" || has(profile, member));
      if (present.length > 0) profile.estimated = present;
      columns[start + index] = describe(column, profile, rowCount, found.meanLength, known.ledger);
      done += 1;
      onProgress(done / converted.length);
    };
    const left = batch.entries();
    await Promise.all(
      connections.map(async (own) => {
        for (const [index, column] of left) await profileColumn(own, index, column);
      }),
    );
  }
  if (sampled || isWide) await connection.run(`DROP TABLE IF EXISTS ${from}`);
  return { rowCount, columns };
}

function has(profile: Profile, member: Estimated): boolean {
  const found = profile[member];
  return Array.isArray(found) && found.length > 0;
}

async function describeColumns(connection: DuckDBConnection, file: string): Promise<ConvertedColumn[]> {
  const rows = await rowsOf(connection, `SELECT column_name, column_type FROM (DESCRIBE FROM ${file})`);
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

/** Bounds out of the file's footer; undefined for types that it writes otherwise than the profile does. */
function boundsOf(type: string, { range, numbers }: Partial<ColumnStatistics> = {}): Bounds | undefined {
  if (type === "VARCHAR") return range && { min: beginning(range.min), max: beginning(range.max) };
  if (type === "DATE") return range;
  const isExact =
    numbers && Number.isSafeInteger(Math.trunc(numbers.min)) && Number.isSafeInteger(Math.trunc(numbers.max));
  return (type === "BIGINT" || type === "DOUBLE") && isExact ? numbers : undefined;
}

/** What SQL's `left` answers: as many letters, be they one or two units of UTF-16. */
function beginning(text: string): string {
  return [...text.slice(0, 2 * longestText)].slice(0, longestText).join("");
}

function describe(
  { name, type, format }: ConvertedColumn,
  profile: Profile,
  rowCount: number,
  meanLength: number,
  ledger: Ledger | undefined,
): Column {
  const column: Column = { name, label: null, description: null, type, ...(format && { format }), profile };
  const rejectCount = ledger?.countOf(name) ?? 0;
  return { ...column, role: columnRole(column, rowCount, meanLength), ...(rejectCount > 0 && { rejectCount }) };
}

/** The planner's rule, and beyond it: text that is long and hardly repeats is prose. */
function columnRole(column: Column, rowCount: number, meanLength: number): ColumnRole {
  const { role, unique } = roleOf(column, rowCount);
  if (role === "dimension" && column.type === "VARCHAR" && meanLength > 40 && unique) return "text";
  return role;
}

interface Bounds {
  min: Cell;
  max: Cell;
}

interface Aggregate extends Bounds {
  filled: number;
  distinct: number;
  mean: number | null;
  quartiles: [Cell, Cell, Cell] | undefined;
  meanLength: number;
}

/** Of columns whose `bounds` are known, they are not looked for again. */
async function aggregate(
  connection: DuckDBConnection,
  from: string,
  columns: readonly ConvertedColumn[],
  bounds: readonly (Bounds | undefined)[],
): Promise<Aggregate[]> {
  const selected = columns.flatMap(({ name, type }, index) => {
    const column = quoteIdentifier(name);
    const text = type === "VARCHAR";
    const value = text ? `left(${column}, ${longestText})` : column;
    return [
      `count(${column})`,
      `approx_count_distinct(${column})`,
      ...(bounds[index] ? ["NULL", "NULL"] : [`min(${value})`, `max(${value})`]),
      isNumeric(type) ? `avg(${column})` : "NULL",
      isOrdered(type) ? `quantile_disc(${column}, [0.25, 0.5, 0.75])` : "NULL",
      text ? `avg(length(${column}))` : "0",
    ];
  });
  const [row = []] = await rowsOf(connection, `SELECT ${selected.join(", ")} FROM ${from}`);
  return columns.map((_, index) => {
    const [filled, distinct, min = null, max = null, mean = null, quartiles, length = 0] = row.slice(index * 7);
    return {
      filled: Number(filled),
      distinct: Math.min(Number(distinct), Number(filled)),
      min: toCell(min),
      max: toCell(max),
      mean: finite(mean),
      quartiles: quartiles instanceof DuckDBListValue ? threeOf(quartiles.items.map(toCell)) : undefined,
      meanLength: Number(length ?? 0),
    };
  });
}

function threeOf([first = null, second = null, third = null]: Cell[]): [Cell, Cell, Cell] {
  return [first, second, third];
}

/** Of a large table: means over all rows, and the bounds that are not known yet; of numbers and times, they cost little. */
async function ofAllRows(
  connection: DuckDBConnection,
  from: string,
  columns: readonly ConvertedColumn[],
  known: readonly (Bounds | undefined)[],
): Promise<{ bounds: Bounds | undefined; mean: number | null }[]> {
  const isLookedUp = columns.map(
    ({ type }, index) => known[index] === undefined && type !== "VARCHAR" && type !== "DATE",
  );
  const selected = columns.flatMap(({ name, type }, index) => {
    const column = quoteIdentifier(name);
    return [
      ...(isLookedUp[index] ? [`min(${column})`, `max(${column})`] : ["NULL", "NULL"]),
      isNumeric(type) ? `avg(${column})` : "NULL",
    ];
  });
  const [row = []] = await rowsOf(connection, `SELECT ${selected.join(", ")} FROM ${from}`);
  return columns.map((_, index) => {
    const [min = null, max = null, mean = null] = row.slice(index * 3);
    return {
      bounds: isLookedUp[index] ? { min: toCell(min), max: toCell(max) } : undefined,
      mean: finite(mean),
    };
  });
}

/** Makes a table in memory of some columns: the footer of a wide file takes longer to read than a column. */
async function hold(connection: DuckDBConnection, file: string, columns: readonly ConvertedColumn[]): Promise<void> {
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(", ");
  await connection.run(`CREATE OR REPLACE TABLE profile_batch AS SELECT ${names} FROM ${file}`);
}

async function countRows(connection: DuckDBConnection, from: string): Promise<number> {
  return Number((await rowsOf(connection, `SELECT count(*) FROM ${from}`))[0]?.[0]);
}

async function countValues(
  connection: DuckDBConnection,
  from: string,
  name: string,
  estimate: number,
): Promise<Pick<Profile, "distinctCount" | "topValues"> | undefined> {
  if (estimate > exactDistinct * 1.1) return undefined;
  const column = quoteIdentifier(name);
  const rows = await rowsOf(
    connection,
    `SELECT ${column} AS value, count(*) AS count, count(*) OVER () AS distinct_count FROM ${from} WHERE ${column} IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${topValueCount}`,
  );
  return {
    distinctCount: Number(rows[0]?.[2] ?? 0),
    topValues: rows.map(([value = null, count]) => ({ value: shorten(toCell(value)), count: Number(count) })),
  };
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

function finite(value: DuckDBValue): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function shorten(value: Cell): Cell {
  return typeof value === "string" ? value.slice(0, longestText) : value;
}

function isNumeric(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(type);
}

function isOrdered(type: string): boolean {
  return isNumeric(type) || /^(DATE|TIMESTAMP)/.test(type);
}
