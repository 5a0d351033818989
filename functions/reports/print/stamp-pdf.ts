import { plainText } from "./pdf-objects.ts";

/**
 * Adds to a PDF what Chromium cannot be told: author, subject, and the report's own time instead of the printing's. By an
 * incremental update (ISO 32000-2, 7.5.6): the information dictionary again, and a cross-reference section for it alone.
 */
export function stampPdf(
  pdf: Uint8Array,
  { madeAt, author, subject }: { madeAt: Date; author: string; subject: string },
): Uint8Array {
  const text = plainText(pdf);
  const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$/.exec(text);
  const info = /\/Info (\d+) 0 R/.exec(trailer?.[1] ?? "");
  const before = info && new RegExp(`(?:^|\\n)${info[1]} 0 obj\\s*<<([\\s\\S]*?)>>\\s*endobj`).exec(text);
  if (!trailer || !info || !before)
    throw new Error("Chromium has written a PDF without a plain trailer or information");
  const date = `(D:${madeAt.toISOString().slice(0, 19).replace(/\D/g, "")}+00'00')`;
  const kept = (before[1] ?? "").replace(/\/(CreationDate|ModDate) \([^)]*\)/g, "").trim();
  const object = `${info[1]} 0 obj\n<<${kept}\n/Author ${pdfText(author)}\n/Subject ${pdfText(subject)}\n/CreationDate ${date}\n/ModDate ${date}>>\nendobj\n`;
  const offset = text.length + 1;
  const xref = offset + object.length;
  const update = `\n${object}xref\n${info[1]} 1\n${String(offset).padStart(10, "0")} 00000 n \ntrailer\n<<${trailer[1]}/Prev ${trailer[2]}>>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(update, "latin1")]);
}

/** Text as a PDF string: UTF-16, so that any letter can stand in it. */
function pdfText(value: string): string {
  return `<FEFF${Buffer.from(value, "utf16le").swap16().toString("hex").toUpperCase()}>`;
}
