import type { PackageParts } from "./package-parts.ts";
import { parseRange } from "./sheet-rows.ts";

export interface MarkedTable {
  headerRow: number;
  firstRow: number;
  lastRow: number;
}

/** The area that a sheet's author has declared a table, if it is exactly one; its totals row is not counted. */
export async function markedTable(parts: PackageParts, sheetPart: string): Promise<MarkedTable | undefined> {
  const tables = (await parts.relationships(sheetPart)).filter(
    ({ type, target }) => type === "table" && parts.has(target),
  );
  const [table] = tables;
  if (!table || tables.length > 1) return undefined;
  let marked: MarkedTable | undefined;
  await parts.tags(table.target, (tag, { ref = "", headerRowCount = "1", totalsRowCount = "0" }) => {
    const range = tag === "table" ? parseRange(ref) : undefined;
    if (!range) return;
    const headerRow = headerRowCount === "0" ? 0 : range.firstRow;
    marked = {
      headerRow,
      firstRow: headerRow === 0 ? range.firstRow : range.firstRow + 1,
      lastRow: range.lastRow - Number(totalsRowCount),
    };
  });
  return marked;
}
