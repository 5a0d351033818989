import { CommandError, notSupported } from "./errors.ts";
import { valuesAt } from "./filter/path.ts";
import { compareValues } from "./values/compare.ts";
import { toInteger } from "./values/numbers.ts";
import { type Document, isDocument } from "./values/types.ts";

export interface SortField {
  name: string;
  direction: 1 | -1;
}

/** The fields of a sort specification, in order. */
export function parseSort(sort: Document): SortField[] {
  return Object.entries(sort).map(([name, value]) => {
    if (isDocument(value)) throw notSupported(`Sorting by ${Object.keys(value)[0] ?? "an expression"}`);
    const direction = toInteger(value);
    if (direction !== 1 && direction !== -1) {
      throw new CommandError(
        "BadValue",
        `$sort key ordering must be 1 (for ascending) or -1 (for descending): ${name}`,
      );
    }
    if (name === "" || name.startsWith("$")) throw new CommandError("BadValue", `cannot sort by the field '${name}'`);
    return { name, direction };
  });
}

/** Compares documents; of an array counts its least element when ascending, its greatest when descending. */
export function sorter(fields: readonly SortField[]): (documents: readonly Document[]) => Document[] {
  const paths = fields.map(({ name, direction }) => ({ path: name.split("."), direction }));
  return (documents) =>
    documents
      .map((document) => ({ document, keys: paths.map(({ path, direction }) => sortKey(document, path, direction)) }))
      .sort((a, b) => {
        for (const [i, { direction }] of paths.entries()) {
          const order = compareSortKeys(a.keys[i], b.keys[i]);
          if (order !== 0) return order * direction;
        }
        return 0;
      })
      .map(({ document }) => document);
}

function sortKey(document: Document, path: readonly string[], direction: 1 | -1): unknown {
  const { values } = valuesAt(document, path);
  return values.reduce((best, value) => (compareSortKeys(value, best) * direction < 0 ? value : best));
}

/** An empty array sorts before null. */
function compareSortKeys(a: unknown, b: unknown): number {
  const [emptyA, emptyB] = [isEmptyArray(a), isEmptyArray(b)];
  if (!emptyA && !emptyB) return compareValues(a, b);
  if (emptyA && emptyB) return 0;
  const nothingBelow = compareValues(emptyA ? b : a, null) >= 0; // only MinKey is less
  return (emptyA ? -1 : 1) * (nothingBelow ? 1 : -1);
}

const isEmptyArray = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
