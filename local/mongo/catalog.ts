import { Int32 } from "bson";
import { Collection } from "./collection.ts";
import { CommandError } from "./errors.ts";
import { compileIndex, type Index } from "./indexes.ts";
import type { Storage } from "./storage.ts";
import { decode, encode } from "./values/bson.ts";
import { equalValues } from "./values/compare.ts";
import type { Document } from "./values/types.ts";

const ID_INDEX: Document = { v: new Int32(2), key: { _id: new Int32(1) }, name: "_id_" };

/** The databases and their collections, in memory as the storage has them. */
export class Catalog {
  readonly #storage: Storage;
  #collections = new Map<string, { db: string; name: string; collection: Collection }>();

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#load();
  }

  /** Runs writes in one transaction; if it fails, what is in memory goes back to what is stored. */
  transaction<T>(work: () => T): T {
    try {
      return this.#storage.transaction(work);
    } catch (error) {
      this.#load();
      throw error;
    }
  }

  #load(): void {
    this.#collections = new Map();
    for (const { id, db, name } of this.#storage.collections()) {
      const indexes = this.#storage
        .indexes(id)
        .map((index) => asIdIndex(compileIndex(decode(index.specification), index)));
      this.#add(db, name, new Collection(this.#storage, id, `${db}.${name}`, indexes));
    }
  }

  #add(db: string, name: string, collection: Collection): Collection {
    this.#collections.set(collection.namespace, { db, name, collection });
    return collection;
  }

  find(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`)?.collection;
  }

  require(db: string, name: string): Collection {
    const collection = this.find(db, name);
    if (collection) return collection;
    throw new CommandError("NamespaceNotFound", `ns not found: ${db}.${name}`);
  }

  /** The collection, made if it is not there: writing to one is enough to create it. */
  ensure(db: string, name: string): Collection {
    return this.find(db, name) ?? this.create(db, name);
  }

  create(db: string, name: string): Collection {
    rejectInvalidName(db, name);
    if (this.find(db, name)) throw new CommandError("NamespaceExists", `Collection ${db}.${name} already exists.`);
    const id = this.#storage.createCollection(db, name);
    const collection = this.#add(db, name, new Collection(this.#storage, id, `${db}.${name}`, []));
    this.#addIndex(collection, ID_INDEX);
    return collection;
  }

  drop(db: string, name: string): Collection {
    const collection = this.require(db, name);
    this.#storage.dropCollection(collection.id);
    this.#collections.delete(collection.namespace);
    return collection;
  }

  collectionNames(db: string): string[] {
    return [...this.#collections.values()].filter((entry) => entry.db === db).map(({ name }) => name);
  }

  databaseNames(): string[] {
    return [...new Set([...this.#collections.values()].map(({ db }) => db))].toSorted();
  }

  /** Creates an index; returns false if the very same one is there. Throws 85 or 86 if a different one stands in its way. */
  createIndex(collection: Collection, source: Document): boolean {
    const { ns, background, ...rest } = source; // obsolete, and without effect
    const specification: Document = { v: new Int32(2), ...rest };
    const wanted = compileIndex(specification, { id: 0, multikey: false });
    for (const existing of collection.indexes) {
      const sameKey = equalValues(existing.specification.key, specification.key);
      const sameName = existing.name === wanted.name;
      if (!sameKey && !sameName) continue;
      if (existing.name === "_id_" && sameKey) return false;
      if (sameKey && sameName && sameOptions(existing, wanted)) return false;
      if (sameName) {
        throw new CommandError(
          "IndexKeySpecsConflict",
          `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts: ${wanted.name}`,
        );
      }
      if (!samePartial(existing, wanted)) continue;
      throw new CommandError(
        "IndexOptionsConflict",
        `Index already exists with a different name or different options: ${existing.name}`,
      );
    }
    this.#addIndex(collection, specification);
    return true;
  }

  #addIndex(collection: Collection, specification: Document): void {
    const id = this.#storage.createIndex(collection.id, encode(specification));
    const index = asIdIndex(compileIndex(specification, { id, multikey: false }));
    collection.buildIndex(index);
    collection.indexes = [...collection.indexes, index];
  }

  dropIndexes(collection: Collection, drop: readonly Index[]): void {
    for (const index of drop) this.#storage.dropIndex(index.id);
    collection.indexes = collection.indexes.filter((index) => !drop.includes(index));
  }

  /** Deletes the documents whose TTL is over, in all collections. */
  deleteExpired(now: number): void {
    for (const { collection } of this.#collections.values()) {
      if (collection.indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== undefined)) {
        this.transaction(() => collection.deleteExpired(now));
      }
    }
  }
}

/** The index on `_id` is unique without saying so. */
function asIdIndex(index: Index): Index {
  return index.name === "_id_" ? { ...index, unique: true } : index;
}

function sameOptions(a: Index, b: Index): boolean {
  return (
    a.unique === b.unique && a.sparse === b.sparse && a.expireAfterSeconds === b.expireAfterSeconds && samePartial(a, b)
  );
}

function samePartial(a: Index, b: Index): boolean {
  return equalValues(a.partial?.source, b.partial?.source);
}

function rejectInvalidName(db: string, name: string): void {
  if (name === "" || name.startsWith(".") || name.endsWith(".") || /[$\0]/.test(name) || name.startsWith("system.")) {
    throw new CommandError("InvalidNamespace", `Invalid collection name: ${db}.${name}`);
  }
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(db))
    throw new CommandError("InvalidNamespace", `Invalid database name: '${db}'`);
}
