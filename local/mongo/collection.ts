import { ObjectId } from "bson";
import { CommandError } from "./errors.ts";
import { compileFilter } from "./filter/filter.ts";
import type { MatchDetails } from "./filter/path.ts";
import { duplicateKey, fieldKey, type Index, indexKeys } from "./indexes.ts";
import { choosePlan, type Plan } from "./plan.ts";
import { parseSort, sorter } from "./sort.ts";
import type { Storage, StoredDocument } from "./storage.ts";
import { type Update, upsertBase } from "./update/update.ts";
import { decode, encodeStored } from "./values/bson.ts";
import { compareValues } from "./values/compare.ts";
import { typePrefix } from "./values/key.ts";
import { type Document, typeOf } from "./values/types.ts";

/** A document that a filter matched. */
export interface Found {
  id: number;
  bson: Uint8Array;
  document: Document;
  details: MatchDetails;
}

export interface FindOptions {
  sort?: Document;
  skip?: number;
  /** 0: no limit. */
  limit?: number;
}

/**
 * The documents of one collection. Nothing here waits, so that commands never interleave; the caller wraps writes in a
 * storage transaction.
 */
export class Collection {
  readonly id: number;
  readonly namespace: string;
  readonly #storage: Storage;
  indexes: Index[];

  constructor(storage: Storage, id: number, namespace: string, indexes: Index[]) {
    this.#storage = storage;
    this.id = id;
    this.namespace = namespace;
    this.indexes = indexes;
  }

  count(): number {
    return this.#storage.countDocuments(this.id);
  }

  find(filter: Document, options: FindOptions = {}): Found[] {
    const { sort = {}, skip = 0, limit = 0 } = options;
    const { $natural: natural, ...keys } = sort;
    const fields = parseSort(keys);
    const plan = natural === undefined ? choosePlan(this.indexes, filter, fields) : undefined;
    const reverse = natural !== undefined && parseSort({ natural })[0]?.direction === -1;
    const inOrder = fields.length === 0 || plan?.sorted === true;
    const end = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
    const found: Found[] = [];
    const matches = compileFilter(filter);
    if (inOrder && end === 0) return found;
    for (const { id, bson } of this.#candidates(plan, reverse)) {
      const document = decode(bson);
      const details: MatchDetails = {};
      if (matches(document, details)) found.push({ id, bson, document, details });
      if (inOrder && found.length >= end) break;
    }
    return (inOrder ? found : sortFound(found, sorter(fields))).slice(skip, end);
  }

  *#candidates(plan: Plan | undefined, reverse: boolean): Generator<StoredDocument> {
    if (!plan) {
      yield* this.#storage.scan(this.id, reverse);
      return;
    }
    const several = plan.ranges.length > 1 || plan.index.multikey;
    const seen = new Set<number>();
    for (const range of plan.ranges) {
      for (const candidate of this.#storage.scanIndex(plan.index.id, range, plan.reverse)) {
        if (several && seen.has(candidate.id)) continue;
        if (several) seen.add(candidate.id);
        yield candidate;
      }
    }
  }

  /** Inserts a document, with an `_id` put first, made up if there is none. */
  insert(document: Document): Document {
    const { _id = new ObjectId(), ...rest } = document;
    const complete = { _id, ...rest };
    rejectInvalidId(_id);
    const bson = encodeStored(complete);
    const entries = this.#checkedEntries(complete, 0);
    const id = this.#storage.insertDocument(this.id, bson);
    for (const { index, keys } of entries) for (const key of keys) this.#storage.addEntry(index.id, key, id);
    return complete;
  }

  /** Applies an update to a document that was found; `modified` is false if its bytes stay the same. */
  update(found: Found, update: Update): { document: Document; modified: boolean } {
    const { arrayIndex } = found.details;
    const updated = update.apply(decode(found.bson), { arrayIndex, inserting: false });
    rejectChangedId(found.document, updated);
    const complete = "_id" in updated ? { _id: updated._id, ...updated } : { _id: found.document._id, ...updated };
    const bson = encodeStored(complete);
    if (Buffer.compare(bson, found.bson) === 0) return { document: found.document, modified: false };
    const entries = this.#checkedEntries(complete, found.id);
    this.#removeEntries(found);
    this.#storage.replaceDocument(found.id, bson);
    for (const { index, keys } of entries) for (const key of keys) this.#storage.addEntry(index.id, key, found.id);
    return { document: complete, modified: true };
  }

  /** Inserts what an update makes of the values that the filter demands. */
  upsert(filter: Document, update: Update): Document {
    const base = upsertBase(filter, update.kind);
    const demanded = base._id;
    const document = update.apply(base, { arrayIndex: undefined, inserting: true });
    if (demanded !== undefined) rejectChangedId({ _id: demanded }, document);
    return this.insert(document);
  }

  delete(found: Found): void {
    this.#removeEntries(found);
    this.#storage.deleteDocument(found.id);
  }

  /** Deletes the documents whose time under a TTL index is over; returns how many. */
  deleteExpired(now: number): number {
    let deleted = 0;
    for (const index of this.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      const direction = index.fields[0]?.direction ?? 1;
      const limit = new Date(now - index.expireAfterSeconds * 1000);
      const [oldest, newest] = [typeKey(limit, direction), fieldKey(limit, direction)];
      const range = direction === 1 ? { low: oldest, high: newest } : { low: newest, high: oldest };
      const expired = [...this.#storage.scanIndex(index.id, range)];
      for (const [id, bson] of new Map(expired.map((stored) => [stored.id, stored.bson]))) {
        this.delete({ id, bson, document: decode(bson), details: {} });
        deleted++;
      }
    }
    return deleted;
  }

  /** Fills a new index from the documents. Throws DuplicateKey if a unique one can't be. */
  buildIndex(index: Index): void {
    for (const { id, bson } of [...this.#storage.scan(this.id)]) {
      const document = decode(bson);
      for (const key of this.#checkedKeys(index, document, id)) this.#storage.addEntry(index.id, key, id);
    }
  }

  /** All keys of the document, before anything is written: a violation leaves no trace. */
  #checkedEntries(document: Document, self: number): { index: Index; keys: Buffer[] }[] {
    return this.indexes.map((index) => ({ index, keys: this.#checkedKeys(index, document, self) }));
  }

  #checkedKeys(index: Index, document: Document, self: number): Buffer[] {
    const { keys, multikey } = indexKeys(index, document);
    if (index.unique && keys.some((key) => this.#storage.holderOf(index.id, key, self) !== undefined)) {
      throw duplicateKey(this.namespace, index, document);
    }
    if (multikey) {
      this.#storage.setMultikey(index.id);
      index.multikey = true;
    }
    return keys;
  }

  #removeEntries({ id, document }: Found): void {
    for (const index of this.indexes) {
      for (const key of indexKeys(index, document).keys) this.#storage.removeEntry(index.id, key, id);
    }
  }
}

function typeKey(value: unknown, direction: 1 | -1): Buffer {
  const prefix = typePrefix(value);
  return direction === 1 ? prefix : Buffer.from(prefix.map((byte) => 255 - byte));
}

function sortFound(found: readonly Found[], sort: (documents: readonly Document[]) => Document[]): Found[] {
  const byDocument = new Map(found.map((item) => [item.document, item]));
  return sort(found.map(({ document }) => document)).flatMap((document) => byDocument.get(document) ?? []);
}

function rejectInvalidId(id: unknown): void {
  const type = typeOf(id);
  if (type === "array" || type === "regex")
    throw new CommandError("InvalidIdField", `The '_id' value cannot be of type ${type}`);
}

/** The `_id` may not change, not even its type (1 and 1.0 are equal, but not the same). */
function rejectChangedId(before: Document, after: Document): void {
  if (!("_id" in after)) return;
  const same = compareValues(before._id, after._id) === 0 && typeOf(before._id) === typeOf(after._id);
  if (same) return;
  throw new CommandError(
    "ImmutableField",
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}
