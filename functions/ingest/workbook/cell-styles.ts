import { type NumberMeaning, numberMeaning } from "./number-format.ts";
import type { PackageParts } from "./package-parts.ts";

/** What a cell's number means, by the number of the cell's style. */
export async function readCellStyles(parts: PackageParts, stylesPart: string | undefined): Promise<NumberMeaning[]> {
  const meanings: NumberMeaning[] = [];
  if (!stylesPart) return meanings;
  const codes = new Map<number, string>();
  const formatIds: number[] = [];
  let inCellFormats = false;
  await parts.tags(stylesPart, (tag, { numFmtId, formatCode }) => {
    if (tag === "numFmt" && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
    // Format records of other lists, such as that of named styles, have the same tag.
    if (tag === "cellXfs") inCellFormats = true;
    else if (tag === "cellStyles" || tag === "dxfs") inCellFormats = false;
    else if (tag === "xf" && inCellFormats) formatIds.push(Number(numFmtId ?? 0));
  });
  const byId = new Map<number, NumberMeaning>();
  for (const id of formatIds) {
    const meaning = byId.get(id) ?? numberMeaning(id, codes.get(id));
    byId.set(id, meaning);
    meanings.push(meaning);
  }
  return meanings;
}
