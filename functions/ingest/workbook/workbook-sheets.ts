import { DataError } from "../data-error.ts";
import type { PackageParts, Relationship } from "./package-parts.ts";
import { malformed } from "./xml-scanner.ts";

export interface Sheet {
  name: string;
  /** The part that holds its cells. */
  part: string;
}

export interface WorkbookSheets {
  /** The worksheets that a person sees, in their order. */
  sheets: Sheet[];
  /** Worksheets that are hidden, or hidden from the menu too. */
  hidden: string[];
  /** Whether days count from 1904, as once on the Macintosh, and not from 1900. */
  date1904: boolean;
  stylesPart: string | undefined;
  sharedStringsPart: string | undefined;
}

const maxSheets = 500;

/** Reads which sheets a workbook has. Throws `DataError` if it has none to read. */
export async function readWorkbookSheets(parts: PackageParts): Promise<WorkbookSheets> {
  const workbook = (await parts.relationships("")).find(({ type }) => type === "officeDocument")?.target;
  const part = workbook && parts.has(workbook) ? workbook : "xl/workbook.xml";
  if (!parts.has(part)) throw malformed("It has no list of sheets.");
  const relationships = await parts.relationships(part);
  const sheets: Sheet[] = [];
  const hidden: string[] = [];
  let date1904 = false;
  await parts.tags(part, (tag, attributes) => {
    if (tag === "workbookPr") date1904 = /^(1|true|on)$/.test(attributes.date1904 ?? "");
    if (tag !== "sheet") return;
    const { name = "", id, state } = attributes;
    const related = relationships.find((relationship) => relationship.id === id);
    if (related?.type !== "worksheet" || !parts.has(related.target)) return;
    if (state === "hidden" || state === "veryHidden") hidden.push(name);
    else sheets.push({ name, part: related.target });
  });
  if (sheets.length > maxSheets) {
    throw new DataError(
      "too-many-sheets",
      `The workbook has ${sheets.length} sheets, more than ${maxSheets}. Save the sheets that you need as a workbook of their own.`,
    );
  }
  if (sheets.length === 0) {
    throw new DataError(
      "no-sheet",
      hidden.length > 0
        ? "All worksheets of the workbook are hidden. Unhide the one that holds the table and upload it again."
        : "The workbook has no worksheet. Put the table on a worksheet and upload it again.",
    );
  }
  return { sheets, hidden, date1904, stylesPart: of("styles"), sharedStringsPart: of("sharedStrings") };

  function of(type: string): string | undefined {
    const target = relationships.find((relationship: Relationship) => relationship.type === type)?.target;
    return target && parts.has(target) ? target : undefined;
  }
}
