import { DataError } from "../data-error.ts";
import { decodedText } from "../text/decode.ts";
import type { JsonInput } from "./json-document.ts";
import type { OnRecord } from "./json-records.ts";
import { eachElement, eachMember, JsonFault, JsonIncomplete, skipSpace } from "./json-values.ts";
import { placesOf } from "./record-places.ts";

/** Such a file can't be read row by row and is held whole. */
const maxLength = 128 * 1024 ** 2;

/** An object whose members are columns, as texts of their cells, or the records of a table by their names. */
export interface Members {
  text: string;
  kind: "columns" | "records";
  /** For each member its key, and the places of its cells (`columns`) or of itself (`records`). */
  members: { key: string; at: number; cells: Map<string, { start: number; end: number }> }[];
}

/**
 * Reads an object of columns (`{"a": [1, 2], "b": [3, 4]}`, or with objects of cells by row) or of records by name
 * (`{"x": {"a": 1}, "y": {"a": 2}}`). Undefined for an object that is neither.
 */
export async function findMembers({ path, encoding, signal }: JsonInput): Promise<Members | undefined> {
  let text = "";
  for await (const part of decodedText(path, encoding, { signal })) {
    text += part.text;
    if (text.length > maxLength) {
      throw new DataError(
        "json-too-large",
        `A file of one object of columns can have up to ${maxLength / 1024 ** 2} million characters. Write it as one object a line.`,
      );
    }
  }
  const members: Members["members"] = [];
  const openings = new Set<string>();
  try {
    eachMember(text, skipSpace(text, 0), (key, start) => {
      const opening = text.charAt(start);
      openings.add(opening);
      const cells: Members["members"][number]["cells"] = new Map();
      if (opening === "[")
        eachElement(text, start, (from, to) => cells.set(String(cells.size), { start: from, end: to }));
      if (opening === "{") eachMember(text, start, (row, from, to) => cells.set(row, { start: from, end: to }));
      members.push({ key, at: start, cells });
    });
  } catch (error) {
    if (error instanceof JsonFault || error instanceof JsonIncomplete) return undefined;
    throw error;
  }
  const [opening] = openings;
  if (openings.size !== 1 || (opening !== "[" && opening !== "{")) return undefined;
  if (opening === "[") return { text, kind: "columns", members };
  // Objects of cells by row have numbers for keys, as pandas writes them; records have names.
  const isRowNumber = members.every(({ cells }) => [...cells.keys()].every((key) => /^\d+$/.test(key)));
  if (isRowNumber) return { text, kind: "columns", members };
  return members.length > 1 ? { text, kind: "records", members } : undefined;
}

/** Calls `onRecord` for each row of the columns, or each record with its name as first member. */
export async function recordsOfMembers(
  { text, kind, members }: Members,
  onRecord: OnRecord,
  onPause: () => Promise<void>,
): Promise<void> {
  let row = 0;
  const add = async (record: string) => {
    row += 1;
    onRecord(row, record, placesOf(record, 0));
    if (row % 10_000 === 0) await onPause();
  };
  if (kind === "records") {
    for (const { key, cells } of members) {
      await add(
        asRecord([["key", JSON.stringify(key)], ...[...cells].map(([name, place]) => [name, cut(place)] as const)]),
      );
    }
  } else {
    const rows = new Set<string>();
    for (const { cells } of members) for (const name of cells.keys()) rows.add(name);
    for (const name of rows) {
      await add(asRecord(members.map(({ key, cells }) => [key, cut(cells.get(name))] as const)));
    }
  }
  await onPause();

  function cut(place: { start: number; end: number } | undefined): string {
    return place ? text.slice(place.start, place.end) : "null";
  }
}

function asRecord(members: (readonly [key: string, value: string])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
}
