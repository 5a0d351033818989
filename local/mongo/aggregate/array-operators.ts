import { Int32 } from "bson";
import { CommandError } from "../errors.ts";
import { equalValues } from "../values/compare.ts";
import { fromNumber, toInteger } from "../values/numbers.ts";
import { type Document, field, isDocument, setField, typeOf } from "../values/types.ts";
import {
  bind,
  compileExpression,
  type Expression,
  type ExpressionOperator,
  fixedArity,
  isTrue,
  namedOperands,
  nullPropagating,
} from "./expression.ts";

const many = Number.POSITIVE_INFINITY;

function arrayOnly(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError("TypeMismatch", `The argument to ${name} must be an array, but was of type: ${typeOf(value)}`);
}

function position(name: string, value: unknown): number {
  const index = toInteger(value);
  if (index === undefined) throw new CommandError("BadValue", `${name} needs a whole number`);
  return index;
}

/** `$map`, `$filter`, `$reduce`: an array, and an expression that sees its elements as a variable. */
function overElements(
  allowed: readonly string[],
  evaluate: (array: unknown[], operand: Document, apply: (key: string, variables: Document) => unknown) => unknown,
): ExpressionOperator {
  return (operand, name) => {
    const parts = namedOperands(name, operand, allowed);
    const input = compileExpression(parts.input);
    const compiled = new Map<string, Expression>(
      allowed
        .filter((key) => key !== "input" && key !== "as" && key in parts)
        .map((key) => [key, compileExpression(parts[key])]),
    );
    return (scope) => {
      const array = input(scope);
      if (array === null || array === undefined) return null;
      return evaluate(arrayOnly(name, array), parts, (key, variables) => {
        const expression = compiled.get(key);
        if (!expression) throw new CommandError("FailedToParse", `Missing '${key}' parameter to ${name}`);
        return expression(bind(scope, variables));
      });
    };
  };
}

const variableName = (operand: Document): string => (typeof operand.as === "string" ? operand.as : "this");

function unique(values: readonly unknown[]): unknown[] {
  return values.filter((value, index) => values.findIndex((other) => equalValues(value, other)) === index);
}

function slice([array, first, count]: unknown[], name: string): unknown {
  const values = arrayOnly(name, array);
  const start = position(name, first);
  if (count === undefined) return start < 0 ? values.slice(start) : values.slice(0, start);
  const from = start < 0 ? Math.max(0, values.length + start) : start;
  return values.slice(from, from + position(name, count));
}

function elementAt(values: readonly unknown[], index: number): unknown {
  return values[index < 0 ? values.length + index : index];
}

export const ARRAY_OPERATORS: Record<string, ExpressionOperator> = {
  $size: fixedArity(1, ([value], name) => fromNumber(arrayOnly(name, value).length)),
  $isArray: fixedArity(1, ([value]) => Array.isArray(value)),
  $in: fixedArity(2, ([value, array], name) => arrayOnly(name, array).some((element) => equalValues(element, value))),
  $arrayElemAt: nullPropagating(2, ([array, index], name) => elementAt(arrayOnly(name, array), position(name, index))),
  $first: nullPropagating(1, ([array], name) => arrayOnly(name, array)[0]),
  $last: nullPropagating(1, ([array], name) => arrayOnly(name, array).at(-1)),
  $slice: nullPropagating(2, slice, 3),
  $concatArrays: nullPropagating(0, (arrays, name) => arrays.flatMap((array) => arrayOnly(name, array)), many),
  $reverseArray: nullPropagating(1, ([array], name) => arrayOnly(name, array).toReversed()),
  $indexOfArray: nullPropagating(
    2,
    ([array, value], name) => new Int32(arrayOnly(name, array).findIndex((element) => equalValues(element, value))),
  ),
  $setUnion: nullPropagating(0, (arrays, name) => unique(arrays.flatMap((array) => arrayOnly(name, array))), many),
  $setDifference: nullPropagating(2, ([a, b], name) => {
    const excluded = arrayOnly(name, b);
    return unique(arrayOnly(name, a)).filter((value) => !excluded.some((other) => equalValues(value, other)));
  }),
  $setIntersection: nullPropagating(
    1,
    ([first, ...rest], name) =>
      unique(arrayOnly(name, first)).filter((value) =>
        rest.every((array) => arrayOnly(name, array).some((other) => equalValues(value, other))),
      ),
    many,
  ),
  $map: overElements(["input", "as", "in"], (array, operand, apply) =>
    array.map((element) => apply("in", { [variableName(operand)]: element }) ?? null),
  ),
  $filter: overElements(["input", "as", "cond"], (array, operand, apply) =>
    array.filter((element) => isTrue(apply("cond", { [variableName(operand)]: element }))),
  ),
  $reduce: overElements(["input", "initialValue", "in"], (array, _, apply) =>
    array.reduce((value, element) => apply("in", { value, this: element }), apply("initialValue", {})),
  ),
  $mergeObjects: fixedArity(
    0,
    (values, name) => {
      const result: Document = {};
      for (const value of values) {
        if (value === null || value === undefined) continue;
        if (!isDocument(value))
          throw new CommandError("TypeMismatch", `${name} requires object inputs, not ${typeOf(value)}`);
        for (const key of Object.keys(value)) setField(result, key, field(value, key));
      }
      return result;
    },
    many,
  ),
  $objectToArray: nullPropagating(1, ([value], name) => {
    if (!isDocument(value)) throw new CommandError("TypeMismatch", `${name} requires a document input`);
    return Object.keys(value).map((k) => ({ k, v: field(value, k) }));
  }),
  $arrayToObject: nullPropagating(1, ([value], name) => {
    const result: Document = {};
    for (const entry of arrayOnly(name, value)) {
      const [k, v] = Array.isArray(entry) ? entry : isDocument(entry) ? [entry.k, entry.v] : [];
      if (typeof k !== "string")
        throw new CommandError("BadValue", `${name} needs [key, value] pairs or {k, v} documents`);
      setField(result, k, v);
    }
    return result;
  }),
};
