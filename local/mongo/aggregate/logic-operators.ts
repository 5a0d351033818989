import { Int32 } from "bson";
import { CommandError } from "../errors.ts";
import { compareValues } from "../values/compare.ts";
import { isDocument, TYPE_RANK, typeOf } from "../values/types.ts";
import {
  compileExpression,
  type ExpressionOperator,
  fixedArity,
  isTrue,
  namedOperands,
  positionalOperands,
} from "./expression.ts";

/** In expressions a missing value is less than null, unlike in filters. */
export function compareInExpression(a: unknown, b: unknown): number {
  if (TYPE_RANK[typeOf(a)] === TYPE_RANK.null && TYPE_RANK[typeOf(b)] === TYPE_RANK.null) {
    return Number(a !== undefined) - Number(b !== undefined);
  }
  return compareValues(a, b);
}

const comparison = (accept: (order: number) => boolean): ExpressionOperator =>
  fixedArity(2, ([a, b]) => accept(compareInExpression(a, b)));

/** Operators that compare and decide. */
export const LOGIC_OPERATORS: Record<string, ExpressionOperator> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: fixedArity(2, ([a, b]) => new Int32(compareInExpression(a, b))),
  $not: fixedArity(1, ([value]) => !isTrue(value)),
  $and: (operand, name) => {
    const operands = positionalOperands(name, operand, 0, Number.POSITIVE_INFINITY);
    return (scope) => operands.every((expression) => isTrue(expression(scope)));
  },
  $or: (operand, name) => {
    const operands = positionalOperands(name, operand, 0, Number.POSITIVE_INFINITY);
    return (scope) => operands.some((expression) => isTrue(expression(scope)));
  },
  $ifNull: (operand, name) => {
    const operands = positionalOperands(name, operand, 2, Number.POSITIVE_INFINITY);
    return (scope) => {
      let value: unknown;
      for (const expression of operands) {
        value = expression(scope);
        if (value !== null && value !== undefined) return value;
      }
      return value;
    };
  },
  $cond: (operand, name) => {
    if (!Array.isArray(operand)) namedOperands(name, operand, ["if", "then", "else"]);
    const parts = isDocument(operand) ? [operand.if, operand.then, operand.else] : operand;
    const [condition, yes, no] = positionalOperands(name, parts, 3);
    return (scope) => (isTrue(condition?.(scope)) ? yes?.(scope) : no?.(scope));
  },
  $switch: (operand, name) => {
    const { branches, default: otherwise } = namedOperands(name, operand, ["branches", "default"]);
    if (!Array.isArray(branches)) throw new CommandError("FailedToParse", "$switch expected an array for 'branches'");
    const cases = branches.map((branch) => {
      const parts = namedOperands(name, branch, ["case", "then"]);
      return { condition: compileExpression(parts.case), result: compileExpression(parts.then) };
    });
    const fallback = otherwise === undefined ? undefined : compileExpression(otherwise);
    return (scope) => {
      const hit = cases.find(({ condition }) => isTrue(condition(scope)));
      if (hit) return hit.result(scope);
      if (fallback) return fallback(scope);
      throw new CommandError("BadValue", "$switch could not find a matching branch and no default was specified");
    };
  },
};
