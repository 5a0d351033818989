import { Decimal128, Double, Int32, Long, Timestamp } from "bson";
import { CommandError } from "../errors.ts";

export type Numeric = Int32 | Long | Double | Decimal128 | number | bigint;

export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === "number" || typeof value === "bigint") return true;
  if (value instanceof Int32 || value instanceof Double || value instanceof Decimal128) return true;
  return value instanceof Long && !(value instanceof Timestamp);
}

/** The number as a JS number; a long beyond 2^53 and a decimal are rounded. */
export function toNumber(value: Numeric): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Decimal128) return Number(value.toString());
  return value instanceof Long ? value.toNumber() : value.value;
}

/** The number as a JS integer when it is one exactly, else undefined: for limits, sizes and positions. */
export function toInteger(value: unknown): number | undefined {
  if (!isNumeric(value)) return undefined;
  const number = toNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** coefficient × 10^exponent, exactly. */
interface Exact {
  coefficient: bigint;
  exponent: number;
}

/** The exact value of a finite number; undefined for NaN and the infinities. Every double is a finite decimal. */
function exact(value: Numeric): Exact | undefined {
  if (value instanceof Decimal128) {
    const match = /^(-?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/.exec(value.toString());
    if (!match) return undefined;
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
    return { coefficient: BigInt(`${sign}${whole}${fraction}`), exponent: Number(exponent) - fraction.length };
  }
  if (typeof value === "bigint") return { coefficient: value, exponent: 0 };
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  let mantissa = toNumber(value);
  if (!Number.isFinite(mantissa)) return undefined;
  // m / 2^k = m × 5^k / 10^k. Doubling loses nothing, so the mantissa becomes an integer in at most 1074 steps.
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings++;
  }
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings };
}

function smallValue(value: Numeric): number | bigint | undefined {
  if (value instanceof Decimal128) return undefined;
  if (value instanceof Long) return value.toBigInt();
  return typeof value === "object" ? value.value : value;
}

function order<T extends number | bigint>(a: T, b: T | number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Exact comparison across the numeric types; NaN equals itself and sorts before every other number. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = smallValue(a);
  const y = smallValue(b);
  if (x !== undefined && y !== undefined && !Number.isNaN(x) && !Number.isNaN(y)) return order(x, y);
  const left = numberKey(a);
  const right = numberKey(b);
  return Buffer.compare(left, right);
}

const NAN = 0;
const NEGATIVE_INFINITY = 1;
const NEGATIVE = 2;
const ZERO = 3;
const POSITIVE = 4;
const POSITIVE_INFINITY = 5;

/**
 * Bytes that order as the numbers do and are equal exactly when the numbers are: a class byte, then for finite
 * non-zero numbers the decimal exponent (biased, 2 bytes), the significant digits and a zero byte, inverted if negative.
 */
export function numberKey(value: Numeric): Buffer {
  const parts = exact(value);
  if (!parts) {
    const number = toNumber(value);
    return Buffer.from([Number.isNaN(number) ? NAN : number < 0 ? NEGATIVE_INFINITY : POSITIVE_INFINITY]);
  }
  if (parts.coefficient === 0n) return Buffer.from([ZERO]);
  const negative = parts.coefficient < 0n;
  const digits = String(negative ? -parts.coefficient : parts.coefficient);
  const magnitude = digits.length + parts.exponent + 32768; // decimal128 reaches 10^±6176
  const significant = digits.replace(/0+$/, "");
  const body = Buffer.concat([
    Buffer.from([magnitude >> 8, magnitude & 255]),
    Buffer.from(`${significant}\0`, "latin1"),
  ]);
  if (negative) for (let i = 0; i < body.length; i++) body[i] = 255 - (body[i] ?? 0);
  return Buffer.concat([Buffer.from([negative ? NEGATIVE : POSITIVE]), body]);
}

const isDouble = (value: Numeric): boolean =>
  value instanceof Double || (typeof value === "number" && !(Number.isInteger(value) && Math.abs(value) < 2 ** 31));

const isLong = (value: Numeric): boolean => typeof value === "bigint" || value instanceof Long;

function toBigInt(value: Numeric): bigint {
  if (typeof value === "bigint") return value;
  return value instanceof Long ? value.toBigInt() : BigInt(toNumber(value));
}

type Arithmetic = "add" | "subtract" | "multiply";

/**
 * Arithmetic with MongoDB's result types: the widest operand decides, an int that overflows becomes a long.
 * @param overflow what a long that overflows does: `$inc` and `$mul` fail, expressions go on as double.
 */
export function calculate(operation: Arithmetic, a: Numeric, b: Numeric, overflow: "error" | "double"): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalArithmetic(operation, a, b);
  if (isDouble(a) || isDouble(b)) return new Double(doubleArithmetic(operation, toNumber(a), toNumber(b)));
  const [x, y] = [toBigInt(a), toBigInt(b)];
  const result = operation === "add" ? x + y : operation === "subtract" ? x - y : x * y;
  if (!isLong(a) && !isLong(b) && BigInt.asIntN(32, result) === result) return new Int32(Number(result));
  if (BigInt.asIntN(64, result) === result) return Long.fromBigInt(result);
  if (overflow === "double") return new Double(Number(result));
  throw new CommandError("BadValue", `Failed to ${operation} ${x} and ${y}: the result does not fit into 64 bits`);
}

function doubleArithmetic(operation: Arithmetic, a: number, b: number): number {
  return operation === "add" ? a + b : operation === "subtract" ? a - b : a * b;
}

function decimalArithmetic(operation: Arithmetic, a: Numeric, b: Numeric): Decimal128 {
  const x = exact(a);
  const y = exact(b);
  if (!x || !y) return Decimal128.fromString(String(doubleArithmetic(operation, toNumber(a), toNumber(b))));
  if (operation === "multiply") return decimal(x.coefficient * y.coefficient, x.exponent + y.exponent);
  const exponent = Math.min(x.exponent, y.exponent);
  const left = x.coefficient * 10n ** BigInt(x.exponent - exponent);
  const right = y.coefficient * 10n ** BigInt(y.exponent - exponent);
  return decimal(operation === "add" ? left + right : left - right, exponent);
}

function decimal(coefficient: bigint, exponent: number): Decimal128 {
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}

/** An integral JS number as int or long, anything else as double: for counts and computed values. */
export function fromNumber(value: number): Int32 | Long | Double {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return new Double(value);
  return Math.abs(value) < 2 ** 31 ? new Int32(value) : Long.fromNumber(value);
}
