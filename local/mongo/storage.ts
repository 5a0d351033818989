import { DatabaseSync, type StatementSync } from "node:sqlite";
import { MongoStorageError } from "./errors.ts";

/** The format of the file; a file with a greater number was written by a newer version. */
const FORMAT = 1;

// Documents are kept as BSON. An index is a set of (key, document) pairs whose keys sort bytewise as MongoDB sorts values.
const SCHEMA = `
  CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (db, name));
  CREATE TABLE indexes (
    id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, specification BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, bson BLOB NOT NULL);
  CREATE INDEX documents_by_collection ON documents (collection, id);
  CREATE TABLE entries (
    index_id INTEGER NOT NULL, key BLOB NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (index_id, key, document)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};
`;

export interface StoredDocument {
  id: number;
  bson: Uint8Array;
}

/** Keys from `low` on, up to and with all that start with `high`. */
export interface KeyRange {
  low: Uint8Array;
  high: Uint8Array;
}

/** The SQLite file: collections, index specifications, documents and index entries, as bytes. */
export class Storage {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#database = openFile(file);
  }

  /** Runs `work` in one transaction: all of its writes survive a crash, or none. */
  transaction<T>(work: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  collections(): { id: number; db: string; name: string }[] {
    return this.#prepare("SELECT id, db, name FROM collections ORDER BY id")
      .all()
      .map((row) => ({ id: Number(row.id), db: String(row.db), name: String(row.name) }));
  }

  createCollection(db: string, name: string): number {
    return Number(this.#prepare("INSERT INTO collections (db, name) VALUES (?, ?)").run(db, name).lastInsertRowid);
  }

  dropCollection(id: number): void {
    this.#prepare("DELETE FROM entries WHERE index_id IN (SELECT id FROM indexes WHERE collection = ?)").run(id);
    this.#prepare("DELETE FROM indexes WHERE collection = ?").run(id);
    this.#prepare("DELETE FROM documents WHERE collection = ?").run(id);
    this.#prepare("DELETE FROM collections WHERE id = ?").run(id);
  }

  indexes(collection: number): { id: number; specification: Uint8Array; multikey: boolean }[] {
    return this.#prepare("SELECT id, specification, multikey FROM indexes WHERE collection = ? ORDER BY id")
      .all(collection)
      .map((row) => ({ id: Number(row.id), specification: bytes(row.specification), multikey: row.multikey === 1 }));
  }

  createIndex(collection: number, specification: Uint8Array): number {
    const insert = this.#prepare("INSERT INTO indexes (collection, specification) VALUES (?, ?)");
    return Number(insert.run(collection, specification).lastInsertRowid);
  }

  /** Notes for good that a document had an array in an indexed field. */
  setMultikey(index: number): void {
    this.#prepare("UPDATE indexes SET multikey = 1 WHERE id = ? AND multikey = 0").run(index);
  }

  dropIndex(id: number): void {
    this.#prepare("DELETE FROM entries WHERE index_id = ?").run(id);
    this.#prepare("DELETE FROM indexes WHERE id = ?").run(id);
  }

  insertDocument(collection: number, bson: Uint8Array): number {
    return Number(
      this.#prepare("INSERT INTO documents (collection, bson) VALUES (?, ?)").run(collection, bson).lastInsertRowid,
    );
  }

  replaceDocument(id: number, bson: Uint8Array): void {
    this.#prepare("UPDATE documents SET bson = ? WHERE id = ?").run(bson, id);
  }

  deleteDocument(id: number): void {
    this.#prepare("DELETE FROM documents WHERE id = ?").run(id);
  }

  countDocuments(collection: number): number {
    return Number(this.#prepare("SELECT count(*) AS n FROM documents WHERE collection = ?").get(collection)?.n);
  }

  addEntry(index: number, key: Uint8Array, document: number): void {
    this.#prepare("INSERT OR IGNORE INTO entries (index_id, key, document) VALUES (?, ?, ?)").run(index, key, document);
  }

  removeEntry(index: number, key: Uint8Array, document: number): void {
    this.#prepare("DELETE FROM entries WHERE index_id = ? AND key = ? AND document = ?").run(index, key, document);
  }

  /** A document other than `except` that has exactly this key. */
  holderOf(index: number, key: Uint8Array, except: number): number | undefined {
    const row = this.#prepare(
      "SELECT document FROM entries WHERE index_id = ? AND key = ? AND document <> ? LIMIT 1",
    ).get(index, key, except);
    return row ? Number(row.document) : undefined;
  }

  /** All documents of a collection in the order of their insertion. The caller must not write while it iterates. */
  *scan(collection: number, reverse = false): Generator<StoredDocument> {
    const order = reverse ? "DESC" : "ASC";
    const statement = this.#database.prepare(
      `SELECT id, bson FROM documents WHERE collection = ? ORDER BY id ${order}`,
    );
    for (const row of statement.iterate(collection)) yield { id: Number(row.id), bson: bytes(row.bson) };
  }

  /** The documents whose keys are in the range, in the order of the keys. The caller must not write while it iterates. */
  *scanIndex(index: number, range: KeyRange, reverse = false): Generator<StoredDocument> {
    const after = successor(range.high);
    const order = reverse ? "DESC" : "ASC";
    // CROSS JOIN fixes the order: entries first, then their documents.
    const statement = this.#database.prepare(
      `SELECT d.id, d.bson FROM entries e CROSS JOIN documents d ON d.id = e.document
       WHERE e.index_id = ? AND e.key >= ? ${after ? "AND e.key < ?" : ""} ORDER BY e.key ${order}, e.document ${order}`,
    );
    for (const row of statement.iterate(index, range.low, ...(after ? [after] : []))) {
      yield { id: Number(row.id), bson: bytes(row.bson) };
    }
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** The least byte string after everything that starts with `prefix`; undefined if there is none. */
function successor(prefix: Uint8Array): Uint8Array | undefined {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 255) end--;
  if (end === 0) return undefined;
  const after = Uint8Array.from(prefix.subarray(0, end));
  after[end - 1] = (after[end - 1] ?? 0) + 1;
  return after;
}

function bytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new MongoStorageError(
    "corrupt",
    "The embedded database holds a record that is not binary; restore or delete its file.",
  );
}

function openFile(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    // One process owns the file: the lock is taken now and kept, and the system frees it however the process ends.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    // WAL with NORMAL: a commit is in the system's page cache before it is acknowledged, which `kill -9` does not
    // touch. FULL would also outlast a power failure, at an fsync per write; without it such a failure may lose the
    // last commits, but never tears the file. That is the right trade for a database on a laptop.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE; COMMIT");
    const check = String(database.prepare("PRAGMA quick_check(1)").get()?.quick_check);
    if (check !== "ok") throw new MongoStorageError("corrupt", corruptMessage(file, check.replaceAll("\n", " ")));
    const format = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    if (format > FORMAT) {
      throw new MongoStorageError(
        "newer",
        `${file} was written by a newer version; upgrade, or move the file away to start empty.`,
      );
    }
    if (format === 0) database.exec(`BEGIN; ${SCHEMA} COMMIT`);
    return database;
  } catch (error) {
    database?.close();
    throw asStorageError(file, error);
  }
}

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function asStorageError(file: string, error: unknown): MongoStorageError {
  if (error instanceof MongoStorageError) return error;
  const message = error instanceof Error ? error.message.replaceAll("\n", " ") : String(error);
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 255 : 0;
  if (code === SQLITE_BUSY) {
    return new MongoStorageError(
      "locked",
      `${file} is in use by another process; stop that one, or use another data directory.`,
      error,
    );
  }
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB)
    return new MongoStorageError("corrupt", corruptMessage(file, message), error);
  return new MongoStorageError(
    "unusable",
    `${file} can't be opened (${message}); check that its folder exists and can be written.`,
    error,
  );
}

const corruptMessage = (file: string, detail: string): string =>
  `${file} is damaged (${detail}); restore it from a backup, or move it away to start with an empty database.`;
