import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { SelectableTable } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";
import { Ledger } from "../ledger.ts";
import type { ReaderInput, TableSource } from "../table-source.ts";
import { TableWriter } from "../table-writer.ts";
import { decodedText } from "../text/decode.ts";
import { recognizeEncoding } from "../text/encoding.ts";
import { uniqueNames } from "../unique-names.ts";
import { findMembers, type Members, recordsOfMembers } from "./column-document.ts";
import { findLists, JsonCursor, type JsonInput, type RecordList } from "./json-document.ts";
import { type OnRecord, placesOfLine, recordsOfDocument, recordsOfLines } from "./json-records.ts";
import { endOfValue, parseString, skipSpace } from "./json-values.ts";
import { RecordColumns } from "./record-columns.ts";

/** Far more than a table may have; so many keys are data themselves. */
const maxKeys = 5_000;
/** So many records are looked at for their keys before any is written. */
const sampleRecords = 1_000;
const headChars = 1_000_000;

/** How a JSON file holds its records. */
type Shape =
  | { kind: "lines" }
  | { kind: "list"; path: string[]; header?: string[] }
  | { kind: "members"; members: Members };

/**
 * Reads records out of JSON: an array of objects or of arrays, an object with such an array in it, one object a line, or an
 * object of columns. Numbers keep all their digits. A broken line goes to the ledger; other broken JSON is a `DataError`.
 */
export async function readJson(input: ReaderInput): Promise<TableSource> {
  const { path, folder, options, ledger, signal } = input;
  const encoding = await recognizeEncoding(path, options.encoding);
  const { size } = await stat(path);
  const json: JsonInput = { path, encoding, signal, onBytes: () => {} };
  const { shape, tables, sheet } = await findShape(json, options.sheet);
  const columns = new RecordColumns();
  await sampleColumns(shape, json, columns);
  for (;;) {
    const known = columns.count;
    const counted = new RecordColumns();
    for (const key of columns.keys) counted.place(key);
    const faults = new Ledger();
    await using writer = new TableWriter(join(folder, "table.csv"));
    let writing: Promise<void>[] = [];
    let read = 0;
    const measured = {
      ...json,
      onBytes(bytes: number) {
        read += bytes;
        input.onProgress(Math.min(1, read / size));
      },
    };
    const onRecord: OnRecord = (row, text, places) => {
      const cells = counted.cells(text, places);
      if (counted.count > maxKeys) throw tooManyKeys();
      if (counted.count > known) return;
      const flushed = writer.write(row, cells);
      if (flushed) writing.push(flushed);
    };
    await eachRecord(shape, measured, skipHeader(shape, onRecord), faults, async () => {
      await Promise.all(writing);
      writing = [];
    });
    await writer.end();
    if (counted.count > known) {
      // A key that the sample did not have: the rows before it lack its cell.
      for (const key of counted.keys) columns.place(key);
      continue;
    }
    ledger.addAll(faults);
    if (writer.rowCount === 0 && faults.count === 0) throw noRecords();
    const names = shape.kind === "list" && shape.header ? shape.header : counted.names;
    return {
      path: writer.path,
      columns: uniqueNames(
        counted.names.map((name, index) => (names === counted.names ? name : (names[index] ?? null))),
      ).map((name, index) => {
        const type = counted.typeOf(index);
        return type === undefined ? { name } : { name, type };
      }),
      rowCount: writer.rowCount,
      evidence: writer.evidence,
      longestLine: writer.longestLine,
      tables,
      read: { encoding, ...(sheet !== undefined && { sheet }) },
    };
  }
}

/** Reads the first records for their keys. */
async function sampleColumns(shape: Shape, json: JsonInput, columns: RecordColumns): Promise<void> {
  const enough = new Error("enough");
  let records = 0;
  const onRecord: OnRecord = (_row, text, places) => {
    columns.cells(text, places);
    if (columns.count > maxKeys) throw tooManyKeys();
    records += 1;
    if (records >= sampleRecords) throw enough;
  };
  try {
    await eachRecord(shape, json, skipHeader(shape, onRecord), new Ledger(), async () => {});
  } catch (error) {
    if (error !== enough) throw error;
  }
}

async function eachRecord(
  shape: Shape,
  json: JsonInput,
  onRecord: OnRecord,
  ledger: Ledger,
  onPause: () => Promise<void>,
): Promise<void> {
  if (shape.kind === "lines") await recordsOfLines(json, onRecord, onPause, ledger);
  else if (shape.kind === "list") await recordsOfDocument(json, shape.path, onRecord, onPause);
  else await recordsOfMembers(shape.members, onRecord, onPause);
}

/** Leaves out the row of names that an array of arrays begins with. */
function skipHeader(shape: Shape, onRecord: OnRecord): OnRecord {
  if (shape.kind !== "list" || !shape.header || shape.path.length > 0) return onRecord;
  return (row, text, places) => {
    if (row > 1) onRecord(row, text, places);
  };
}

async function findShape(
  json: JsonInput,
  wanted: string | undefined,
): Promise<{ shape: Shape; tables: SelectableTable[]; sheet?: string }> {
  const head = await readHead(json);
  if (areLines(head)) return { shape: { kind: "lines" }, tables: [] };
  if (head.charAt(skipSpace(head, 0)) === "[") {
    const header = headerOf(head, skipSpace(head, 0) + 1);
    return { shape: { kind: "list", path: [], ...(header && { header }) }, tables: [] };
  }
  const cursor = new JsonCursor(json);
  const lists = await findLists(cursor);
  const isOnly = (await cursor.next()) === "";
  await cursor.close();
  // Several objects, each over several lines.
  if (!isOnly) return { shape: { kind: "list", path: [] }, tables: [] };
  const tabular = lists.filter(({ kind, count }) => kind !== "scalars" && count > 0);
  const chosen = chooseList(tabular, wanted);
  if (chosen) {
    const header = chosen.kind === "arrays" ? await siblingHeader(json, chosen, lists) : undefined;
    const tables =
      tabular.length < 2
        ? []
        : tabular.map((list) => ({ name: nameOf(list), rowCount: list.count, columnCount: list.width }));
    const shape: Shape = { kind: "list", path: chosen.path, ...(header && { header }) };
    return { shape, tables, ...(tables.length > 0 && { sheet: nameOf(chosen) }) };
  }
  const members = await findMembers(json);
  return { shape: members ? { kind: "members", members } : { kind: "list", path: [] }, tables: [] };
}

async function readHead({ path, encoding, signal }: JsonInput): Promise<string> {
  let head = "";
  for await (const { text } of decodedText(path, encoding, { signal })) {
    head += text;
    if (head.length >= headChars) break;
  }
  return head;
}

/** Whether the text has a record a line, as far as most of the first lines tell. */
function areLines(head: string): boolean {
  const lines = head
    .split("\n", 50)
    .slice(0, head.length >= headChars ? -1 : undefined)
    .filter((line) => line.trim() !== "");
  const good = lines.filter((line) => typeof placesOfLine(line, skipSpace(line, 0)) !== "string").length;
  return lines.length > 1 && good * 2 >= lines.length;
}

function chooseList(lists: RecordList[], wanted: string | undefined): RecordList | undefined {
  if (wanted !== undefined && lists.length > 1) {
    const named = lists.find((list) => nameOf(list) === wanted);
    if (named) return named;
    const names = lists.map((list) => `“${nameOf(list)}”`).join(", ");
    throw new DataError("no-such-sheet", `The file has no list “${wanted}”. It has ${names}.`);
  }
  return lists.reduce<RecordList | undefined>(
    (best, list) => (best && best.count >= list.count ? best : list),
    undefined,
  );
}

function nameOf({ path }: RecordList): string {
  return path.join(".");
}

/** The names in the first array of an array of arrays, if they are all texts. */
function headerOf(text: string, at: number): string[] | undefined {
  const first = skipSpace(text, at);
  if (text.charAt(first) !== "[") return undefined;
  const names: string[] = [];
  for (let next = skipSpace(text, first + 1); text.charAt(next) === '"'; next = skipSpace(text, next)) {
    const end = endOfValue(text, next);
    names.push(parseString(text, next, end));
    next = skipSpace(text, end);
    if (text.charAt(next) === "]") return names;
    next += 1;
  }
  return undefined;
}

/** The names of an array of arrays that stand beside it, as in `{"columns": […], "data": [[…]]}`. */
async function siblingHeader(json: JsonInput, list: RecordList, lists: RecordList[]): Promise<string[] | undefined> {
  const beside = lists.find(
    ({ path, kind, count }) =>
      kind === "scalars" &&
      count > 0 &&
      path.length === list.path.length &&
      path.slice(0, -1).every((key, index) => key === list.path[index]) &&
      /^(columns?|headers?|fields?|names?)$/i.test(path.at(-1) ?? ""),
  );
  if (!beside) return undefined;
  const names: string[] = [];
  await recordsOfDocument(
    json,
    beside.path,
    (_row, text, { starts: [start = 0], ends: [end] }) => {
      names.push(text.charAt(start) === '"' ? parseString(text, start, end ?? start) : text.slice(start, end));
    },
    async () => {},
  );
  return names;
}

function tooManyKeys(): DataError {
  return new DataError(
    "too-many-columns",
    `The records have more than ${maxKeys} different keys; where keys are data, such as dates or ids, make them values of a column.`,
  );
}

function noRecords(): DataError {
  return new DataError("no-table", "The file holds no records. Upload an array of objects, or one object a line.");
}
