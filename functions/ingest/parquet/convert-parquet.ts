import { open } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { maxKeptRejects } from "../../../contract/index.ts";
import { quoteIdentifier, quoteLiteral } from "../../shared/engine/engine.ts";
import { type ChosenTypes, type ConvertedColumn, checkWidth } from "../convert.ts";
import { DataError } from "../data-error.ts";
import type { Ledger } from "../ledger.ts";
import { uniqueNames } from "../unique-names.ts";
import { parquetFormat } from "./parquet-format.ts";

interface Leaf {
  /** Reads the value. */
  sql: string;
  name: string;
  type: string;
}

/**
 * Rewrites a Parquet file as a dataset's: types as they are, a struct flattened one level (`a.b`), lists, maps and what is
 * nested deeper as JSON text. Where a person chose another type, cells that do not fit become null and go to the ledger.
 * Throws `DataError` for a file that is damaged.
 */
export async function convertParquet(
  connection: DuckDBConnection,
  path: string,
  parquetPath: string,
  chosen: ChosenTypes,
  ledger: Ledger,
): Promise<ConvertedColumn[]> {
  await checkFooter(path);
  const file = `read_parquet(${quoteLiteral(path)}, file_row_number = true)`;
  const described = z
    .array(z.object({ column_name: z.string(), column_type: z.string() }))
    .parse(await rowsOf(connection, `DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${file}`));
  checkWidth(described.length);
  const leaves: Leaf[] = [];
  for (const { column_name: name, column_type: type } of described) {
    leaves.push(...(await leavesOf(connection, file, name, type)));
  }
  checkWidth(leaves.length);
  const names = uniqueNames(leaves.map(({ name }) => name));
  const types = chosen(names);
  const columns = leaves.map((leaf, index) => {
    const name = names[index] ?? "";
    const type = types.get(name);
    return { ...leaf, name, type: type ?? leaf.type, cast: type !== undefined && type !== leaf.type };
  });
  const selected = columns.map(
    ({ sql, name, type, cast }) => `${cast ? `TRY_CAST(${sql} AS ${type})` : sql} AS ${quoteIdentifier(name)}`,
  );
  await rowsOf(
    connection,
    `COPY (SELECT ${selected.join(", ")} FROM ${file}) TO ${quoteLiteral(parquetPath)} ${parquetFormat}`,
  );
  for (const { sql, name, type, cast } of columns) if (cast) await recordMisfits(sql, name, type);
  return columns.map(({ name, type }) => ({ name, type }));

  async function recordMisfits(sql: string, name: string, type: string): Promise<void> {
    const misfits = `FROM ${file} WHERE ${sql} IS NOT NULL AND TRY_CAST(${sql} AS ${type}) IS NULL`;
    const [{ count = 0 } = {}] = z
      .array(z.object({ count: z.coerce.number() }))
      .parse(await rowsOf(connection, `SELECT count(*) AS count ${misfits}`));
    if (count === 0) return;
    ledger.addCount(name, count);
    const kept = z.array(z.object({ row: z.coerce.number(), value: z.string() })).parse(
      await rowsOf(
        connection,
        `SELECT row, value FROM (SELECT file_row_number + 1 AS row, left((${sql})::VARCHAR, 600) AS value ${misfits})
           USING SAMPLE reservoir(${maxKeptRejects} ROWS) REPEATABLE (1)`,
      ),
    );
    for (const { row, value } of kept)
      ledger.keep({ row, column: name, value, reason: `The cell can't be read as ${type}` });
  }
}

/** The columns that one column of the file becomes. */
async function leavesOf(connection: DuckDBConnection, file: string, name: string, type: string): Promise<Leaf[]> {
  const column = quoteIdentifier(name);
  if (!type.startsWith("STRUCT(") || type.endsWith("]")) return [leafOf(column, name, type)];
  const members = z
    .array(z.object({ column_name: z.string(), column_type: z.string() }))
    .parse(await rowsOf(connection, `DESCRIBE SELECT unnest(${column}) FROM ${file}`));
  return members.map((member) =>
    leafOf(
      `struct_extract(${column}, ${quoteLiteral(member.column_name)})`,
      `${name}.${member.column_name}`,
      member.column_type,
    ),
  );
}

function leafOf(sql: string, name: string, type: string): Leaf {
  if (/^(STRUCT|MAP|UNION)\(|\]$|^VARIANT/.test(type)) {
    return { sql: `CASE WHEN ${sql} IS NOT NULL THEN to_json(${sql})::VARCHAR END`, name, type: "VARCHAR" };
  }
  // Old writers do not mark text as such; what is none is shown by its bytes.
  if (type === "BLOB") return { sql: `coalesce(TRY(decode(${sql})), hex(${sql}))`, name, type: "VARCHAR" };
  if (/^(ENUM|UUID|INTERVAL|BIT|JSON|GEOMETRY|"NULL")/.test(type))
    return { sql: `${sql}::VARCHAR`, name, type: "VARCHAR" };
  return { sql, name, type };
}

/** A file that was cut off has no footer, which is the commonest damage. */
async function checkFooter(path: string): Promise<void> {
  await using file = await open(path);
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, Math.max(0, size - 8));
  const magic = buffer.toString("latin1", 4, 8);
  if (magic === "PARE") {
    throw new DataError("not-supported", "The Parquet file is encrypted. Write it without encryption and upload that.");
  }
  if (bytesRead < 8 || magic !== "PAR1" || buffer.readUInt32LE(0) > size - 12) throw damaged();
}

/** DuckDB's errors about the file are its owner's; those about memory, disk or time are not. */
async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } catch (error) {
    if (!(error instanceof Error) || /^(INTERRUPT|Out of Memory) Error/.test(error.message)) throw error;
    throw damaged(error);
  }
}

function damaged(cause?: unknown): DataError {
  return new DataError(
    "damaged-parquet",
    "The Parquet file is damaged or was not uploaded completely. Write it again and upload the copy.",
    { cause },
  );
}
