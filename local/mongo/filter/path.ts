import { type Document, field, isDocument } from "../values/types.ts";

/** Where a filter matched: the index in the outermost array that was passed, which the positional `$` stands for. */
export interface MatchDetails {
  arrayIndex?: number;
}

/** Tests one value; a test that looks into an array itself (`$elemMatch`) tells in `details` which element it was. */
export type ValueTest = (value: unknown, details?: MatchDetails) => boolean;

const isIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/**
 * Whether `test` holds for one of the values that a filter sees at a dotted path: arrays on the way are passed through
 * (every embedded document, and the element at a numeric part); a field that is not there is seen as undefined.
 * With `expand`, an array at the end is seen as each of its elements and then as a whole, else only as a whole.
 */
export function someValueAt(
  document: Document,
  path: readonly string[],
  test: ValueTest,
  expand: boolean,
  details?: MatchDetails,
): boolean {
  return inDocument(document, 0);

  function inDocument(container: Document, depth: number): boolean {
    const value = field(container, path[depth] ?? "");
    if (depth === path.length - 1) return atLeaf(value);
    if (Array.isArray(value)) return inArray(value, depth + 1);
    return isDocument(value) ? inDocument(value, depth + 1) : test(undefined, details);
  }

  function atLeaf(value: unknown): boolean {
    if (expand && Array.isArray(value)) {
      const index = value.findIndex((element) => test(element, details));
      if (index >= 0) return found(index);
    }
    return test(value, details);
  }

  function inArray(array: readonly unknown[], depth: number): boolean {
    const part = path[depth] ?? "";
    const position = isIndex(part) ? Number(part) : -1;
    return array.some((element, index) => {
      if (isDocument(element) && inDocument(element, depth)) return found(index);
      if (index !== position) return false;
      if (depth === path.length - 1) return test(element, details) && found(index);
      if (isDocument(element)) return inDocument(element, depth + 1) && found(index);
      return Array.isArray(element) && inArray(element, depth + 1) && found(index);
    });
  }

  function found(index: number): true {
    if (details) details.arrayIndex = index;
    return true;
  }
}

/**
 * The values that an index or a sort sees at a path: the elements of arrays, an empty array as itself, what is missing
 * as undefined. `multikey` tells that an array was met.
 */
export function valuesAt(document: Document, path: readonly string[]): { values: unknown[]; multikey: boolean } {
  const values: unknown[] = [];
  let multikey = false;
  visit(document, 0);
  return { values, multikey };

  function visit(value: unknown, depth: number): void {
    if (Array.isArray(value)) {
      multikey = true;
      const part = path[depth];
      if (part !== undefined && isIndex(part)) visit(value[Number(part)], depth + 1);
      else if (value.length === 0) values.push(part === undefined ? value : undefined);
      else for (const element of value) depth === path.length ? values.push(element) : visit(element, depth);
    } else if (depth === path.length) {
      values.push(value);
    } else {
      visit(
        isDocument(value) ? field(value, path[depth] ?? "") : undefined,
        isDocument(value) ? depth + 1 : path.length,
      );
    }
  }
}
