import { compilePipeline, type OtherCollection } from "../aggregate/pipeline.ts";
import { notSupported } from "../errors.ts";
import { compileFilter } from "../filter/filter.ts";
import { valuesAt } from "../filter/path.ts";
import { compileProjection } from "../projection.ts";
import { compareValues } from "../values/compare.ts";
import { valueKey } from "../values/key.ts";
import { fromNumber, toInteger } from "../values/numbers.ts";
import { isDocument } from "../values/types.ts";
import { type Command, type Context, collectionName, rejectCollation } from "./command.ts";

const find: Command = (context) => {
  const { args, catalog, cursors, db } = context;
  args.only(
    "filter",
    "projection",
    "sort",
    "skip",
    "limit",
    "batchSize",
    "singleBatch",
    "hint", // the right index is chosen without it
    "collation",
    "allowDiskUse",
    "noCursorTimeout",
  );
  const name = collectionName(context);
  rejectCollation(args.optionalDocument("collation"));
  const filter = args.optionalDocument("filter") ?? {};
  const options = {
    sort: args.optionalDocument("sort") ?? {},
    skip: args.count("skip", 0),
    limit: args.count("limit", 0),
  };
  const project = compileProjection(args.optionalDocument("projection"));
  compileFilter(filter); // a bad filter is an error even if there is no such collection
  const found = catalog.find(db, name)?.find(filter, options) ?? [];
  const documents = found.map(({ document, details }) => project(document, details));
  return { cursor: cursors.open(`${db}.${name}`, documents, batchSize(context), args.boolean("singleBatch", false)) };
};

function batchSize({ args }: Context): number | undefined {
  return args.has("batchSize") ? args.count("batchSize", 0) : undefined;
}

const getMore: Command = (context) => {
  const { args, cursors, db } = context;
  args.only("collection", "batchSize");
  return { cursor: cursors.more(args.value("getMore"), `${db}.${args.string("collection")}`, batchSize(context)) };
};

const killCursors: Command = ({ args, cursors }) => {
  args.only("cursors");
  const killed: unknown[] = [];
  const notFound: unknown[] = [];
  for (const id of args.array("cursors")) (cursors.kill(id) ? killed : notFound).push(id);
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [] };
};

const aggregate: Command = (context) => {
  const { args, catalog, cursors, db } = context;
  args.only("pipeline", "cursor", "allowDiskUse", "hint", "collation", "explain", "bypassDocumentValidation");
  rejectCollation(args.optionalDocument("collation"));
  if (args.boolean("explain", false)) throw notSupported("explain");
  const size = toInteger(args.document("cursor").batchSize);
  const pipeline = args.array("pipeline");
  const other: OtherCollection = (name, filter) =>
    (catalog.find(db, name)?.find(filter) ?? []).map(({ document }) => document);
  const run = compilePipeline(pipeline, other);
  const database = args.value("aggregate");
  if (database !== undefined && typeof database !== "string") {
    throw notSupported("Aggregation on a database instead of a collection");
  }
  const name = collectionName(context);
  // A first $match goes through the indexes; running it again in the pipeline changes nothing.
  const [first] = pipeline;
  const filter = isDocument(first) && isDocument(first.$match) ? first.$match : {};
  return { cursor: cursors.open(`${db}.${name}`, run(other(name, filter)), size, false) };
};

const count: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("query", "limit", "skip", "hint", "collation", "fields");
  rejectCollation(args.optionalDocument("collation"));
  const filter = args.optionalDocument("query") ?? {};
  compileFilter(filter);
  const limit = Math.abs(toInteger(args.value("limit")) ?? 0);
  const skip = args.count("skip", 0);
  const collection = catalog.find(db, collectionName(context));
  const everything = Object.keys(filter).length === 0 && limit === 0 && skip === 0;
  const n = everything ? collection?.count() : collection?.find(filter, { limit, skip }).length;
  return { n: fromNumber(n ?? 0) };
};

const distinct: Command = (context) => {
  const { args, catalog, db } = context;
  args.only("key", "query", "collation", "hint");
  rejectCollation(args.optionalDocument("collation"));
  const filter = args.optionalDocument("query") ?? {};
  compileFilter(filter);
  const path = args.string("key").split(".");
  const values = new Map<string, unknown>();
  for (const { document } of catalog.find(db, collectionName(context))?.find(filter) ?? []) {
    for (const value of valuesAt(document, path).values) {
      // An empty array has no values; what is missing is none.
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      const key = valueKey(value).toString("latin1");
      if (!values.has(key)) values.set(key, value);
    }
  }
  return { values: [...values.values()].sort(compareValues) };
};

const explain: Command = () => {
  throw notSupported("explain");
};

export const READ_COMMANDS: Record<string, Command> = {
  find,
  getMore,
  killCursors,
  aggregate,
  count,
  distinct,
  explain,
};
