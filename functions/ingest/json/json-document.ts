import { DataError } from "../data-error.ts";
import { decodedText } from "../text/decode.ts";
import {
  eachElement,
  eachMember,
  endOfString,
  endOfValue,
  JsonFault,
  JsonIncomplete,
  parseString,
  skipSpace,
} from "./json-values.ts";

/** Longest record, in characters. */
export const maxRecordLength = 16 * 1024 ** 2;

export interface JsonInput {
  path: string;
  encoding: string;
  signal: AbortSignal;
  onBytes(bytes: number): void;
}

/** A place in a file's text that moves forward; what lies behind it is forgotten. */
export class JsonCursor {
  text = "";
  at = 0;
  private ended = false;
  private readonly parts: AsyncIterator<{ text: string; bytes: number }>;
  private readonly onBytes: (bytes: number) => void;
  private line = 1;

  constructor({ path, encoding, signal, onBytes }: JsonInput) {
    this.parts = decodedText(path, encoding, { signal })[Symbol.asyncIterator]();
    this.onBytes = onBytes;
  }

  /** Runs `step` at the place, again with more text as long as it throws `JsonIncomplete`. Throws `DataError` for what is no JSON. */
  async take<T>(step: (text: string, at: number) => T): Promise<T> {
    for (;;) {
      try {
        return step(this.text, this.at);
      } catch (error) {
        if (error instanceof JsonFault) throw broken(this.lineAt(error.at), error.message, error);
        if (!(error instanceof JsonIncomplete)) throw error;
        if (this.text.length - this.at > maxRecordLength) {
          throw new DataError(
            "record-too-long",
            `A record of the file is longer than ${maxRecordLength / 1024 ** 2} million characters, at line ${this.lineAt(this.at)}.`,
          );
        }
        if (!(await this.fill())) throw broken(this.lineAt(this.at), "it ends within a value", error);
      }
    }
  }

  /** The next character that is no white space, which is then the place; empty at the end of the file. */
  async next(): Promise<string> {
    for (;;) {
      this.at = skipSpace(this.text, this.at);
      if (this.at < this.text.length) return this.text.charAt(this.at);
      if (!(await this.fill())) return "";
    }
  }

  /** Moves over one character that must be there. */
  async pass(character: string): Promise<void> {
    const found = await this.next();
    if (found !== character) throw broken(this.lineAt(this.at), `“${character}” was expected`);
    this.at += 1;
  }

  /** Moves over a key and its colon. */
  async key(): Promise<string> {
    if ((await this.next()) !== '"') throw broken(this.lineAt(this.at), "a key in quotation marks was expected");
    const key = await this.take((text, at) => {
      const end = endOfString(text, at);
      const name = parseString(text, at, end);
      this.at = end;
      return name;
    });
    await this.pass(":");
    return key;
  }

  /** Moves over a value. */
  async skip(): Promise<void> {
    await this.next();
    this.at = await this.take((text, at) => endOfValue(text, at));
  }

  /** Moves over the comma between two items, and tells whether there is a further one; else moves over `closing`. */
  async more(closing: string): Promise<boolean> {
    const found = await this.next();
    if (found !== "," && found !== closing) throw broken(this.lineAt(this.at), `a comma or “${closing}” was expected`);
    this.at += 1;
    return found === ",";
  }

  /** Ends reading before the end of the file. */
  async close(): Promise<void> {
    await this.parts.return?.();
  }

  private async fill(): Promise<boolean> {
    if (this.ended) return false;
    const { value, done } = await this.parts.next();
    if (done) {
      this.ended = true;
      // A number at the end of the file is complete.
      this.text += "\n";
      return true;
    }
    this.onBytes(value.bytes);
    for (let at = this.text.indexOf("\n"); at >= 0 && at < this.at; at = this.text.indexOf("\n", at + 1))
      this.line += 1;
    this.text = this.text.slice(this.at) + value.text;
    this.at = 0;
    return true;
  }

  private lineAt(end: number): number {
    let line = this.line;
    for (let at = this.text.indexOf("\n"); at >= 0 && at < end; at = this.text.indexOf("\n", at + 1)) line += 1;
    return line;
  }
}

function broken(line: number, detail: string, cause?: unknown): DataError {
  return new DataError(
    "broken-json",
    `The file's JSON is broken in line ${line}: ${detail}. Write it again with the program it comes from, or as one object a line, where a broken line spoils no other.`,
    { row: line, cause },
  );
}

/** Where in a document there are records: the keys that lead to it. */
export interface RecordList {
  path: string[];
  count: number;
  /** How many members or elements the first element has. */
  width: number;
  kind: "objects" | "arrays" | "scalars";
}

const searchDepth = 4;

/** Finds the arrays in a document of one object, by reading through it. */
export async function findLists(cursor: JsonCursor): Promise<RecordList[]> {
  const lists: RecordList[] = [];
  await walk([]);
  return lists;

  async function walk(path: string[]): Promise<void> {
    const opening = await cursor.next();
    if (opening === "[") lists.push(await countElements(path));
    else if (opening === "{" && path.length < searchDepth) {
      cursor.at += 1;
      if ((await cursor.next()) === "}") {
        cursor.at += 1;
        return;
      }
      do {
        const key = await cursor.key();
        await walk([...path, key]);
      } while (await cursor.more("}"));
    } else await cursor.skip();
  }

  async function countElements(path: string[]): Promise<RecordList> {
    const counts = { objects: 0, arrays: 0, scalars: 0 };
    let width = 1;
    cursor.at += 1;
    if ((await cursor.next()) === "]") cursor.at += 1;
    else {
      width = await cursor.take(widthOf);
      do {
        const opening = await cursor.next();
        counts[opening === "{" ? "objects" : opening === "[" ? "arrays" : "scalars"] += 1;
        await cursor.skip();
      } while (await cursor.more("]"));
    }
    const { objects, arrays, scalars } = counts;
    const kind = objects > 0 && objects >= arrays ? "objects" : arrays > 0 ? "arrays" : "scalars";
    return { path, count: objects + arrays + scalars, width, kind };
  }
}

/** How many members or elements the value has. */
function widthOf(text: string, at: number): number {
  let width = 0;
  const add = () => {
    width += 1;
  };
  const opening = text.charAt(at);
  if (opening === "{") eachMember(text, at, add);
  else if (opening === "[") eachElement(text, at, add);
  else return 1;
  return width;
}
