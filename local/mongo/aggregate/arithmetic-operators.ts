import { Decimal128, Double, Int32, Long } from "bson";
import { CommandError, notSupported } from "../errors.ts";
import { calculate, fromNumber, isNumeric, type Numeric, toInteger, toNumber } from "../values/numbers.ts";
import { typeOf } from "../values/types.ts";
import { type ExpressionOperator, fixedArity, nullPropagating } from "./expression.ts";

export function numberOperand(name: string, value: unknown): Numeric {
  if (isNumeric(value)) return value;
  throw new CommandError("TypeMismatch", `${name} only supports numeric types, not ${typeOf(value)}`);
}

const many = Number.POSITIVE_INFINITY;

/** `$add` and `$subtract` also move dates by milliseconds; a date minus a date is a long. */
function add(values: unknown[], name: string): unknown {
  const date = values.find((value) => value instanceof Date);
  if (!date) {
    return values
      .map((value) => numberOperand(name, value))
      .reduce<Numeric>((a, b) => calculate("add", a, b, "double"), new Int32(0));
  }
  const rest = values.filter((value) => value !== date).map((value) => toNumber(numberOperand(name, value)));
  return new Date(rest.reduce((sum, milliseconds) => sum + milliseconds, date.getTime()));
}

function subtract([a, b]: unknown[], name: string): unknown {
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date) return new Date(a.getTime() - toNumber(numberOperand(name, b)));
  return calculate("subtract", numberOperand(name, a), numberOperand(name, b), "double");
}

function withoutDecimals(name: string, values: readonly unknown[]): number[] {
  return values.map((value) => {
    if (value instanceof Decimal128) throw notSupported(`${name} of a Decimal128`);
    return toNumber(numberOperand(name, value));
  });
}

/** Keeps the type of the operand: the integer functions of a double are doubles. */
function typed(original: unknown, result: number): unknown {
  return typeOf(original) === "double" ? new Double(result) : fromNumber(result);
}

function rounding(round: (value: number) => number): ExpressionOperator {
  return nullPropagating(1, ([value], name) => {
    const [number = Number.NaN] = withoutDecimals(name, [value]);
    return typeOf(value) === "double" ? new Double(round(number)) : value;
  });
}

/** Rounds to decimal places, half to even as the server does. */
function roundTo(truncate: boolean): ExpressionOperator {
  return fixedArity(
    1,
    ([value, places = 0], name) => {
      if (value === null || value === undefined || places === null) return null;
      const [number = Number.NaN] = withoutDecimals(name, [value]);
      const digits = toInteger(places);
      if (digits === undefined || Math.abs(digits) > 100)
        throw new CommandError("BadValue", `${name} needs a whole number of places`);
      if (!Number.isFinite(number)) return value;
      // Shifting by the decimal exponent in the text avoids the error of a multiplication by a power of ten.
      const shifted = Number(shift(number, digits));
      const whole = Math.floor(shifted);
      const half = shifted - whole;
      const up = half > 0.5 || (half === 0.5 && whole % 2 !== 0);
      const rounded = truncate ? Math.trunc(shifted) : up ? whole + 1 : whole;
      return typed(value, Number(shift(rounded, -digits)));
    },
    2,
  );
}

function shift(number: number, places: number): string {
  const [mantissa, exponent = "0"] = String(number).split("e");
  return `${mantissa}e${Number(exponent) + places}`;
}

const real = (compute: (value: number) => number): ExpressionOperator =>
  nullPropagating(1, (values, name) => new Double(compute(withoutDecimals(name, values)[0] ?? Number.NaN)));

export const ARITHMETIC_OPERATORS: Record<string, ExpressionOperator> = {
  $add: nullPropagating(0, add, many),
  $subtract: nullPropagating(2, subtract),
  $multiply: nullPropagating(
    0,
    (values, name) =>
      values
        .map((value) => numberOperand(name, value))
        .reduce<Numeric>((a, b) => calculate("multiply", a, b, "double"), new Int32(1)),
    many,
  ),
  $divide: nullPropagating(2, (values, name) => {
    const [a = Number.NaN, b = Number.NaN] = withoutDecimals(name, values);
    if (b === 0) throw new CommandError("BadValue", "can't $divide by zero");
    return new Double(a / b);
  }),
  $mod: nullPropagating(2, (values, name) => {
    const [a = Number.NaN, b = Number.NaN] = withoutDecimals(name, values);
    if (b === 0) throw new CommandError("BadValue", "can't $mod by zero");
    return values.some((value) => typeOf(value) === "double") ? new Double(a % b) : fromNumber(a % b);
  }),
  $abs: nullPropagating(1, ([value], name) => typed(value, Math.abs(withoutDecimals(name, [value])[0] ?? Number.NaN))),
  $ceil: rounding(Math.ceil),
  $floor: rounding(Math.floor),
  $round: roundTo(false),
  $trunc: roundTo(true),
  $sqrt: real(Math.sqrt),
  $exp: real(Math.exp),
  $ln: real(Math.log),
  $log10: real(Math.log10),
  $pow: nullPropagating(2, (values, name) => {
    const [base = Number.NaN, exponent = Number.NaN] = withoutDecimals(name, values);
    const result = base ** exponent;
    return values.some((value) => typeOf(value) === "double") ? new Double(result) : fromNumber(result);
  }),
};
