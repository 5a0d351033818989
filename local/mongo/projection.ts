import { compileExpression, type Expression } from "./aggregate/expression.ts";
import { CommandError, notSupported } from "./errors.ts";
import { compileFilter } from "./filter/filter.ts";
import { isOperatorDocument } from "./filter/operators.ts";
import type { MatchDetails } from "./filter/path.ts";
import { isNumeric, toInteger, toNumber } from "./values/numbers.ts";
import { type Document, field, isDocument, setField } from "./values/types.ts";

/** Shapes a document; `details` says which array element the filter matched, for the positional `$`. */
export type Projection = (document: Document, details?: MatchDetails) => Document;

type Slice = (array: readonly unknown[]) => unknown[];

/** What becomes of a field: kept or dropped, computed, its array cut, or a level with fields of its own. */
type Rule =
  | { kind: "keep" }
  | { kind: "drop" }
  | { kind: "compute"; expression: Expression }
  | { kind: "array"; cut: (array: readonly unknown[], details: MatchDetails) => unknown[] | undefined; keeps: boolean }
  | { kind: "level"; rules: Rules };
type Rules = Map<string, Rule>;

const KEEP: Rule = { kind: "keep" };
const DROP: Rule = { kind: "drop" };

/** Compiles a projection of find, findAndModify or `$project`; undefined or empty keeps everything. */
export function compileProjection(specification: Document | undefined): Projection {
  if (!specification || Object.keys(specification).length === 0) return (document) => document;
  const rules: Rules = new Map();
  for (const [name, value] of Object.entries(specification)) addRule(rules, name.split("."), value, name);
  const { _id, ...others } = Object.fromEntries(rules);
  const includes = Object.values(others).some(isInclusion) || (_id !== undefined && isInclusion(_id));
  const excludes = Object.values(others).some(isExclusion) || (!includes && _id?.kind === "drop");
  if (includes && excludes) {
    throw new CommandError("BadValue", "Cannot do exclusion in an inclusion projection, or the other way round");
  }
  if (includes && !rules.has("_id")) rules.set("_id", KEEP);
  return (document, details = {}) => project(document, rules, includes, document, details);
}

function isInclusion(rule: Rule): boolean {
  if (rule.kind === "level") return [...rule.rules.values()].some(isInclusion);
  return rule.kind === "keep" || rule.kind === "compute" || (rule.kind === "array" && rule.keeps);
}

function isExclusion(rule: Rule): boolean {
  return rule.kind === "level" ? [...rule.rules.values()].some(isExclusion) : rule.kind === "drop";
}

function addRule(rules: Rules, path: readonly string[], value: unknown, fullName: string): void {
  const [name = "", ...rest] = path;
  if (name === "" || (name.startsWith("$") && name !== "$")) {
    throw new CommandError("BadValue", `The projection has an invalid field name: '${fullName}'`);
  }
  if (rest.length === 0) {
    if (rules.has(name)) throw new CommandError("BadValue", `Path collision at ${fullName}`);
    rules.set(name, ruleOf(value, fullName));
    return;
  }
  if (rest[0] === "$") {
    rules.set(name, positional(fullName));
    return;
  }
  const level: Rule = rules.get(name) ?? { kind: "level", rules: new Map() };
  if (level.kind !== "level") throw new CommandError("BadValue", `Path collision at ${fullName}`);
  rules.set(name, level);
  addRule(level.rules, rest, value, fullName);
}

function ruleOf(value: unknown, fullName: string): Rule {
  if (typeof value === "boolean") return value ? KEEP : DROP;
  if (isNumeric(value)) return toNumber(value) === 0 ? DROP : KEEP;
  if (isOperatorDocument(value)) {
    if ("$slice" in value && !isExpressionSlice(value.$slice)) {
      const slice = sliceOf(value.$slice);
      return { kind: "array", cut: slice, keeps: false };
    }
    if ("$elemMatch" in value) return { kind: "array", cut: firstMatching(value.$elemMatch), keeps: true };
    if ("$meta" in value) throw notSupported("The projection operator $meta");
  } else if (isDocument(value)) {
    const rules: Rules = new Map();
    for (const [name, inner] of Object.entries(value)) addRule(rules, name.split("."), inner, `${fullName}.${name}`);
    if (rules.size === 0) throw new CommandError("BadValue", "An empty sub-projection is not a valid value");
    return { kind: "level", rules };
  }
  return { kind: "compute", expression: compileExpression(value) };
}

const isExpressionSlice = (operand: unknown): boolean => Array.isArray(operand) && toInteger(operand[0]) === undefined;

/** `{$slice: n}` or `{$slice: [skip, n]}`. */
function sliceOf(operand: unknown): Slice {
  const [first, count] = (Array.isArray(operand) ? operand : [operand]).map(toInteger);
  if (first === undefined) throw new CommandError("BadValue", "$slice needs whole numbers");
  if (count === undefined) return (array) => (first < 0 ? array.slice(first) : array.slice(0, first));
  return (array) => {
    const from = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(from, from + count);
  };
}

function firstMatching(operand: unknown) {
  if (!isDocument(operand)) throw new CommandError("BadValue", "elemMatch: Invalid argument, object required");
  // The filter's own $elemMatch tells whether one element matches.
  const matches = compileFilter({ element: { $elemMatch: operand } });
  return (array: readonly unknown[]) => {
    const found = array.find((element) => matches({ element: [element] }));
    return found === undefined ? undefined : [found];
  };
}

function positional(fullName: string): Rule {
  const cut = (array: readonly unknown[], { arrayIndex }: MatchDetails) => {
    if (arrayIndex === undefined) {
      throw new CommandError(
        "BadValue",
        `Executor error: the positional projection '${fullName}' found no match in the filter`,
      );
    }
    return arrayIndex < array.length ? [array[arrayIndex]] : [];
  };
  return { kind: "array", cut, keeps: true };
}

function project(document: Document, rules: Rules, includes: boolean, root: Document, details: MatchDetails): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const rule = rules.get(name);
    const value = field(document, name);
    if (rule === undefined) {
      if (!includes) setField(result, name, value);
      continue;
    }
    if (rule.kind === "compute") continue;
    const shaped = applyRule(value, rule, includes, root, details);
    if (shaped !== undefined) setField(result, name, shaped);
  }
  // Computed fields come after those of the document, in the order of the specification.
  for (const [name, rule] of rules) {
    const value = computed(rule, Object.hasOwn(document, name), includes, root, details);
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

function computed(rule: Rule, exists: boolean, includes: boolean, root: Document, details: MatchDetails): unknown {
  if (rule.kind === "compute") return rule.expression({ root, variables: new Map() });
  if (rule.kind !== "level" || exists) return undefined;
  const inner = project({}, rule.rules, includes, root, details);
  return Object.keys(inner).length > 0 ? inner : undefined;
}

function applyRule(value: unknown, rule: Rule, includes: boolean, root: Document, details: MatchDetails): unknown {
  switch (rule.kind) {
    case "keep":
    case "compute":
      return value;
    case "drop":
      return undefined;
    case "array":
      if (Array.isArray(value)) return rule.cut(value, details);
      return rule.keeps ? undefined : value;
    case "level": {
      if (isDocument(value)) return project(value, rule.rules, includes, root, details);
      if (!Array.isArray(value)) return includes ? undefined : value;
      const elements = value.map((element) => applyRule(element, rule, includes, root, details));
      return elements.filter((element) => element !== undefined);
    }
  }
}
