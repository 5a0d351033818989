import { CommandError, notSupported } from "../errors.ts";
import { compileFilter } from "../filter/filter.ts";
import { compileProjection } from "../projection.ts";
import { parseSort, sorter } from "../sort.ts";
import { fromNumber, toInteger } from "../values/numbers.ts";
import { type Document, field, isDocument, setField, typeOf } from "../values/types.ts";
import { compileGroup } from "./accumulators.ts";
import { compileExpression } from "./expression.ts";
import { compileLookup } from "./lookup.ts";

/** A stage of a compiled pipeline. */
export type Stage = (documents: readonly Document[]) => readonly Document[];

/** Finds the documents of another collection of the same database, for `$lookup` and `$unionWith`. */
export type OtherCollection = (name: string, filter: Document) => readonly Document[];

/** Compiles an aggregation pipeline; a stage that MongoDB has and this server hasn't is NotImplemented, by name. */
export function compilePipeline(pipeline: readonly unknown[], other: OtherCollection): Stage {
  const stages = pipeline.map((stage) => {
    const [name, ...others] = isDocument(stage) ? Object.keys(stage) : [];
    if (!isDocument(stage) || name === undefined || others.length > 0) {
      throw new CommandError("FailedToParse", "A pipeline stage specification object must contain exactly one field.");
    }
    return compileStage(name, stage[name], other);
  });
  return (documents) => stages.reduce((input, stage) => stage(input), documents);
}

const UNSUPPORTED = new Set(
  `$bucket $bucketAuto $collStats $currentOp $densify $documents $fill $geoNear $graphLookup $indexStats $listSessions $merge $out
   $planCacheStats $redact $search $searchMeta $setWindowFields $vectorSearch`.split(/\s+/),
);

function compileStage(name: string, operand: unknown, other: OtherCollection): Stage {
  switch (name) {
    case "$match": {
      const matches = compileFilter(documentOperand(name, operand));
      return (documents) => documents.filter((document) => matches(document));
    }
    case "$sort":
      return sorter(parseSort(documentOperand(name, operand)));
    case "$limit": {
      const limit = countOperand(name, operand, 1);
      return (documents) => documents.slice(0, limit);
    }
    case "$skip": {
      const skip = countOperand(name, operand, 0);
      return (documents) => documents.slice(skip);
    }
    case "$count": {
      if (typeof operand !== "string" || operand === "" || operand.startsWith("$")) {
        throw new CommandError("BadValue", "the count field must be a non-empty string");
      }
      return (documents) => (documents.length === 0 ? [] : [{ [operand]: fromNumber(documents.length) }]);
    }
    case "$group":
      return compileGroup(operand);
    case "$sortByCount": {
      const group = compileGroup({ _id: operand, count: { $count: {} } });
      const sort = sorter([{ name: "count", direction: -1 }]);
      return (documents) => sort(group(documents));
    }
    case "$sample": {
      const size = countOperand("$sample", documentOperand(name, operand).size, 0);
      return (documents) => shuffled(documents).slice(0, size);
    }
    case "$lookup":
      return compileLookup(documentOperand(name, operand), other);
    case "$unionWith": {
      const { coll, pipeline = [] } = typeof operand === "string" ? { coll: operand } : documentOperand(name, operand);
      if (typeof coll !== "string" || !Array.isArray(pipeline))
        throw new CommandError("FailedToParse", "$unionWith needs a collection name");
      const run = compilePipeline(pipeline, other);
      return (documents) => [...documents, ...run(other(coll, {}))];
    }
    case "$facet": {
      const facets = Object.entries(documentOperand(name, operand)).map(([facet, pipeline]) => {
        if (!Array.isArray(pipeline)) throw new CommandError("BadValue", "arguments to $facet must be arrays");
        return { facet, run: compilePipeline(pipeline, other) };
      });
      return (documents) => [Object.fromEntries(facets.map(({ facet, run }) => [facet, run(documents)]))];
    }
    case "$changeStream":
      throw new CommandError(
        "ChangeStreamNeedsReplicaSet",
        "The $changeStream stage is only supported on replica sets, which the embedded database is not",
      );
  }
  const reshape = compileReshape(name, operand);
  if (reshape) return reshape;
  if (UNSUPPORTED.has(name)) throw notSupported(`The aggregation stage ${name}`);
  throw new CommandError("UnrecognizedStage", `Unrecognized pipeline stage name: '${name}'`);
}

/** The stages that work on each document by itself. An update by pipeline takes these, but for `$unwind`. */
export function compileReshape(name: string, operand: unknown): Stage | undefined {
  switch (name) {
    case "$project": {
      const specification = documentOperand(name, operand);
      if (Object.keys(specification).length === 0)
        throw new CommandError("BadValue", "projection specification must have at least one field");
      const project = compileProjection(specification);
      return (documents) => documents.map((document) => project(document));
    }
    case "$addFields":
    case "$set": {
      const add = compileAddFields(documentOperand(name, operand));
      return (documents) => documents.map(add);
    }
    case "$unset": {
      const names = Array.isArray(operand) ? operand : [operand];
      if (!names.every((item) => typeof item === "string") || names.length === 0) {
        throw new CommandError("BadValue", "$unset specification must be a string or an array of strings");
      }
      const project = compileProjection(Object.fromEntries(names.map((item) => [item, false])));
      return (documents) => documents.map((document) => project(document));
    }
    case "$replaceRoot":
    case "$replaceWith": {
      const source = name === "$replaceRoot" ? documentOperand(name, operand).newRoot : operand;
      const expression = compileExpression(source);
      return (documents) =>
        documents.map((root) => {
          const value = expression({ root, variables: new Map() });
          if (isDocument(value)) return value;
          throw new CommandError(
            "BadValue",
            `'newRoot' expression must evaluate to an object, but resulting value was of type ${typeOf(value)}`,
          );
        });
    }
    case "$unwind":
      return compileUnwind(operand);
    default:
      return undefined;
  }
}

function documentOperand(name: string, operand: unknown): Document {
  if (isDocument(operand)) return operand;
  throw new CommandError("FailedToParse", `the ${name} specification must be an object`);
}

function countOperand(name: string, operand: unknown, least: number): number {
  const count = toInteger(operand);
  if (count !== undefined && count >= least) return count;
  throw new CommandError("BadValue", `invalid argument to ${name} stage: expected a whole number, ${least} or more`);
}

/** Sets computed fields, of embedded documents by dotted names or nested objects, and in every element of an array. */
function compileAddFields(specification: Document): (document: Document) => Document {
  if (Object.keys(specification).length === 0)
    throw new CommandError("BadValue", "$addFields must have at least one field");
  const fields = Object.entries(specification).flatMap(([name, source]) => flatten(name.split("."), source));
  return (root) => {
    const scope = { root, variables: new Map() };
    return fields.reduce<Document>((result, { path, expression }) => withField(result, path, expression(scope)), root);
  };
}

function flatten(
  path: string[],
  source: unknown,
): { path: string[]; expression: ReturnType<typeof compileExpression> }[] {
  const names = isDocument(source) ? Object.keys(source) : [];
  if (isDocument(source) && names.length > 0 && !names.some((name) => name.startsWith("$"))) {
    return names.flatMap((name) => flatten([...path, ...name.split(".")], source[name]));
  }
  return [{ path, expression: compileExpression(source) }];
}

function withField(document: Document, path: readonly string[], value: unknown): Document {
  const [name = "", ...rest] = path;
  const copy = { ...document };
  if (rest.length > 0) setField(copy, name, within(field(document, name), rest, value));
  else if (value === undefined) delete copy[name];
  else setField(copy, name, value);
  return copy;
}

function within(current: unknown, path: readonly string[], value: unknown): unknown {
  if (Array.isArray(current)) return current.map((element) => within(element, path, value));
  return withField(isDocument(current) ? current : {}, path, value);
}

function compileUnwind(operand: unknown): Stage {
  const options = typeof operand === "string" ? { path: operand } : documentOperand("$unwind", operand);
  const { path, preserveNullAndEmptyArrays, includeArrayIndex, ...unknown } = options;
  if (Object.keys(unknown).length > 0) {
    throw new CommandError("BadValue", `unrecognized option to $unwind stage: ${Object.keys(unknown)[0]}`);
  }
  if (typeof path !== "string" || !path.startsWith("$"))
    throw new CommandError("BadValue", "path option to $unwind stage should be prefixed with a '$'");
  const expression = compileExpression(path);
  const parts = path.slice(1).split(".");
  const numbered = (document: Document, index: number | null): Document =>
    typeof includeArrayIndex === "string"
      ? withField(document, includeArrayIndex.split("."), index === null ? null : fromNumber(index))
      : document;
  return (documents) =>
    documents.flatMap((document) => {
      const value = expression({ root: document, variables: new Map() });
      if (Array.isArray(value) && value.length > 0) {
        return value.map((element, index) => numbered(withField(document, parts, element), index));
      }
      if (!Array.isArray(value) && value !== undefined && value !== null) return [numbered(document, null)];
      if (preserveNullAndEmptyArrays !== true) return [];
      return [numbered(Array.isArray(value) ? withField(document, parts, undefined) : document, null)];
    });
}

function shuffled(documents: readonly Document[]): Document[] {
  return documents
    .map((document) => ({ document, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ document }) => document);
}
