/** Reads PDFs that Chromium has written: their objects are plain text, and their pages stand in order. */

export function countPages(pdf: Uint8Array): number {
  return pageObjects(plainText(pdf)).length;
}

/** The page, counted from 1, of each place that a link within the document can lead to. */
export function destinations(pdf: Uint8Array): Record<string, number> {
  const text = plainText(pdf);
  const pages = pageObjects(text);
  const [, dictionary] = /\/Dests (\d+) 0 R/.exec(text) ?? [];
  const body = new RegExp(`\\n${dictionary} 0 obj\\s*<<([\\s\\S]*?)>>\\s*endobj`).exec(text)?.[1] ?? "";
  const found = [...body.matchAll(/\/([\w-]+) \[(\d+) 0 R/g)].map(([, name, page]): [string, number] => [
    name ?? "",
    pages.indexOf(page ?? "") + 1,
  ]);
  return Object.fromEntries(found);
}

/** A PDF's bytes as text, a character each. */
export function plainText(pdf: Uint8Array): string {
  return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString("latin1");
}

function pageObjects(text: string): string[] {
  return [...text.matchAll(/\n(\d+) 0 obj\s*<<\/Type \/Page\b/g)].map(([, number]) => number ?? "");
}
