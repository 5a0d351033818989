import { Binary, BSONRegExp, Code, ObjectId, Timestamp } from "bson";
import { compareNumbers, isNumeric } from "./numbers.ts";
import { type Document, field, isDocument, TYPE_RANK, typeOf } from "./types.ts";

/**
 * MongoDB's total order of values: by type first, then by value; missing and null are equal.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const rank = TYPE_RANK[typeOf(a)] - TYPE_RANK[typeOf(b)];
  if (rank !== 0) return Math.sign(rank);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return Math.sign(a.getTime() - b.getTime());
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (isDocument(a) && isDocument(b)) return compareDocuments(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.compare(b);
  const [binaryA, binaryB] = [binaryParts(a), binaryParts(b)];
  if (binaryA && binaryB) {
    return (
      Math.sign(binaryA.bytes.length - binaryB.bytes.length) ||
      Math.sign(binaryA.subtype - binaryB.subtype) ||
      Buffer.compare(binaryA.bytes, binaryB.bytes)
    );
  }
  const [regexA, regexB] = [regexParts(a), regexParts(b)];
  if (regexA && regexB) {
    return compareStrings(regexA.pattern, regexB.pattern) || compareStrings(regexA.options, regexB.options);
  }
  if (a instanceof Code && b instanceof Code) {
    return compareStrings(a.code, b.code) || compareValues(a.scope ?? null, b.scope ?? null);
  }
  return compareStrings(String(a ?? ""), String(b ?? "")); // symbols; nulls and min/max keys are equal among themselves
}

export function equalValues(a: unknown, b: unknown): boolean {
  return compareValues(a, b) === 0;
}

/** Binary data of either shape: bson's Binary (UUIDs included) or plain bytes (subtype 0). */
export function binaryParts(value: unknown): { bytes: Uint8Array; subtype: number } | undefined {
  if (value instanceof Binary) return { bytes: value.value(), subtype: value.sub_type };
  return value instanceof Uint8Array ? { bytes: value, subtype: 0 } : undefined;
}

/** Pattern and options of a regular expression of either shape. */
export function regexParts(value: unknown): { pattern: string; options: string } | undefined {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  return value instanceof RegExp ? { pattern: value.source, options: value.flags } : undefined;
}

/** By UTF-8 bytes, which is by code point; JavaScript's own `<` puts surrogate pairs before U+E000. */
function compareStrings(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const bothHigh = x >= 0xd800 && y >= 0xd800;
    return bothHigh ? Math.sign(codePointRank(x) - codePointRank(y)) : Math.sign(x - y);
  }
  return Math.sign(a.length - b.length);
}

function codePointRank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000; // surrogates rank after the rest of the basic plane
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** Field by field in their order: type, then name, then value. */
function compareDocuments(a: Document, b: Document): number {
  const namesA = Object.keys(a);
  const namesB = Object.keys(b);
  for (let i = 0; i < Math.min(namesA.length, namesB.length); i++) {
    const [nameA = "", nameB = ""] = [namesA[i], namesB[i]];
    const [valueA, valueB] = [field(a, nameA), field(b, nameB)];
    const order =
      TYPE_RANK[typeOf(valueA)] - TYPE_RANK[typeOf(valueB)] ||
      compareStrings(nameA, nameB) ||
      compareValues(valueA, valueB);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(namesA.length - namesB.length);
}
