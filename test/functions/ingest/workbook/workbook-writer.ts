import { type ZipPart, zip } from "../zip-writer.ts";

export interface WrittenSheet {
  name?: string;
  /** The `<row>` elements. */
  rows: string;
  state?: "hidden" | "veryHidden";
  /** What follows the rows, such as merged cells. */
  after?: string;
}

export interface WrittenWorkbook {
  sheets: WrittenSheet[];
  /** The `<si>` elements; without them there is no part of shared strings. */
  strings?: string[];
  /** Number formats of the styles 1, 2, …; style 0 is General. */
  formats?: string[];
  date1904?: boolean;
  strict?: boolean;
  parts?: ZipPart[];
}

/** A workbook out of its XML, for what no program would write. */
export function workbook(given: WrittenWorkbook): Buffer {
  const { sheets, strings, formats = [], date1904, strict, parts = [] } = given;
  const base = strict
    ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
    : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const main = strict
    ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
    : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relationships = (all: [id: string, type: string, target: string][]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
      .map(([id, type, target]) => `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`)
      .join("")}</Relationships>`;
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name ?? `Sheet${index + 1}`}" sheetId="${index + 1}" r:id="s${index}"${state ? ` state="${state}"` : ""}/>`,
  );
  return zip([
    { name: "[Content_Types].xml", content: "<Types/>" },
    { name: "_rels/.rels", content: relationships([["r1", "officeDocument", "xl/workbook.xml"]]) },
    {
      name: "xl/workbook.xml",
      content: `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${main}" xmlns:r="${base}"><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${listed.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relationships([
        ...sheets.map((_, index): [string, string, string] => [
          `s${index}`,
          "worksheet",
          `worksheets/sheet${index}.xml`,
        ]),
        ["styles", "styles", "/xl/styles.xml"],
        ...(strings ? ([["strings", "sharedStrings", "sharedStrings.xml"]] satisfies [string, string, string][]) : []),
      ]),
    },
    {
      name: "xl/styles.xml",
      content: `<styleSheet xmlns="${main}"><numFmts>${formats
        .map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', "&quot;")}"/>`)
        .join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
        .map((_, index) => `<xf numFmtId="${200 + index}"/>`)
        .join("")}</cellXfs></styleSheet>`,
    },
    ...(strings ? [{ name: "xl/sharedStrings.xml", content: `<sst xmlns="${main}">${strings.join("")}</sst>` }] : []),
    ...sheets.map(({ rows, after = "" }, index) => ({
      name: `xl/worksheets/sheet${index}.xml`,
      content: `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
    })),
    ...parts,
  ]);
}

type CellContent = string | number | boolean | null;

/** A `<row>` of inline texts, numbers and booleans from column A on; null leaves a cell out. */
export function row(number: number, cells: (CellContent | { value: number; style: number })[]): string {
  const written = cells.map((cell, index) => {
    const reference = `${String.fromCharCode(65 + index)}${number}`;
    if (cell === null) return "";
    if (typeof cell === "object") return `<c r="${reference}" s="${cell.style}"><v>${cell.value}</v></c>`;
    if (typeof cell === "number") return `<c r="${reference}"><v>${cell}</v></c>`;
    if (typeof cell === "boolean") return `<c r="${reference}" t="b"><v>${Number(cell)}</v></c>`;
    return `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${number}">${written.join("")}</row>`;
}
