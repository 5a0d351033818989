import { DataError } from "../data-error.ts";
import type { Ledger } from "../ledger.ts";
import { decodedText } from "../text/decode.ts";
import { JsonCursor, type JsonInput, maxRecordLength } from "./json-document.ts";
import { JsonFault, JsonIncomplete, skipSpace } from "./json-values.ts";
import { placesOf, type RecordPlaces } from "./record-places.ts";

/** A record and where its values stand in `text`; `row` counts from 1. */
export type OnRecord = (row: number, text: string, places: RecordPlaces) => void;

/** Calls `onRecord` for each line that is a record. A broken line goes to the ledger; `onPause` is awaited now and then. */
export async function recordsOfLines(
  { path, encoding, signal, onBytes }: JsonInput,
  onRecord: OnRecord,
  onPause: () => Promise<void>,
  ledger: Ledger,
): Promise<void> {
  let rest = "";
  let row = 0;
  const take = (line: string) => {
    row += 1;
    const start = skipSpace(line, 0);
    if (start >= line.length) return;
    const found = placesOfLine(line, start);
    if (typeof found !== "string") onRecord(row, line, found);
    else ledger.add({ row, column: null, value: line, reason: found });
  };
  for await (const part of decodedText(path, encoding, { signal })) {
    onBytes(part.bytes);
    const text = rest + part.text;
    let at = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", at)) {
      take(text.slice(at, end));
      at = end + 1;
    }
    rest = text.slice(at);
    if (rest.length > maxRecordLength) {
      throw new DataError(
        "record-too-long",
        `Line ${row + 1} is longer than ${maxRecordLength / 1024 ** 2} million characters. Leave out what makes it so long.`,
      );
    }
    await onPause();
  }
  if (rest !== "") take(rest);
  await onPause();
}

/** The values of the record that a line is, or why it is none. */
export function placesOfLine(line: string, start: number): RecordPlaces | string {
  const opening = line.charCodeAt(start);
  if (opening !== 0x7b && opening !== 0x5b) return "The line is no JSON object";
  try {
    const places = placesOf(line, start);
    const end = skipSpace(line, places.end);
    return end >= line.length ? places : `The line's JSON is broken: something follows at character ${end + 1}`;
  } catch (error) {
    if (error instanceof JsonFault) return `The line's JSON is broken at character ${error.at + 1}: ${error.message}`;
    if (error instanceof JsonIncomplete) return "The line's JSON ends too early";
    throw error;
  }
}

/** Calls `onRecord` for each element of the array that `path` leads to, or for each of several values in a row. */
export async function recordsOfDocument(
  input: JsonInput,
  path: string[],
  onRecord: OnRecord,
  onPause: () => Promise<void>,
): Promise<void> {
  const cursor = new JsonCursor(input);
  let row = 0;
  let paused = "";
  const record = async () => {
    await cursor.next();
    cursor.at = await cursor.take((text, at) => {
      const places = placesOf(text, at);
      row += 1;
      onRecord(row, text, places);
      return places.end;
    });
    // The text changes with each part of the file.
    if (paused !== cursor.text) {
      paused = cursor.text;
      await onPause();
    }
  };
  try {
    for (const key of path) await enter(cursor, key);
    if (path.length === 0 && (await cursor.next()) === "{") {
      while ((await cursor.next()) !== "") await record();
    } else await elements();
  } finally {
    await cursor.close();
  }
  await onPause();

  async function elements(): Promise<void> {
    await cursor.pass("[");
    if ((await cursor.next()) === "]") cursor.at += 1;
    else {
      do await record();
      while (await cursor.more("]"));
    }
    if (path.length === 0 && (await cursor.next()) !== "") {
      throw new DataError(
        "broken-json",
        "Something follows the array in the file. Upload each array as a file of its own.",
      );
    }
  }
}

/** Moves to the value of a member. */
async function enter(cursor: JsonCursor, wanted: string): Promise<void> {
  await cursor.pass("{");
  do {
    if ((await cursor.key()) === wanted) return;
    await cursor.skip();
  } while (await cursor.more("}"));
  throw new Error(`The member ${wanted} has gone`);
}
