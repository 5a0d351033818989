import type { Cell, QueryResult } from "../../../contract/index.ts";
import { isNumeric } from "../../charts/render/column-kinds.ts";
import { formatCount } from "../facts/words.ts";
import { cellWriter } from "./cell-text.ts";
import { type Markup, markup } from "./markup.ts";

const mostRows = 300;
/** Columns that fit beside each other in the smallest letters that can still be read. */
const columnsAcross = 16;

/**
 * The rows as a table. One with many columns is set smaller, one with more than fit is set in parts, each of which begins
 * with the first column.
 */
export function dataTable({ columns, rows, truncated }: QueryResult): Markup {
  const shown = rows.slice(0, mostRows);
  const parts: number[][] = [];
  const others = columns.map((_column, index) => index).slice(1);
  for (let start = 0; start === 0 || start < others.length; start += columnsAcross - 1) {
    parts.push([0, ...others.slice(start, start + columnsAcross - 1)]);
  }
  const left = rows.length - shown.length;
  const rest =
    left > 0
      ? `The first ${formatCount(shown.length, "row")} of ${truncated ? "more than " : ""}${formatCount(rows.length, "row")} are shown.`
      : undefined;
  return markup`${parts.map((part) => table(columns, shown, part))}${rest === undefined ? undefined : markup`<p class="notice">${rest}</p>`}`;
}

function table(columns: QueryResult["columns"], rows: Cell[][], part: number[]): Markup {
  const of = part.flatMap((index) => {
    const column = columns[index];
    if (!column) return [];
    const write = cellWriter(
      column,
      rows.map((row) => row[index] ?? null),
    );
    return [{ name: column.name, index, write, align: isNumeric(column) ? markup` class="right"` : undefined }];
  });
  const head = of.map(({ name, align }) => markup`<th scope="col"${align}>${name}</th>`);
  const body = rows.map(
    (row) =>
      markup`<tr>${of.map((column) => markup`<td${column.align}>${column.write(row[column.index] ?? null)}</td>`)}</tr>`,
  );
  const wide = of.length > 13 ? "wide-14" : of.length > 10 ? "wide-11" : of.length > 7 ? "wide-8" : "";
  return markup`<div class="wide"><table class="${wide}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
