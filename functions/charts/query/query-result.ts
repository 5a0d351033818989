import type { DuckDBResult } from "@duckdb/node-api";
import type { Cell, QueryResult } from "../../../contract/index.ts";
import { toCell } from "../../shared/engine/json-values.ts";
import { QueryLimit } from "../../shared/errors.ts";
import type { Limits } from "./protocol.ts";

const longestText = 10_000;

/** Reads a streaming result up to the limits; what is beyond is never computed. */
export async function readResult(
  result: DuckDBResult,
  { maxRows, maxColumns, maxBytes }: Pick<Limits, "maxRows" | "maxColumns" | "maxBytes">,
): Promise<QueryResult> {
  if (result.columnCount > maxColumns) {
    throw new QueryLimit(`The result has ${result.columnCount} columns; a chart can have ${maxColumns}`);
  }
  const types = result.columnTypes();
  const columns = result.deduplicatedColumnNames().map((name, index) => ({ name, type: String(types[index]) }));
  const rows: Cell[][] = [];
  let bytes = 0;
  let truncated = false;
  reading: for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (const values of chunk.getRows()) {
      const row = values.map((value) => shorten(toCell(value)));
      bytes += row.reduce<number>((sum, cell) => sum + (typeof cell === "string" ? cell.length + 3 : 9), 2);
      if (rows.length >= maxRows || bytes > maxBytes) {
        truncated = true;
        break reading;
      }
      rows.push(row);
    }
  }
  return { columns, rows, rowCount: rows.length, truncated };
}

function shorten(cell: Cell): Cell {
  return typeof cell === "string" && cell.length > longestText ? `${cell.slice(0, longestText)}…` : cell;
}
