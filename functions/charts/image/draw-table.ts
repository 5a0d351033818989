import type { SKRSContext2D } from "@napi-rs/canvas";
import type { QueryResult } from "../../../contract/index.ts";
import type { ChartTheme } from "../../../web/src/charts/chart-config.ts";
import { columnKind, formatCell } from "../../../web/src/format/cells.ts";
import { formatCount } from "../../../web/src/format/numbers.ts";
import type { Box } from "./box.ts";
import { ellipsis } from "./wrap-text.ts";

const rowHeight = 30;
const textSize = 14;
const gap = 20;
const mostRows = 25;
const mostColumns = 8;

export function tableHeight({ rows, columns }: QueryResult): number {
  const more = rows.length === 0 || rows.length > mostRows || columns.length > mostColumns ? rowHeight : 0;
  return (Math.min(rows.length, mostRows) + 1) * rowHeight + more;
}

/** Draws the first rows and columns of a result, and how many there are where that is not all. */
export function drawTable(on: SKRSContext2D, result: QueryResult, { x, y, width }: Box, theme: ChartTheme): void {
  const columns = result.columns.slice(0, mostColumns);
  const rows = result.rows.slice(0, mostRows);
  const cells = rows.map((row) => columns.map((column, index) => formatCell(row[index] ?? null, column)));
  on.textBaseline = "middle";
  on.font = `${textSize}px ${theme.fontFamily}`;
  const widths = columnWidths(on, columns, cells, width);
  const starts = widths.map((_, index) => x + widths.slice(0, index).reduce((sum, one) => sum + one, 0));
  const write = (text: string, column: number, line: number) => {
    const room = (widths[column] ?? 0) - gap;
    const short = ellipsis(on, text, room);
    const isNumber = columnKind(columns[column]?.type ?? "") === "number";
    const shift = isNumber ? room - on.measureText(short).width : 0;
    on.fillText(short, (starts[column] ?? x) + shift, y + (line + 0.5) * rowHeight);
  };
  on.fillStyle = theme.inkSoft;
  for (const [column, { name }] of columns.entries()) write(name, column, 0);
  for (const [line, row] of cells.entries()) {
    on.fillStyle = theme.line;
    on.fillRect(x, y + (line + 1) * rowHeight, width, 1);
    on.fillStyle = theme.ink;
    for (const [column, text] of row.entries()) write(text, column, line + 1);
  }
  const left = [
    ...(rows.length === 0 ? ["No rows match"] : []),
    ...(result.rows.length > mostRows ? [`${mostRows} of ${formatCount(result.rows.length, "row")}`] : []),
    ...(result.columns.length > mostColumns
      ? [`${mostColumns} of ${formatCount(result.columns.length, "column")}`]
      : []),
  ];
  on.fillStyle = theme.inkSoft;
  on.fillText(left.join(", "), x, y + (rows.length + 1.5) * rowHeight);
}

/** As wide as what they hold; where that is too much, the widest give way. */
function columnWidths(on: SKRSContext2D, columns: QueryResult["columns"], cells: string[][], width: number): number[] {
  const wanted = columns.map(
    ({ name }, index) =>
      gap + Math.max(...[name, ...cells.map((row) => row[index] ?? "")].map((text) => on.measureText(text).width)),
  );
  let most = Math.max(...wanted);
  const total = () => wanted.reduce((sum, one) => sum + Math.min(one, most), 0);
  while (total() > width && most > 40) most -= 5;
  return wanted.map((one) => Math.min(one, most));
}
