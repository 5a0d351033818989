import { Int32 } from "bson";
import { Arguments } from "../arguments.ts";
import type { Collection, Found } from "../collection.ts";
import { CommandError } from "../errors.ts";
import { compileFilter } from "../filter/filter.ts";
import { compileProjection } from "../projection.ts";
import { compileUpdate } from "../update/update.ts";
import type { Document } from "../values/types.ts";
import { type Command, collectionName, rejectCollation } from "./command.ts";

/** What MongoDB takes in one write command. */
const MAX_STATEMENTS = 100_000;

/** Runs the statements of a write command; a failed one is reported by its index, and ends an ordered command. */
function runStatements<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): Document {
  if (statements.length < 1 || statements.length > MAX_STATEMENTS) {
    throw new CommandError(
      "BadValue",
      `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${statements.length} operations.`,
    );
  }
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({
        index: new Int32(index),
        code: new Int32(error.code),
        ...error.details,
        errmsg: error.message,
      });
      if (ordered) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

const insert: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("documents", "ordered", "bypassDocumentValidation");
  const documents = args.documents("documents");
  const collection = catalog.ensure(db, collectionName(context));
  let n = 0;
  const errors = runStatements(documents, args.boolean("ordered", true), (document) => {
    collection.insert(document);
    n++;
  });
  return { n: new Int32(n), ...errors };
};

const update: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("updates", "ordered", "bypassDocumentValidation");
  const name = collectionName(context);
  const upserted: Document[] = [];
  let matched = 0;
  let modified = 0;
  const errors = runStatements(args.documents("updates"), args.boolean("ordered", true), (statement, index) => {
    const part = new Arguments("update.updates", statement).only(
      "q",
      "u",
      "upsert",
      "multi",
      "arrayFilters",
      "hint",
      "collation",
      "sort",
    );
    rejectCollation(part.optionalDocument("collation"));
    const [filter, multi] = [part.document("q"), part.boolean("multi", false)];
    const change = compileUpdate(part.value("u"), part.optionalArray("arrayFilters"));
    if (multi && change.kind === "replacement")
      throw new CommandError("FailedToParse", "multi update is not supported for replacement-style update");
    if (multi && part.has("sort")) throw new CommandError("FailedToParse", "Cannot specify sort with multi=true");
    const upsert = part.boolean("upsert", false);
    const collection = upsert ? catalog.ensure(db, name) : catalog.find(db, name);
    compileFilter(filter); // a bad filter is an error even if there is no such collection
    if (!collection) return;
    const found = collection.find(filter, { sort: part.optionalDocument("sort") ?? {}, limit: multi ? 0 : 1 });
    for (const document of found) {
      if (collection.update(document, change).modified) modified++;
      matched++;
    }
    if (found.length === 0 && upsert) {
      upserted.push({ index: new Int32(index), _id: collection.upsert(filter, change)._id });
    }
  });
  return {
    n: new Int32(matched + upserted.length),
    nModified: new Int32(modified),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...errors,
  };
};

const remove: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("deletes", "ordered");
  const collection = catalog.find(db, collectionName(context));
  let n = 0;
  const errors = runStatements(args.documents("deletes"), args.boolean("ordered", true), (statement) => {
    const part = new Arguments("delete.deletes", statement).only("q", "limit", "hint", "collation");
    rejectCollation(part.optionalDocument("collation"));
    const [filter, limit] = [part.document("q"), part.count("limit", -1)];
    if (limit !== 0 && limit !== 1)
      throw new CommandError("FailedToParse", "The limit field in delete objects must be 0 or 1.");
    compileFilter(filter);
    for (const found of collection?.find(filter, { limit }) ?? []) {
      collection?.delete(found);
      n++;
    }
  });
  return { n: new Int32(n), ...errors };
};

const findAndModify: Command = (context) => {
  const { args, catalog, db } = context;
  args.only(
    "query",
    "sort",
    "remove",
    "update",
    "new",
    "fields",
    "upsert",
    "arrayFilters",
    "hint",
    "collation",
    "bypassDocumentValidation",
  );
  rejectCollation(args.optionalDocument("collation"));
  const filter = args.optionalDocument("query") ?? {};
  const project = compileProjection(args.optionalDocument("fields"));
  const [removes, returnsNew, upsert] = [
    args.boolean("remove", false),
    args.boolean("new", false),
    args.boolean("upsert", false),
  ];
  if (removes && (args.has("update") || returnsNew || upsert)) {
    throw new CommandError("FailedToParse", "Cannot specify both an update, new or upsert and remove=true");
  }
  const collection = catalog.ensure(db, collectionName(context));
  const [found] = collection.find(filter, { sort: args.optionalDocument("sort") ?? {}, limit: 1 });
  if (removes) return removeFound(collection, found, project);
  if (!args.has("update")) throw new CommandError("FailedToParse", "Either an update or remove=true must be specified");
  const change = compileUpdate(args.value("update"), args.optionalArray("arrayFilters"));
  if (found) {
    const { document } = collection.update(found, change);
    const shown = returnsNew ? project(document, found.details) : project(found.document, found.details);
    return { lastErrorObject: { n: new Int32(1), updatedExisting: true }, value: shown };
  }
  if (!upsert) return { lastErrorObject: { n: new Int32(0), updatedExisting: false }, value: null };
  const inserted = collection.upsert(filter, change);
  return {
    lastErrorObject: { n: new Int32(1), updatedExisting: false, upserted: inserted._id },
    value: returnsNew ? project(inserted) : null,
  };
};

function removeFound(
  collection: Collection,
  found: Found | undefined,
  project: ReturnType<typeof compileProjection>,
): Document {
  if (!found) return { lastErrorObject: { n: new Int32(0) }, value: null };
  collection.delete(found);
  return { lastErrorObject: { n: new Int32(1) }, value: project(found.document, found.details) };
}

export const WRITE_COMMANDS: Record<string, Command> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};
