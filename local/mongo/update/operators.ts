import { Int32, Long, Timestamp } from "bson";
import { CommandError } from "../errors.ts";
import { compareValues } from "../values/compare.ts";
import { calculate, isNumeric } from "../values/numbers.ts";
import { isDocument, typeOf } from "../values/types.ts";
import { addToSet, pop, pull, pullAll, push } from "./array-operators.ts";

/** The new value of a field from its current one; undefined leaves a missing field missing. */
export type FieldChange = (current: unknown, path: string) => unknown;

function arithmetic(name: string, operation: "add" | "multiply"): (operand: unknown) => FieldChange {
  return (operand) => {
    if (!isNumeric(operand))
      throw new CommandError("TypeMismatch", `Cannot ${name} with non-numeric argument of type ${typeOf(operand)}`);
    return (current, path) => {
      // A missing field counts as 0 of the operand's type.
      if (current === undefined)
        return operation === "add" ? operand : calculate("multiply", operand, new Int32(0), "error");
      if (isNumeric(current)) return calculate(operation, current, operand, "error");
      throw new CommandError(
        "TypeMismatch",
        `Cannot apply ${name} to a value of non-numeric type: '${path}' is of type ${typeOf(current)}`,
      );
    };
  };
}

function extreme(direction: 1 | -1): (operand: unknown) => FieldChange {
  return (operand) => (current) =>
    current === undefined || compareValues(operand, current) * direction > 0 ? operand : current;
}

function currentDate(operand: unknown): FieldChange {
  const type = isDocument(operand) ? operand.$type : operand === true || operand === false ? "date" : undefined;
  if (type === "date") return () => new Date();
  if (type === "timestamp") return () => new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  throw new CommandError("BadValue", "$currentDate needs true, {$type: 'date'} or {$type: 'timestamp'}");
}

const BITWISE: Record<string, (a: bigint, b: bigint) => bigint> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function bit(operand: unknown): FieldChange {
  const [[name = "", mask] = [], ...others] = isDocument(operand) ? Object.entries(operand) : [];
  const combine = BITWISE[name];
  if (!combine || others.length > 0) throw new CommandError("BadValue", "The $bit modifier takes one of and, or, xor");
  return (current = new Int32(0), path) => {
    const wide = mask instanceof Long || current instanceof Long;
    const result = combine(integerBits(current, path), integerBits(mask, path));
    return wide ? Long.fromBigInt(BigInt.asIntN(64, result)) : new Int32(Number(BigInt.asIntN(32, result)));
  };
}

function integerBits(value: unknown, path: string): bigint {
  if (value instanceof Int32) return BigInt(value.value);
  if (value instanceof Long) return value.toBigInt();
  throw new CommandError(
    "BadValue",
    `Cannot apply $bit to a value of non-integral type: '${path}' is of type ${typeOf(value)}`,
  );
}

const set =
  (operand: unknown): FieldChange =>
  () =>
    operand;

/** The update operators that change one field each; `$unset` and `$rename`, which remove fields, stand apart. */
const FIELD_OPERATORS: Record<string, (operand: unknown) => FieldChange> = {
  $set: set,
  $setOnInsert: set,
  $inc: arithmetic("$inc", "add"),
  $mul: arithmetic("$mul", "multiply"),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $bit: bit,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};

/** Throws FailedToParse if there is no such update operator, fields or none. */
export function requireUpdateOperator(name: string): void {
  if (name === "$unset" || name === "$rename" || Object.hasOwn(FIELD_OPERATORS, name)) return;
  throw new CommandError("FailedToParse", `Unknown modifier: ${name}. Expected a valid update modifier`);
}

/** The change that an operator with this operand makes to a field. */
export function fieldChange(operator: string, operand: unknown): FieldChange {
  const compile = Object.hasOwn(FIELD_OPERATORS, operator) ? FIELD_OPERATORS[operator] : undefined;
  if (!compile) throw new CommandError("FailedToParse", `Unknown modifier: ${operator}`);
  return compile(operand);
}
