import { CommandError, notSupported } from "./errors.ts";
import { compileFilter, type Filter } from "./filter/filter.ts";
import { valuesAt } from "./filter/path.ts";
import { EMPTY_ARRAY_KEY, inverted, valueKey } from "./values/key.ts";
import { isNumeric, toInteger, toNumber } from "./values/numbers.ts";
import { type Document, isDocument } from "./values/types.ts";

/** A declared index, ready to make keys. */
export interface Index {
  /** The row in storage. */
  id: number;
  name: string;
  /** As `createIndexes` gave it, with `v`: what `listIndexes` answers. */
  specification: Document;
  fields: readonly IndexField[];
  unique: boolean;
  sparse: boolean;
  /** Only documents that match are in the index. */
  partial: { source: Document; matches: Filter } | undefined;
  expireAfterSeconds: number | undefined;
  /** Whether some document ever had an array in an indexed field, and so more than one key. */
  multikey: boolean;
}

export interface IndexField {
  name: string;
  path: readonly string[];
  direction: 1 | -1;
}

const OPTIONS = new Set([
  "v",
  "key",
  "name",
  "ns",
  "unique",
  "sparse",
  "partialFilterExpression",
  "expireAfterSeconds",
  "background",
]);

/** Checks an index specification and compiles it. Special kinds (text, geo, hashed, wildcard) are NotImplemented. */
export function compileIndex(specification: Document, stored: { id: number; multikey: boolean }): Index {
  const { key, name, partialFilterExpression, expireAfterSeconds } = specification;
  if (!isDocument(key) || Object.keys(key).length === 0)
    throw new CommandError("CannotCreateIndex", "Index keys cannot be an empty object");
  if (typeof name !== "string" || name === "")
    throw new CommandError("FailedToParse", "The index needs a 'name', a string");
  for (const option of Object.keys(specification)) {
    if (option === "hidden" || option === "collation" || !OPTIONS.has(option))
      throw notSupported(`The index option ${option}`);
  }
  if (partialFilterExpression !== undefined && !isDocument(partialFilterExpression)) {
    throw new CommandError("CannotCreateIndex", "'partialFilterExpression' must be an object");
  }
  const fields = Object.entries(key).map(([path, kind]) => indexField(path, kind));
  const seconds = expireAfterSeconds === undefined ? undefined : expirySeconds(expireAfterSeconds, fields);
  return {
    ...stored,
    name,
    specification,
    fields,
    unique: isSet(specification.unique),
    sparse: isSet(specification.sparse),
    partial: partialFilterExpression && {
      source: partialFilterExpression,
      matches: compileFilter(partialFilterExpression),
    },
    expireAfterSeconds: seconds,
  };
}

const isSet = (value: unknown): boolean => value === true || (isNumeric(value) && toNumber(value) !== 0);

function indexField(name: string, kind: unknown): IndexField {
  if (typeof kind === "string") throw notSupported(`A '${kind}' index`);
  if (name.includes("$")) throw notSupported(`An index on '${name}'`);
  const direction = isNumeric(kind) ? toNumber(kind) : 0;
  if (direction === 0 || Number.isNaN(direction) || name === "" || name.split(".").includes("")) {
    throw new CommandError("CannotCreateIndex", `The index key '${name}' must be a field name with 1 or -1`);
  }
  return { name, path: name.split("."), direction: direction > 0 ? 1 : -1 };
}

function expirySeconds(value: unknown, fields: readonly IndexField[]): number {
  const seconds = toInteger(value);
  if (seconds === undefined || seconds < 0 || seconds > 2 ** 31 - 1) {
    throw new CommandError(
      "CannotCreateIndex",
      "TTL index 'expireAfterSeconds' must be a whole number from 0 to 2147483647",
    );
  }
  if (fields.length !== 1 || fields[0]?.name === "_id") {
    throw new CommandError("CannotCreateIndex", "TTL indexes are single-field indexes, and not on _id");
  }
  return seconds;
}

/** The keys under which a document stands in the index (none if the index leaves it out). */
export function indexKeys(index: Index, document: Document): { keys: Buffer[]; multikey: boolean } {
  if (index.partial && !index.partial.matches(document)) return { keys: [], multikey: false };
  const columns = index.fields.map((field) => valuesAt(document, field.path));
  if (index.sparse && columns.every(({ values }) => values.every((value) => value === undefined)))
    return { keys: [], multikey: false };
  rejectParallelArrays(
    index,
    document,
    index.fields.filter((_, i) => columns[i]?.multikey),
  );
  const keys = columns.reduce<Buffer[]>(
    (prefixes, { values }, i) => {
      const encoded = values.map((value) => fieldKey(value, index.fields[i]?.direction ?? 1));
      return prefixes.flatMap((prefix) => encoded.map((key) => Buffer.concat([prefix, key])));
    },
    [Buffer.alloc(0)],
  );
  return {
    keys: [...new Map(keys.map((key) => [key.toString("latin1"), key])).values()],
    multikey: columns.some(({ multikey }) => multikey),
  };
}

/** At most one array may be indexed: several fields below it get a key for every combination, which can't be unique. */
function rejectParallelArrays(index: Index, document: Document, arrays: readonly IndexField[]): void {
  if (arrays.length < 2) return;
  const [root = ""] = arrays[0]?.path ?? [];
  if (!Array.isArray(document[root]) || arrays.some(({ path }) => path[0] !== root)) {
    throw new CommandError(
      "CannotIndexParallelArrays",
      `cannot index parallel arrays [${arrays.map(({ name }) => name).join("] [")}] in index ${index.name}`,
    );
  }
  if (index.unique) throw notSupported("A unique index on several fields of the elements of an array");
}

/** The bytes of one field in a key, turned round if the field descends. */
export function fieldKey(value: unknown, direction: 1 | -1): Buffer {
  const key = Array.isArray(value) && value.length === 0 ? EMPTY_ARRAY_KEY : valueKey(value);
  return direction === 1 ? key : inverted(key);
}

/** MongoDB's E11000, which drivers and mongoose tell apart by its code, `keyPattern` and `keyValue`. */
export function duplicateKey(namespace: string, index: Index, document: Document): CommandError {
  const entries = index.fields.map(({ name, path }) => [name, valuesAt(document, path).values[0] ?? null] as const);
  const shown = entries.map(([name, value]) => `${name}: ${show(value)}`).join(", ");
  return new CommandError(
    "DuplicateKey",
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown} }`,
    {
      details: { keyPattern: index.specification.key, keyValue: Object.fromEntries(entries) },
    },
  );
}

function show(value: unknown): string {
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (typeof value === "object" && value !== null && "toHexString" in value) return `ObjectId('${String(value)}')`;
  return isNumeric(value) ? String(value) : JSON.stringify(value);
}
