import { CommandError } from "../errors.ts";
import type { Filter } from "../filter/filter.ts";
import { type Document, field, isDocument, setField } from "../values/types.ts";

/** What the positional parts of an update path stand for: `$` and `$[identifier]`. */
export interface Positions {
  arrayIndex: number | undefined;
  arrayFilters: ReadonlyMap<string, Filter>;
}

/** MongoDB never fills more than this many nulls before an array element that is set. */
const MAX_ARRAY_PADDING = 1_500_000;

const isIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/** The concrete paths in this document: `$`, `$[]` and `$[identifier]` replaced by indexes. */
export function concretePaths(document: Document, path: readonly string[], positions: Positions): string[][] {
  const at = path.findIndex((part) => part.startsWith("$"));
  if (at < 0) return [[...path]];
  const part = path[at] ?? "";
  const before = path.slice(0, at);
  const array = readPath(document, before);
  return indexesOf(part, array, before.join("."), positions).flatMap((index) =>
    concretePaths(document, [...before, String(index), ...path.slice(at + 1)], positions),
  );
}

function indexesOf(part: string, array: unknown, before: string, { arrayIndex, arrayFilters }: Positions): number[] {
  if (part === "$") {
    if (arrayIndex !== undefined) return [arrayIndex];
    throw new CommandError("BadValue", "The positional operator did not find the match needed from the query.");
  }
  const identifier = /^\$\[(.*)\]$/.exec(part)?.[1];
  if (identifier === undefined) {
    throw new CommandError(
      "BadValue",
      `The dollar ($) prefixed field '${part}' is not allowed in the path of an update`,
    );
  }
  if (!Array.isArray(array)) {
    throw new CommandError(
      "BadValue",
      `The path '${before}' must exist in the document in order to apply array updates.`,
    );
  }
  const indexes = [...array.keys()];
  if (identifier === "") return indexes;
  const matches = arrayFilters.get(identifier);
  if (!matches) throw new CommandError("BadValue", `No array filter found for identifier '${identifier}'`);
  return indexes.filter((index) => matches({ [identifier]: array[index] }));
}

/** The value at a concrete path; numeric parts index arrays. */
export function readPath(document: Document, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return isIndex(part) ? value[Number(part)] : undefined;
    return isDocument(value) ? field(value, part) : undefined;
  }, document);
}

/** Sets the value at a concrete path, creating the documents on the way. Throws PathNotViable where a scalar stands. */
export function writePath(document: Document, path: readonly string[], value: unknown): void {
  let container: unknown = document;
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1;
    if (isDocument(container)) {
      if (last) setField(container, part, value);
      else if (field(container, part) === undefined) setField(container, part, {});
      container = field(container, part);
    } else if (Array.isArray(container) && isIndex(part)) {
      const index = Number(part);
      if (index > container.length + MAX_ARRAY_PADDING)
        throw new CommandError("BadValue", `the array index ${index} is too far beyond the end`);
      while (container.length < index) container.push(null);
      if (last) container[index] = value;
      else if (container[index] === undefined) container[index] = {};
      container = container[index];
    } else {
      throw new CommandError(
        "PathNotViable",
        `Cannot create field '${part}' in element {${path[depth - 1]}: ${describe(container)}}`,
      );
    }
  }
}

/** Removes the value at a concrete path; an array element becomes null, so that the others keep their place. */
export function removePath(document: Document, path: readonly string[]): void {
  const container = readPath(document, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (Array.isArray(container)) {
    if (isIndex(last) && Number(last) < container.length) container[Number(last)] = null;
  } else if (isDocument(container)) {
    delete container[last];
  }
}

const describe = (value: unknown): string => JSON.stringify(value) ?? String(value);
