import { Decimal128, Double, Int32, Long, ObjectId } from "bson";
import { CommandError, notSupported } from "../errors.ts";
import { toRegExp } from "../filter/regex.ts";
import { regexParts } from "../values/compare.ts";
import { fromNumber, isNumeric, toInteger, toNumber } from "../values/numbers.ts";
import { typeOf } from "../values/types.ts";
import {
  compileExpression,
  type ExpressionOperator,
  fixedArity,
  namedOperands,
  nullPropagating,
} from "./expression.ts";

const many = Number.POSITIVE_INFINITY;

function text(name: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (isNumeric(value)) return String(value);
  throw new CommandError("TypeMismatch", `can't convert from BSON type ${typeOf(value)} to String in ${name}`);
}

function stringOnly(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new CommandError("TypeMismatch", `${name} requires a string, found ${typeOf(value)}`);
}

function trim(pattern: (characters: string) => RegExp): ExpressionOperator {
  return (operand, name) => {
    const { input, chars } = namedOperands(name, operand, ["input", "chars"]);
    if (chars !== undefined) throw notSupported(`The argument chars of ${name}`);
    const expression = compileExpression(input);
    return (scope) => {
      const value = expression(scope);
      return value === null || value === undefined ? null : stringOnly(name, value).replace(pattern("\\s\\0"), "");
    };
  };
}

function convertible(name: string, convert: (value: unknown) => unknown): ExpressionOperator {
  return nullPropagating(1, ([value]) => {
    const result = convert(value);
    if (result !== undefined) return result;
    throw new CommandError("BadValue", `${name}: unsupported conversion of a value of type ${typeOf(value)}`);
  });
}

function parsedNumber(value: unknown): number | undefined {
  if (isNumeric(value)) return toNumber(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string" && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) return Number(value);
  return undefined;
}

function integerWithin(bits: number, value: unknown): bigint | undefined {
  if (value instanceof Long) return fits(bits, value.toBigInt());
  if (typeof value === "string") return /^[+-]?\d+$/.test(value) ? fits(bits, BigInt(value)) : undefined;
  const number = value instanceof Date ? value.getTime() : parsedNumber(value);
  return number === undefined || !Number.isFinite(number) ? undefined : fits(bits, BigInt(Math.trunc(number)));
}

const fits = (bits: number, value: bigint): bigint | undefined =>
  BigInt.asIntN(bits, value) === value ? value : undefined;

function toDate(value: unknown): Date | undefined {
  const time = isNumeric(value) ? toNumber(value) : typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  return Number.isNaN(time) ? undefined : new Date(Math.trunc(time));
}

function toText(value: unknown): string | undefined {
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" || typeof value === "boolean" || isNumeric(value) ? String(value) : undefined;
}

function regexMatch(operand: unknown, name: string) {
  const { input, regex, options } = namedOperands(name, operand, ["input", "regex", "options"]);
  const expression = compileExpression(input);
  const parts = regexParts(regex) ?? (typeof regex === "string" ? { pattern: regex, options: "" } : undefined);
  if (!parts) throw notSupported(`${name} with a computed regex`);
  const compiled = toRegExp(parts.pattern, typeof options === "string" ? options : parts.options);
  return { input: expression, compiled };
}

/** Operators on text, and the conversions between types. */
export const STRING_OPERATORS: Record<string, ExpressionOperator> = {
  $concat: nullPropagating(0, (values, name) => values.map((value) => stringOnly(name, value)).join(""), many),
  $toLower: fixedArity(1, ([value], name) => text(name, value).replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  $toUpper: fixedArity(1, ([value], name) => text(name, value).replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  $strLenCP: fixedArity(1, ([value], name) => fromNumber([...stringOnly(name, value)].length)),
  $strcasecmp: fixedArity(2, ([a, b], name) => {
    const [x, y] = [text(name, a).toUpperCase(), text(name, b).toUpperCase()];
    return new Int32(x < y ? -1 : x > y ? 1 : 0);
  }),
  $substrCP: fixedArity(3, ([value, start, length], name) => {
    const [from, count] = [toInteger(start), toInteger(length)];
    if (from === undefined || count === undefined || from < 0 || count < 0) {
      throw new CommandError("BadValue", `${name} needs whole numbers, 0 or more, for start and length`);
    }
    return [...text(name, value)].slice(from, from + count).join("");
  }),
  $split: nullPropagating(2, ([value, separator], name) => stringOnly(name, value).split(stringOnly(name, separator))),
  $trim: trim((characters) => new RegExp(`^[${characters}]+|[${characters}]+$`, "g")),
  $ltrim: trim((characters) => new RegExp(`^[${characters}]+`)),
  $rtrim: trim((characters) => new RegExp(`[${characters}]+$`)),
  $regexMatch: (operand, name) => {
    const { input, compiled } = regexMatch(operand, name);
    return (scope) => {
      const value = input(scope);
      return value !== null && value !== undefined && compiled.test(stringOnly(name, value));
    };
  },
  $type: fixedArity(1, ([value]) => typeOf(value)),
  $isNumber: fixedArity(1, ([value]) => isNumeric(value)),
  $toString: convertible("$toString", toText),
  $toDate: convertible("$toDate", toDate),
  $toObjectId: convertible("$toObjectId", (value) => {
    if (value instanceof ObjectId) return value;
    return typeof value === "string" && /^[0-9a-f]{24}$/i.test(value) ? new ObjectId(value) : undefined;
  }),
  $toBool: convertible("$toBool", (value) =>
    isNumeric(value) ? toNumber(value) !== 0 : typeof value === "boolean" ? value : true,
  ),
  $toInt: convertible("$toInt", (value) => {
    const integer = integerWithin(32, value);
    return integer === undefined ? undefined : new Int32(Number(integer));
  }),
  $toLong: convertible("$toLong", (value) => {
    const integer = integerWithin(64, value);
    return integer === undefined ? undefined : Long.fromBigInt(integer);
  }),
  $toDouble: convertible("$toDouble", (value) => {
    const number = value instanceof Date ? value.getTime() : parsedNumber(value);
    return number === undefined ? undefined : new Double(number);
  }),
  $toDecimal: convertible("$toDecimal", (value) => {
    if (value instanceof Decimal128) return value;
    return parsedNumber(value) === undefined ? undefined : Decimal128.fromStringWithRounding(String(Number(value)));
  }),
};
