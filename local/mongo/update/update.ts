import { compileReshape } from "../aggregate/pipeline.ts";
import { CommandError } from "../errors.ts";
import { compileFilter, type Filter } from "../filter/filter.ts";
import { equalValues, regexParts } from "../values/compare.ts";
import { type Document, isDocument } from "../values/types.ts";
import { fieldChange, requireUpdateOperator } from "./operators.ts";
import { concretePaths, type Positions, readPath, removePath, writePath } from "./path.ts";

/** Makes the updated document; may change the one given, which must be a copy of its own. */
export type Update = {
  kind: "operators" | "replacement" | "pipeline";
  apply(document: Document, context: { arrayIndex: number | undefined; inserting: boolean }): Document;
};

/** Compiles the `u` of an update: operators, a replacement document or a pipeline. */
export function compileUpdate(update: unknown, arrayFilters: readonly unknown[] = []): Update {
  if (Array.isArray(update)) return pipelineUpdate(update);
  if (!isDocument(update))
    throw new CommandError("FailedToParse", "Update argument must be either an object or an array");
  if ((Object.keys(update)[0] ?? "").startsWith("$")) return operatorUpdate(update, arrayFilters);
  const operator = Object.keys(update).find((name) => name.startsWith("$"));
  if (operator)
    throw new CommandError("BadValue", `The dollar ($) prefixed field '${operator}' is not allowed in a replacement`);
  return {
    kind: "replacement",
    apply: (document) => ("_id" in update ? { ...update } : { ...withId(document), ...update }),
  };
}

const withId = (document: Document): Document => ("_id" in document ? { _id: document._id } : {});

function pipelineUpdate(pipeline: readonly unknown[]): Update {
  const stages = pipeline.map((stage) => {
    const [name = "", ...others] = isDocument(stage) ? Object.keys(stage) : [];
    const run =
      isDocument(stage) && others.length === 0 && name !== "$unwind" ? compileReshape(name, stage[name]) : undefined;
    if (!run) throw new CommandError("InvalidOptions", `${name} is not allowed to be used within an update`);
    return run;
  });
  return {
    kind: "pipeline",
    apply: (document) =>
      stages.reduce<readonly Document[]>((documents, run) => run(documents), [document])[0] ?? document,
  };
}

type Change = (document: Document, positions: Positions, inserting: boolean) => void;

function operatorUpdate(update: Document, arrayFilters: readonly unknown[]): Update {
  const filters = compileArrayFilters(arrayFilters);
  const changes: Change[] = [];
  const paths: string[] = [];
  for (const [operator, fields] of Object.entries(update)) {
    requireUpdateOperator(operator);
    if (!isDocument(fields)) {
      throw new CommandError("FailedToParse", `Modifiers operate on fields but we found another type for ${operator}`);
    }
    for (const [path, operand] of Object.entries(fields)) {
      paths.push(path);
      if (operator === "$rename") paths.push(String(operand));
      changes.push(compileChange(operator, path, operand));
    }
  }
  rejectConflicts(paths);
  rejectUnusedFilters(filters, paths);
  return {
    kind: "operators",
    apply(document, { arrayIndex, inserting }) {
      for (const change of changes) change(document, { arrayIndex, arrayFilters: filters }, inserting);
      return document;
    },
  };
}

function compileChange(operator: string, name: string, operand: unknown): Change {
  const path = name.split(".");
  if (path.includes(""))
    throw new CommandError("BadValue", `The update path '${name}' contains an empty field name, which is not allowed.`);
  if (operator === "$unset") {
    return (document, positions) => {
      for (const concrete of concretePaths(document, path, positions)) removePath(document, concrete);
    };
  }
  if (operator === "$rename") return rename(path, operand);
  const change = fieldChange(operator, operand);
  return (document, positions, inserting) => {
    if (operator === "$setOnInsert" && !inserting) return;
    for (const concrete of concretePaths(document, path, positions)) {
      const next = change(readPath(document, concrete), concrete.join("."));
      if (next !== undefined) writePath(document, concrete, next);
    }
  };
}

function rename(from: readonly string[], target: unknown): Change {
  if (typeof target !== "string" || target === "")
    throw new CommandError("BadValue", "The 'to' field for $rename must be a string");
  const to = target.split(".");
  if ([...from, ...to].some((part) => part.startsWith("$")))
    throw new CommandError("BadValue", "$rename does not take positional paths");
  return (document) => {
    const value = readPath(document, from);
    if (value === undefined) return;
    for (const path of [from, to]) {
      if (path.some((_, depth) => depth > 0 && Array.isArray(readPath(document, path.slice(0, depth))))) {
        throw new CommandError("BadValue", `$rename can't reach into an array: ${path.join(".")}`);
      }
    }
    removePath(document, from);
    writePath(document, to, value);
  };
}

/** No two operators may touch a field, or a field and one inside it. */
function rejectConflicts(paths: readonly string[]): void {
  const sorted = paths.map((path) => `${path}.`).toSorted();
  for (const [i, path] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next?.startsWith(path)) {
      throw new CommandError(
        "ConflictingUpdateOperators",
        `Updating the path '${next.slice(0, -1)}' would create a conflict at '${path.slice(0, -1)}'`,
      );
    }
  }
}

function compileArrayFilters(arrayFilters: readonly unknown[]): Map<string, Filter> {
  const filters = new Map<string, Filter>();
  for (const filter of arrayFilters) {
    if (!isDocument(filter)) throw new CommandError("TypeMismatch", "arrayFilters must be an array of objects");
    const identifiers = new Set(identifiersOf(filter));
    const [identifier] = identifiers;
    if (identifiers.size !== 1 || identifier === undefined || !/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      throw new CommandError(
        "FailedToParse",
        "Error parsing array filter: each names exactly one identifier, in alphanumerics from a lower-case letter",
      );
    }
    if (filters.has(identifier))
      throw new CommandError(
        "FailedToParse",
        `Found multiple array filters with the same top-level field name ${identifier}`,
      );
    filters.set(identifier, compileFilter(filter));
  }
  return filters;
}

function identifiersOf(filter: Document): string[] {
  return Object.entries(filter).flatMap(([name, operand]) => {
    if (!name.startsWith("$")) return [name.split(".")[0] ?? ""];
    return Array.isArray(operand) ? operand.filter(isDocument).flatMap(identifiersOf) : [];
  });
}

function rejectUnusedFilters(filters: ReadonlyMap<string, Filter>, paths: readonly string[]): void {
  for (const identifier of filters.keys()) {
    if (!paths.some((path) => path.split(".").includes(`$[${identifier}]`))) {
      throw new CommandError(
        "FailedToParse",
        `The array filter for identifier '${identifier}' was not used in the update`,
      );
    }
  }
}

/**
 * The document that an upsert starts from: the fields that the filter demands to be equal to something.
 * A replacement takes only the `_id`.
 */
export function upsertBase(filter: Document, kind: Update["kind"]): Document {
  const base: Document = {};
  const equalities = equalitiesOf(filter).filter(([name]) => kind !== "replacement" || name === "_id");
  for (const [name, value] of equalities) {
    const path = name.split(".");
    const current = readPath(base, path);
    if (current !== undefined && !equalValues(current, value)) {
      throw new CommandError("BadValue", `cannot infer query fields to set, path '${name}' is matched twice`);
    }
    writePath(base, path, value);
  }
  return base;
}

function equalitiesOf(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap<[string, unknown]>(([name, operand]) => {
    if (name === "$and" || (name === "$or" && Array.isArray(operand) && operand.length === 1)) {
      return Array.isArray(operand) ? operand.filter(isDocument).flatMap(equalitiesOf) : [];
    }
    if (name.startsWith("$")) return [];
    return singleValue(operand).map((value): [string, unknown] => [name, value]);
  });
}

function singleValue(operand: unknown): unknown[] {
  if (!isDocument(operand) || !(Object.keys(operand)[0] ?? "").startsWith("$"))
    return isRegex(operand) ? [] : [operand];
  if ("$eq" in operand) return [operand.$eq];
  for (const name of ["$in", "$all"]) {
    const values = operand[name];
    if (Array.isArray(values) && values.length === 1 && !isRegex(values[0]) && !isElemMatch(values[0]))
      return [values[0]];
  }
  return [];
}

const isRegex = (value: unknown): boolean => regexParts(value) !== undefined;
const isElemMatch = (value: unknown): boolean => isDocument(value) && "$elemMatch" in value;
