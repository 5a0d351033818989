import { furtherHeaderLines } from "../text/header.ts";
import { type CellRange, covers } from "./cell-range.ts";
import type { CellKind } from "./cell-reader.ts";
import type { SurveyedRow } from "./survey-sheet.ts";
import { isTyped, tableWidth, typedColumns } from "./typed-columns.ts";

/** The rows right below a header that belong to it: units or explanations under the names. */
export function furtherLines(header: SurveyedRow, head: SurveyedRow[]): SurveyedRow[] {
  const below = head.filter(({ number }) => number > header.number);
  const columns = [...header.cells.keys()];
  const lineOf = ({ number, cells }: SurveyedRow) => ({
    number,
    cells: columns.map((column) => cells.get(column)?.text ?? ""),
  });
  const lines = below.slice(0, furtherHeaderLines(lineOf(header).cells, below.map(lineOf)));
  return lines.every(({ number }, index) => number === header.number + 1 + index) ? lines : [];
}

interface Header {
  row: SurveyedRow | undefined;
  /** Where data begins if there is no header. */
  firstRow: number;
}

/** The header where a person or the file says which row it is; it may be empty. */
export function given(head: SurveyedRow[], headerRow: number): Header {
  const row = head.find(({ number }) => number === headerRow);
  const empty = headerRow > 0 && !row ? { number: headerRow, cells: new Map() } : undefined;
  return { row: row ?? empty, firstRow: head[0]?.number ?? 1 };
}

/** The row that names the columns; under labels merged over several columns, the row below them. */
export function findHeader(head: SurveyedRow[], merges: CellRange[]): Header {
  const header = likelyHeader(head);
  if (!header.row) return header;
  // Labels over several columns are groups, and the names stand below them.
  const { number } = header.row;
  const groups = merges.filter((range) => range.lastRow === number && range.lastColumn > range.firstColumn);
  const below = head.find((row) => row.number === number + 1);
  const isNamed = ({ firstColumn, lastColumn }: CellRange) => {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      if (below?.cells.get(column)?.kind !== "text") return false;
    }
    return true;
  };
  const isContinued = (column: number) =>
    below?.cells.has(column) ||
    merges.some((range) => covers(range, number, column) && covers(range, number + 1, column));
  const isGroups = groups.length > 0 && groups.every(isNamed) && [...header.row.cells.keys()].every(isContinued);
  return below && isGroups ? { row: below, firstRow: below.number } : header;
}

function likelyHeader(head: SurveyedRow[]): Header {
  const width = tableWidth(head);
  const enough = width <= 2 ? width : Math.ceil(width / 2);
  const full = head.filter(({ cells }) => cells.size >= enough);
  const [first, second] = full;
  if (!first) return { row: head[0], firstRow: head[0]?.number ?? 1 };
  const typed = typedColumns(full);
  const isData = ({ cells }: SurveyedRow) =>
    typed.some((column) => isTyped(cells.get(column)?.kind)) &&
    typed.filter((column) => isTyped(cells.get(column)?.kind)).length * 2 >=
      typed.filter((column) => cells.has(column)).length;
  if (typed.length === 0) return { row: first, firstRow: first.number };
  const data = full.findIndex(isData);
  if (data < 0) return { row: first, firstRow: first.number };
  if (data === 0) {
    // Totals may stand above the names.
    const named = full.findIndex(
      ({ cells }, index) =>
        index > 0 && index <= 3 && cells.size >= width && [...cells.values()].every(({ kind }) => kind === "text"),
    );
    const [below, further] = [full[named + 1], full[named + 2]];
    if (named > 0 && below && further && isData(below) && isData(further) && full.length > named * 3) {
      return { row: full[named], firstRow: full[named]?.number ?? 1 };
    }
    const isHeader = second !== undefined && namesPeriods(first, second);
    return { row: isHeader ? first : undefined, firstRow: first.number };
  }
  const above = full.slice(0, data);
  const fullest = above.reduce((best, row) => (row.cells.size > best.cells.size ? row : best));
  return { row: fullest, firstRow: fullest.number };
}

/** Whether a row is a header of texts and periods, such as `Country, 2019, 2020, 2021`, over rows of other numbers. */
function namesPeriods(row: SurveyedRow, next: SurveyedRow): boolean {
  const cells = [...row.cells];
  const [start] = cells;
  if (start?.[1].kind !== "text") return false;
  const typed = cells.filter(([, { kind }]) => isTyped(kind));
  const isPeriod = ({ kind, text }: { kind: CellKind; text: string }) =>
    kind === "date" || (kind === "integer" && Number(text) >= 1900 && Number(text) <= 2100);
  const distinct = new Set(typed.map(([, { text }]) => text)).size === typed.length;
  return (
    typed.length >= 2 &&
    distinct &&
    typed.every(([, cell]) => isPeriod(cell)) &&
    typed.some(([column]) => {
      const below = next.cells.get(column);
      return below !== undefined && !isPeriod(below);
    })
  );
}
