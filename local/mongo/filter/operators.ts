import { CommandError, notSupported } from "../errors.ts";
import { compareValues, equalValues, regexParts } from "../values/compare.ts";
import { isNumeric, toInteger, toNumber } from "../values/numbers.ts";
import { isDocument, TYPE_RANK, type TypeName, typeOf } from "../values/types.ts";
import { compileFilter } from "./filter.ts";
import type { ValueTest } from "./path.ts";
import { regexTest } from "./regex.ts";

/** A test that some value at the path must pass, or the negation of several such conditions together. */
export type Condition = { some: ValueTest; expand: boolean } | { not: readonly Condition[] };

/** Whether all conditions hold for what `visit` reaches: the values at a path, or a single element of an array. */
export function holds(conditions: readonly Condition[], visit: (test: ValueTest, expand: boolean) => boolean): boolean {
  return conditions.every((condition) =>
    "not" in condition ? !holds(condition.not, visit) : visit(condition.some, condition.expand),
  );
}

const element = (some: (value: unknown) => boolean): Condition => ({ some, expand: true });
const whole = (some: ValueTest): Condition => ({ some, expand: false });

/** Whether an operand is an expression such as `{$gt: 1}`, not a value to be equal to. */
export function isOperatorDocument(value: unknown): value is Record<string, unknown> {
  return isDocument(value) && (Object.keys(value)[0] ?? "").startsWith("$");
}

/** The conditions of one field: an operator document, a regular expression, or a value to be equal to. */
export function compileConditions(operand: unknown): Condition[] {
  if (!isOperatorDocument(operand)) {
    const regex = regexParts(operand);
    return [regex ? element(regexTest(regex)) : equality(operand)];
  }
  return Object.entries(operand).flatMap(([name, value]) => {
    const compile = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (compile) return compile(value, operand);
    if (UNSUPPORTED.has(name)) throw notSupported(`The query operator ${name}`);
    throw new CommandError("BadValue", `unknown operator: ${name}`);
  });
}

const UNSUPPORTED = new Set(
  "$geoIntersects $geoWithin $near $nearSphere $within $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet".split(" "),
);

function equality(operand: unknown): Condition {
  if (operand === undefined) throw new CommandError("BadValue", "cannot compare to undefined");
  return element((value) => equalValues(value, operand));
}

/** `$lt` and its like hold only within one type, except against MinKey and MaxKey; NaN is only equal to itself. */
function comparison(accept: (order: number) => boolean): (operand: unknown) => Condition[] {
  return (operand) => {
    if (regexParts(operand)) throw new CommandError("BadValue", "Can't have regex as arg to a comparison operator");
    const type = typeOf(operand);
    const crossesTypes = type === "minKey" || type === "maxKey";
    const notANumber = isNumeric(operand) && Number.isNaN(toNumber(operand));
    return [
      element((value) => {
        if (!crossesTypes && TYPE_RANK[typeOf(value)] !== TYPE_RANK[type]) return false;
        const order = compareValues(value, operand);
        if (order !== 0 && isNumeric(value) && (notANumber || Number.isNaN(toNumber(value)))) return false;
        return accept(order);
      }),
    ];
  };
}

function list(name: string, operand: unknown): readonly unknown[] {
  if (Array.isArray(operand)) return operand;
  throw new CommandError("BadValue", `${name} needs an array`);
}

function membership(name: string, operand: unknown): Condition {
  const tests = list(name, operand).map((item) => {
    if (isOperatorDocument(item)) throw new CommandError("BadValue", `cannot nest $ under ${name}`);
    const regex = regexParts(item);
    return regex ? regexTest(regex) : (value: unknown) => equalValues(value, item);
  });
  return element((value) => tests.some((test) => test(value)));
}

/** How `$elemMatch` tests one element: by operators on the element, or by a filter on an embedded document. */
function elementTest(operand: unknown): (value: unknown) => boolean {
  if (!isDocument(operand)) throw new CommandError("BadValue", "$elemMatch needs an Object");
  const first = Object.keys(operand)[0] ?? "";
  if (isOperatorDocument(operand) && !["$and", "$or", "$nor", "$expr"].includes(first)) {
    const conditions = compileConditions(operand);
    return (value) => holds(conditions, (test) => test(value));
  }
  const matches = compileFilter(operand);
  return (value) => isDocument(value) && matches(value);
}

function elemMatch(operand: unknown): Condition {
  const test = elementTest(operand);
  return whole((value, details) => {
    const index = Array.isArray(value) ? value.findIndex(test) : -1;
    if (index >= 0 && details) details.arrayIndex = index;
    return index >= 0;
  });
}

const TYPE_NUMBERS: Record<number, TypeName | "number"> = {
  1: "double",
  2: "string",
  3: "object",
  4: "array",
  5: "binData",
  7: "objectId",
  8: "bool",
  9: "date",
  10: "null",
  11: "regex",
  13: "javascript",
  14: "symbol",
  15: "javascriptWithScope",
  16: "int",
  17: "timestamp",
  18: "long",
  19: "decimal",
  127: "maxKey",
  [-1]: "minKey",
};
const TYPE_NAMES = new Set<string>([...Object.values(TYPE_NUMBERS), "number"]);

function typeTest(operand: unknown): Condition {
  const names = (Array.isArray(operand) ? operand : [operand]).map((item) => {
    const name = isNumeric(item) ? TYPE_NUMBERS[toNumber(item)] : item;
    if (typeof name === "string" && TYPE_NAMES.has(name)) return name;
    throw new CommandError("BadValue", `Unknown type name alias: ${String(item)}`);
  });
  return element((value) => names.includes(typeOf(value)) || (names.includes("number") && isNumeric(value)));
}

function modulo(operand: unknown): Condition {
  const [divisor, remainder] = list("$mod", operand).map((item) =>
    isNumeric(item) ? Math.trunc(toNumber(item)) : Number.NaN,
  );
  if (divisor === undefined || remainder === undefined || Number.isNaN(divisor + remainder)) {
    throw new CommandError("BadValue", "malformed mod, needs two numbers");
  }
  if (divisor === 0) throw new CommandError("BadValue", "divisor cannot be 0");
  return element((value) => isNumeric(value) && Math.trunc(toNumber(value)) % divisor === remainder);
}

function not(operand: unknown): Condition {
  if (!regexParts(operand) && !isOperatorDocument(operand)) {
    throw new CommandError("BadValue", "$not needs a regex or a document with operators");
  }
  return { not: compileConditions(operand) };
}

function size(operand: unknown): Condition {
  const length = toInteger(operand);
  if (length === undefined || length < 0) throw new CommandError("BadValue", "$size must be a whole number, 0 or more");
  return whole((value) => Array.isArray(value) && value.length === length);
}

function all(operand: unknown): Condition[] {
  const items = list("$all", operand);
  if (items.length === 0) return [whole(() => false)];
  return items.flatMap((item) => {
    if (isDocument(item) && "$elemMatch" in item) return [elemMatch(item.$elemMatch)];
    if (isOperatorDocument(item)) throw new CommandError("BadValue", "no $ expressions in $all");
    return compileConditions(item);
  });
}

function regex(operand: unknown, siblings: Record<string, unknown>): Condition[] {
  const parts = regexParts(operand) ?? (typeof operand === "string" ? { pattern: operand, options: "" } : undefined);
  if (!parts) throw new CommandError("BadValue", "$regex has to be a string");
  const options = siblings.$options ?? parts.options;
  if (typeof options !== "string") throw new CommandError("BadValue", "$options has to be a string");
  return [element(regexTest({ pattern: parts.pattern, options }))];
}

function exists(operand: unknown): Condition {
  const wanted = isNumeric(operand) ? toNumber(operand) !== 0 : operand !== false && operand !== null;
  const present = whole((value) => value !== undefined);
  return wanted ? present : { not: [present] };
}

const OPERATORS: Record<string, (operand: unknown, siblings: Record<string, unknown>) => Condition[]> = {
  $eq: (operand) => [equality(operand)],
  $ne: (operand) => [{ not: [equality(operand)] }],
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $in: (operand) => [membership("$in", operand)],
  $nin: (operand) => [{ not: [membership("$nin", operand)] }],
  $not: (operand) => [not(operand)],
  $exists: (operand) => [exists(operand)],
  $type: (operand) => [typeTest(operand)],
  $size: (operand) => [size(operand)],
  $all: all,
  $elemMatch: (operand) => [elemMatch(operand)],
  $mod: (operand) => [modulo(operand)],
  $regex: regex,
  $options: (_, siblings) => {
    if ("$regex" in siblings) return [];
    throw new CommandError("BadValue", "$options needs a $regex");
  },
};
