import type { Cell, QueryResult } from "../../../contract/index.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { expressionOf, isYearOf } from "../facts/sql-columns.ts";
import { formatCount } from "../facts/words.ts";
import { cellWriter } from "./cell-text.ts";
import { type Markup, markup } from "./markup.ts";

const mostRows = 300;
/** Rows from which on a narrow table is set in two columns. */
const mostInOneColumn = 40;
/** Columns that fit beside each other in the smallest letters that can still be read. */
const columnsAcross = 16;

/**
 * The rows as a table. One with many columns is set smaller, one with more than fit is set in parts, each of which begins
 * with the first column.
 */
export function dataTable({ columns, rows, truncated }: QueryResult, sql: string, caption: string | undefined): Markup {
  const shown = rows.slice(0, mostRows);
  const parts: number[][] = [];
  const others = columns.map((_column, index) => index).slice(1);
  for (let start = 0; start === 0 || start < others.length; start += columnsAcross - 1) {
    parts.push([0, ...others.slice(start, start + columnsAcross - 1)]);
  }
  const left = rows.length - shown.length;
  const rest =
    left > 0
      ? `The first ${shown.length} of ${truncated ? "more than " : ""}${formatCount(rows.length, "row")} are shown.`
      : undefined;
  return markup`${parts.map((part) => table({ columns, rows: shown, part, sql, caption }))}${rest === undefined ? undefined : markup`<p class="notice">${rest}</p>`}`;
}

interface TablePart {
  columns: QueryResult["columns"];
  rows: Cell[][];
  /** Positions of the columns that it shows. */
  part: number[];
  sql: string;
  caption: string | undefined;
}

function table({ columns, rows, part, sql, caption }: TablePart): Markup {
  const of = part.flatMap((index) => {
    const column = columns[index];
    if (!column) return [];
    const write = cellWriter(
      column,
      rows.map((row) => row[index] ?? null),
      { holdsYears: isYearOf(expressionOf(column.name, sql)) },
    );
    // What a row is about stands on the left, also where it is a number.
    const isRight = index > 0 && isNumeric(column);
    return [{ name: column.name, index, write, align: isRight ? markup` class="right"` : undefined }];
  });
  const head = of.map(({ name, align }) => markup`<th scope="col"${align}>${name}</th>`);
  const body = rows.map(
    (row) =>
      markup`<tr>${of.map((column) => markup`<td${column.align}>${column.write(row[column.index] ?? null)}</td>`)}</tr>`,
  );
  const width = widthOf(of.length, rows);
  const isLong = width === "narrow" && rows.length > mostInOneColumn;
  return markup`<div class="wide${isLong ? " beside" : ""}"><table class="${width}">${caption && markup`<caption>${caption}</caption>`}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Letters get smaller with the number of columns. A few narrow columns do not fill the line, and long ones stand side by side. */
function widthOf(columns: number, rows: Cell[][]): string {
  if (columns > 13) return "wide-14";
  if (columns > 10) return "wide-11";
  if (columns > 7) return "wide-8";
  return columns <= 3 && rows.every((row) => row.every((cell) => String(cell).length <= 24)) ? "narrow" : "";
}
