import { Int32 } from "bson";
import { CommandError, notSupported } from "../errors.ts";
import { compileFilter } from "../filter/filter.ts";
import type { Index } from "../indexes.ts";
import { equalValues } from "../values/compare.ts";
import { fromNumber } from "../values/numbers.ts";
import { type Document, isDocument } from "../values/types.ts";
import { type Command, collectionName, rejectCollation } from "./command.ts";

const create: Command = (context) => {
  const { args, catalog, db } = context;
  // Capped, time series, views, validators and clustered collections are refused by not being listed here.
  args.only("collation", "autoIndexId");
  rejectCollation(args.optionalDocument("collation"));
  catalog.create(db, collectionName(context));
  return {};
};

const drop: Command = (context) => {
  const { args, catalog, db } = context;
  args.only();
  const collection = catalog.drop(db, collectionName(context));
  return { nIndexesWas: new Int32(collection.indexes.length), ns: collection.namespace };
};

const dropDatabase: Command = ({ args, catalog, db }) => {
  args.only();
  for (const name of catalog.collectionNames(db)) catalog.drop(db, name);
  return { dropped: db };
};

const listCollections: Command = ({ args, catalog, cursors, db }) => {
  args.only("filter", "nameOnly", "authorizedCollections", "cursor");
  const matches = compileFilter(args.optionalDocument("filter") ?? {});
  const collections = catalog
    .collectionNames(db)
    .map((name) => ({ name, type: "collection", options: {}, info: { readOnly: false } }));
  return {
    cursor: cursors.open(
      `${db}.$cmd.listCollections`,
      collections.filter((entry) => matches(entry)),
      Number.POSITIVE_INFINITY,
      true,
    ),
  };
};

const listDatabases: Command = ({ args, catalog }) => {
  args.only("filter", "nameOnly", "authorizedDatabases");
  const matches = compileFilter(args.optionalDocument("filter") ?? {});
  const databases = catalog.databaseNames().map((name) => ({ name, sizeOnDisk: fromNumber(0), empty: false }));
  return { databases: databases.filter((entry) => matches(entry)), totalSize: fromNumber(0) };
};

const createIndexes: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("indexes", "commitQuorum");
  const specifications = args.documents("indexes");
  if (specifications.length === 0) throw new CommandError("BadValue", "Must specify at least one index to create");
  const name = collectionName(context);
  const createdCollectionAutomatically = catalog.find(db, name) === undefined;
  const collection = catalog.ensure(db, name);
  const before = collection.indexes.length;
  for (const specification of specifications) catalog.createIndex(collection, specification);
  const after = collection.indexes.length;
  return {
    numIndexesBefore: new Int32(before),
    numIndexesAfter: new Int32(after),
    createdCollectionAutomatically,
    ...(before === after ? { note: "all indexes already exist" } : {}),
  };
};

const listIndexes: Command = (context) => {
  const { args, catalog, cursors, db } = context;
  args.only("cursor");
  const collection = catalog.require(db, collectionName(context));
  const specifications = collection.indexes.map(({ specification }) => specification);
  return { cursor: cursors.open(collection.namespace, specifications, Number.POSITIVE_INFINITY, true) };
};

const dropIndexes: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("index");
  const collection = catalog.require(db, collectionName(context));
  const dropped = indexesToDrop(collection.indexes, args.value("index"));
  const nIndexesWas = new Int32(collection.indexes.length);
  catalog.dropIndexes(collection, dropped);
  return { nIndexesWas };
};

function indexesToDrop(indexes: readonly Index[], wanted: unknown): Index[] {
  if (wanted === "*") return indexes.filter(({ name }) => name !== "_id_");
  const list = Array.isArray(wanted) ? wanted : [wanted];
  return list.map((item) => {
    const index = indexes.find(
      ({ name, specification }) => name === item || (isDocument(item) && equalValues(specification.key, item)),
    );
    if (index?.name === "_id_") throw new CommandError("InvalidOptions", "cannot drop _id index");
    if (index) return index;
    throw new CommandError(
      "IndexNotFound",
      `index not found with name [${isDocument(item) ? JSON.stringify(item) : String(item)}]`,
    );
  });
}

const UNSUPPORTED = [
  "renameCollection",
  "collMod",
  "bulkWrite",
  "mapReduce",
  "createUser",
  "usersInfo",
  "serverStatus",
  "dbStats",
  "collStats",
  "validate",
  "currentOp",
  "createSearchIndexes",
];

function refuse(name: string): Command {
  return (): Document => {
    throw notSupported(`The command ${name}`);
  };
}

export const ADMIN_COMMANDS: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  ...Object.fromEntries(UNSUPPORTED.map((name) => [name, refuse(name)])),
};
