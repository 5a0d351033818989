import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A PDF as its reader gets it: the text of each page, the outline, the roles of its tags, and its information. */
export async function readPdf(bytes: Uint8Array) {
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  const document = await task.promise;
  const pages: string[] = [];
  const roles = new Set<string>();
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    collectRoles(await page.getStructTree(), roles);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? " " : "") : "")).join("");
    pages.push(text.replace(/\s+/g, " "));
  }
  const outline = ((await document.getOutline()) ?? []).flatMap(flatten);
  const { info } = await document.getMetadata();
  await task.destroy();
  return { pages, text: pages.join(" "), outline, info: new Map(Object.entries(info)), roles };
}

function collectRoles(node: unknown, roles: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  if ("role" in node && typeof node.role === "string") roles.add(node.role);
  if ("children" in node && Array.isArray(node.children)) for (const child of node.children) collectRoles(child, roles);
}

interface OutlineItem {
  title: string;
  items: OutlineItem[];
}

function flatten({ title, items }: OutlineItem): string[] {
  return [title, ...items.flatMap(flatten)];
}

/** Text as a PDF gives it back: one space for any white space. */
export function asPrinted(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
