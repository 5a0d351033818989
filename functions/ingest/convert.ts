import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { type ColumnFormat, type ColumnType, maxDatasetColumns } from "../../contract/index.ts";
import { quoteIdentifier, quoteLiteral } from "../shared/engine/engine.ts";
import { DataError } from "./data-error.ts";
import type { Ledger } from "./ledger.ts";
import { parquetFormat } from "./parquet/parquet-format.ts";
import { readStatistics } from "./parquet-statistics.ts";
import type { SourceColumn, TableSource } from "./table-source.ts";
import { ColumnEvidence } from "./types/evidence.ts";
import { type ColumnPlan, inferColumn, localeOf } from "./types/infer.ts";
import { misfitSql, valueSql } from "./types/value-sql.ts";

export interface ConvertedColumn {
  name: string;
  type: string;
  format?: ColumnFormat;
}

/** The types that people chose among columns of these names. */
export type ChosenTypes = (names: readonly string[]) => ReadonlyMap<string, ColumnType>;

/**
 * Writes a table as Parquet, each column as the type that its evidence speaks for or that was chosen for it. A cell that does
 * not fit becomes null and goes to the ledger; the row stays.
 */
export async function convertTable(
  connection: DuckDBConnection,
  source: TableSource,
  parquetPath: string,
  chosen: ChosenTypes,
  ledger: Ledger,
): Promise<ConvertedColumn[]> {
  const plans = planColumns(source, chosen);
  if (plans.length === 0) {
    throw new DataError(
      "no-table",
      "The file holds no column with a name or a value. Check the table and upload it again.",
    );
  }
  const from = readSql(source);
  const selected = plans.map(
    ({ name, plan, text }) => `${valueSql(plan, readable(plan, text))} AS ${quoteIdentifier(name)}`,
  );
  await connection.run(
    `COPY (SELECT ${selected.join(", ")} FROM ${from}) TO ${quoteLiteral(parquetPath)} ${parquetFormat}`,
  );
  await recordMisfits(connection, from, await suspectsAmong(connection, parquetPath, plans), ledger);
  return plans.map(({ name, plan }) => ({ name, type: plan.type, ...(plan.format && { format: plan.format }) }));
}

/** SQL of a cell's text in the form that its plan reads. */
function readable({ rewrite }: ColumnPlan, text: string): string {
  return rewrite ? rewrite(text) : text;
}

interface PlannedColumn {
  name: string;
  /** The column of the text. */
  text: string;
  plan: ColumnPlan;
  /** Cells without a value. */
  blanks: number;
}

function planColumns(source: TableSource, chosen: ChosenTypes): PlannedColumn[] {
  const evidence = source.columns.map((_, index) => source.evidence[index] ?? new ColumnEvidence());
  const locale = localeOf(evidence);
  const types = chosen(source.columns.map(({ name }) => name));
  return source.columns
    .map((column, index): PlannedColumn => {
      const ofColumn = evidence[index] ?? new ColumnEvidence();
      const plan = planOf(column, ofColumn, locale, types.get(column.name));
      return { name: column.name, text: `c${index}`, plan, blanks: ofColumn.empty + ofColumn.nullWords };
    })
    .filter((_, index) => !(source.columns[index]?.unnamed === true && evidence[index]?.filled === 0));
}

function planOf(
  { name, type, format }: SourceColumn,
  evidence: ColumnEvidence,
  locale: ReturnType<typeof localeOf>,
  chosen: ColumnType | undefined,
): ColumnPlan {
  // A type that the file itself gives is plain text in the form that DuckDB casts.
  const plan: ColumnPlan =
    chosen === undefined && type !== undefined
      ? { type, iso: true, plain: true, misfits: type === "VARCHAR" ? 0 : null, keepsNa: true }
      : inferColumn(name, evidence, locale, chosen);
  // Where the texts among a sheet's numbers made it text after all, there is no number to show.
  return format && plan.type !== "VARCHAR" ? { ...plan, format } : plan;
}

/** What reads the text of a `TableWriter`. */
function readSql({ path, columns, longestLine }: TableSource): string {
  const types = ["'row': 'BIGINT'", ...columns.map((_, index) => `'c${index}': 'VARCHAR'`)].join(", ");
  // At most four bytes for a UTF-16 unit.
  const longest = Math.max(2_097_152, longestLine * 4);
  return `read_csv(${quoteLiteral(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', compression = 'zstd', max_line_size = ${longest}, columns = {${types}})`;
}

/**
 * The columns whose cells may not all have become values: those that are known to hold others, and those that have fewer values
 * than the cells promised, so that nothing is lost unsaid.
 */
async function suspectsAmong(
  connection: DuckDBConnection,
  parquetPath: string,
  plans: readonly PlannedColumn[],
): Promise<PlannedColumn[]> {
  const statistics = await readStatistics(connection, parquetPath);
  return plans.filter(({ plan, blanks }, index) => {
    if (plan.type === "VARCHAR") return false;
    return plan.misfits !== 0 || (statistics.get(index)?.nullCount ?? Number.POSITIVE_INFINITY) > blanks;
  });
}

async function recordMisfits(
  connection: DuckDBConnection,
  from: string,
  suspects: readonly PlannedColumn[],
  ledger: Ledger,
): Promise<void> {
  if (suspects.length === 0) return;
  const cells = suspects
    .map(({ plan, text }) => `CASE WHEN ${misfitSql(plan, readable(plan, text))} THEN ${text} END AS ${text}`)
    .join(", ");
  const misfits = `(SELECT row, ${cells} FROM ${from})`;
  const found = await connection.stream(
    `SELECT row, ${suspects.map(({ text }) => `left(${text}, 600)`).join(", ")} FROM ${misfits} WHERE ${suspects.map(({ text }) => `${text} IS NOT NULL`).join(" OR ")}`,
  );
  const cell = z.string().nullable();
  for await (const rows of found.yieldRows()) {
    for (const [row, ...values] of rows) {
      for (const [index, { plan, name }] of suspects.entries()) {
        const value = cell.parse(values[index] ?? null);
        if (value !== null) ledger.add({ row: Number(row), column: name, value, reason: reasonOf(plan) });
      }
    }
  }
}

/** How a pattern of `strptime` writes the last quarter of an hour of 2023. */
function exampleOf(pattern: string): string {
  const parts: Record<string, string> = {
    Y: "2023",
    y: "23",
    m: "12",
    d: "31",
    b: "Dec",
    B: "December",
    q: "4",
    H: "23",
    I: "11",
    M: "45",
    S: "00",
    f: "000",
    p: "PM",
    z: "+00:00",
  };
  return pattern.replace(/%(.)/g, (mark, part: string) => parts[part] ?? mark);
}

function reasonOf({ type, format }: ColumnPlan): string {
  const pattern = format?.pattern === undefined ? "" : ` like ${exampleOf(format.pattern)}`;
  switch (type) {
    case "BIGINT":
      return "The cell is no whole number, as the rest of the column is";
    case "DOUBLE":
      return "The cell is no number, as the rest of the column is";
    case "BOOLEAN":
      return "The cell is neither true nor false";
    case "TIME":
      return `The cell is no time of day${pattern}`;
    default: {
      const is = format?.grain ?? (type === "DATE" ? "date" : "point in time");
      return `The cell is no ${is}${pattern}`;
    }
  }
}

/** Throws `DataError` for a table that is too wide. */
export function checkWidth(columns: number): void {
  if (columns <= maxDatasetColumns) return;
  throw new DataError(
    "too-many-columns",
    `The table has ${columns} columns, more than ${maxDatasetColumns}. Leave out columns and upload it again.`,
  );
}
