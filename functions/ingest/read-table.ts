import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Dataset, FileFormat } from "../../contract/index.ts";
import { quoteIdentifier, quoteLiteral } from "../shared/engine/engine.ts";
import { DataError } from "./data-error.ts";
import { recognizeText } from "./recognize-text.ts";

export type Rejects = Dataset["rejects"];

export interface ColumnType {
  name: string;
  type: string;
}

/** A delimited file as it will be read: `source` is the call of DuckDB's reader, `columns` what it yields. */
export interface DetectedTable {
  columns: ColumnType[];
  source(options: { columns: ColumnType[]; rejects?: boolean }): string;
}

const maxColumns = 2_000;
const rejectSampleSize = 100;
/** A column in which more than this share of the values is of another type is text after all. */
const maxMisfitShare = 0.1;

const sniffed = z.object({
  Delimiter: z.string(),
  Quote: z.string(),
  Escape: z.string(),
  NewLineDelimiter: z.string(),
  Comment: z.string(),
  SkipRows: z.coerce.number(),
  HasHeader: z.boolean(),
  Columns: z.array(z.object({ name: z.string(), type: z.string() })),
  DateFormat: z.string().nullable(),
  TimestampFormat: z.string().nullable(),
});

/** Finds out encoding, dialect, header and column types. Throws `DataError`. */
export async function detectTable(
  connection: DuckDBConnection,
  path: string,
  format: FileFormat,
): Promise<DetectedTable> {
  const encoding = await recognizeText(path);
  const file = `${quoteLiteral(path)}, encoding = ${quoteLiteral(encoding)}`;
  const delimiter = format === "tsv" ? ", delim = '\t'" : "";
  const [dialect] = z
    .array(sniffed)
    .parse(await rowsOf(connection, `FROM sniff_csv(${file}${delimiter}, ignore_errors = true)`, notATable));
  if (!dialect) throw notATable();
  if (dialect.Columns.length > maxColumns) {
    throw new DataError(
      "too-many-columns",
      `The table has ${dialect.Columns.length} columns, more than ${maxColumns}. Leave out columns and upload it again.`,
    );
  }
  const given = Object.entries({
    delim: literally(dialect.Delimiter),
    quote: literally(dialect.Quote),
    escape: literally(dialect.Escape),
    comment: literally(dialect.Comment),
    dateformat: dialect.DateFormat ?? "",
    timestampformat: dialect.TimestampFormat ?? "",
  })
    .filter(([name, value]) => value !== "" || name === "quote" || name === "escape")
    .map(([name, value]) => `, ${name} = ${quoteLiteral(value)}`)
    .join("");
  const table: DetectedTable = {
    columns: dialect.Columns,
    source({ columns, rejects }) {
      const types = columns.map(({ name, type }) => `${quoteLiteral(name)}: ${quoteLiteral(type)}`).join(", ");
      const onError = rejects ? ", store_rejects = true" : ", ignore_errors = true";
      return `read_csv(${file}${given}, auto_detect = false, skip = ${dialect.SkipRows}, header = ${dialect.HasHeader}, columns = {${types}}, strict_mode = false${onError})`;
    },
  };
  return { ...table, columns: await keepWordsAsText(connection, table) };
}

/** DuckDB reads `Yes` and `No` as booleans; they stay what they are unless a column says true and false. */
async function keepWordsAsText(
  connection: DuckDBConnection,
  { columns, source }: DetectedTable,
): Promise<ColumnType[]> {
  const booleans = columns.filter(({ type }) => type === "BOOLEAN").map(({ name }) => quoteIdentifier(name));
  if (booleans.length === 0) return columns;
  const asText = columns.map(({ name }) => ({ name, type: "VARCHAR" }));
  const [words = {}] = await rowsOf(
    connection,
    `SELECT ${booleans.map((name) => `count(*) FILTER (lower(trim(${name})) NOT IN ('true', 'false')) > 0 AS ${name}`).join(", ")}
     FROM (FROM ${source({ columns: asText })} LIMIT 20000)`,
  );
  return columns.map((column) => (words[column.name] === true ? { ...column, type: "VARCHAR" } : column));
}

/**
 * Writes the table as Parquet. A row with too few or too many cells is left out; a cell that does not fit its column
 * becomes null while the column keeps its type, unless they are more than `maxMisfitShare`; all are told in the rejects.
 */
export async function convertTable(
  connection: DuckDBConnection,
  { columns, source }: DetectedTable,
  parquetPath: string,
): Promise<{ rejects: Rejects }> {
  await convert(source({ columns, rejects: true }));
  const misfits = await misfitsByColumn(connection);
  const rejects = await readRejects(connection);
  if (misfits.size === 0) return { rejects };

  const [{ total = 0 } = {}] = z
    .array(z.object({ total: z.coerce.number() }))
    .parse(await rowsOf(connection, `SELECT count(*) AS total FROM ${quoteLiteral(parquetPath)}`));
  const isText = ({ name }: ColumnType) =>
    (misfits.get(name) ?? 0) > maxMisfitShare * (total + (misfits.get(name) ?? 0));
  const read = columns.map((column) => (misfits.has(column.name) ? { ...column, type: "VARCHAR" } : column));
  const select = columns.map((column) => {
    const name = quoteIdentifier(column.name);
    return misfits.has(column.name) && !isText(column) ? `TRY_CAST(${name} AS ${column.type}) AS ${name}` : name;
  });
  await convert(`(SELECT ${select.join(", ")} FROM ${source({ columns: read })})`);
  const textColumns = columns.filter(isText).map(({ name }) => name);
  return { rejects: textColumns.length === 0 ? rejects : await readRejects(connection, textColumns) };

  async function convert(from: string): Promise<void> {
    await rowsOf(
      connection,
      `COPY (FROM ${from}) TO ${quoteLiteral(parquetPath)} (FORMAT parquet, COMPRESSION zstd)`,
      notATable,
    );
  }
}

async function misfitsByColumn(connection: DuckDBConnection): Promise<Map<string, number>> {
  const rows = await rowsOf(
    connection,
    "SELECT column_name AS name, count(*) AS cells FROM reject_errors WHERE error_type = 'CAST' GROUP BY ALL",
  );
  return new Map(
    z
      .array(z.object({ name: z.string(), cells: z.coerce.number() }))
      .parse(rows)
      .map(({ name, cells }) => [name, cells]),
  );
}

const rejectRow = z.object({
  row: z.coerce.number(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
});

/** What DuckDB's reader set aside, except cells of `kept` columns. */
async function readRejects(connection: DuckDBConnection, kept: string[] = []): Promise<Rejects> {
  const from = `FROM reject_errors WHERE NOT (error_type = 'CAST' AND list_contains([${kept.map(quoteLiteral).join(", ")}]::VARCHAR[], column_name))`;
  const [{ count = 0 } = {}] = z
    .array(z.object({ count: z.coerce.number() }))
    .parse(await rowsOf(connection, `SELECT count(*) AS count ${from}`));
  const sample = z.array(rejectRow).parse(
    await rowsOf(
      connection,
      `SELECT line AS row, CASE error_type WHEN 'CAST' THEN column_name END AS "column", left(csv_line, 500) AS value,
         left(error_message, 500) AS reason ${from} ORDER BY line LIMIT ${rejectSampleSize}`,
    ),
  );
  return { count, sample };
}

function notATable(cause?: unknown): DataError {
  return new DataError(
    "not-a-table",
    "The file can't be read as a table. Make sure that its first line names the columns and that one character, such as a comma, separates the cells.",
    { cause },
  );
}

/** Runs SQL whose failure, where `blame` is given, is the file's. */
async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  blame?: (cause: unknown) => DataError,
): Promise<Record<string, unknown>[]> {
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } catch (error) {
    const limits = /^(INTERRUPT|Out of Memory|IO) Error/;
    if (blame && error instanceof Error && !limits.test(error.message)) throw blame(error);
    throw error;
  }
}

/** The sniffer names "no such character" and line ends in words. */
function literally(text: string): string {
  if (text === "(empty)") return "";
  return text.replace("\\t", "\t").replace("\\0", "");
}
