import { decodedText } from "./decode.ts";
import type { Dialect } from "./dialect.ts";
import type { ReadRow } from "./mend-rows.ts";
import { parseRow } from "./parse-row.ts";

/** Every row of a text, blank ones and comments included, in batches with the bytes that they were read from. */
export async function* textRows(
  path: string,
  encoding: string,
  dialect: Dialect,
  signal: AbortSignal,
): AsyncGenerator<{ rows: ReadRow[]; bytes: number }> {
  let text = "";
  let number = 0;
  function take(final: boolean): ReadRow[] {
    const rows: ReadRow[] = [];
    let at = 0;
    while (at < text.length) {
      const row = parseRow(text, at, dialect, final);
      if (!row) break;
      number += 1;
      rows.push({ number, cells: row.cells, raw: text.slice(at, row.end), ...(row.fault && { fault: row.fault }) });
      at = row.end;
    }
    text = text.slice(at);
    return rows;
  }
  for await (const part of decodedText(path, encoding, { signal })) {
    text += part.text;
    yield { rows: take(false), bytes: part.bytes };
  }
  yield { rows: take(true), bytes: 0 };
}
