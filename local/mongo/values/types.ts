import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "bson";
import { notSupported } from "../errors.ts";

/** A BSON document whose numbers, binaries and regular expressions are kept as their BSON classes. */
export type Document = Record<string, unknown>;

/** MongoDB's aliases of the BSON types, as `$type` takes them; "missing" is a field that is not there. */
export type TypeName =
  | "minKey"
  | "missing"
  | "null"
  | "int"
  | "long"
  | "double"
  | "decimal"
  | "string"
  | "symbol"
  | "object"
  | "array"
  | "binData"
  | "objectId"
  | "bool"
  | "date"
  | "timestamp"
  | "regex"
  | "javascript"
  | "javascriptWithScope"
  | "maxKey";

/** The BSON type of a decoded value; a plain JS number counts as what the BSON encoder would make of it. */
export function typeOf(value: unknown): TypeName {
  switch (typeof value) {
    case "undefined":
      return "missing";
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "number":
      return Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0) ? "int" : "double";
    case "bigint":
      return "long";
  }
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Date) return "date";
  if (value instanceof Int32) return "int";
  if (value instanceof Double) return "double";
  if (value instanceof ObjectId) return "objectId";
  if (value instanceof Timestamp) return "timestamp"; // before Long, which it extends
  if (value instanceof Long) return "long";
  if (value instanceof Decimal128) return "decimal";
  if (value instanceof Binary || value instanceof Uint8Array) return "binData";
  if (value instanceof BSONRegExp || value instanceof RegExp) return "regex";
  if (value instanceof BSONSymbol) return "symbol";
  if (value instanceof Code) return value.scope === null ? "javascript" : "javascriptWithScope";
  if (value instanceof MinKey) return "minKey";
  if (value instanceof MaxKey) return "maxKey";
  if (value instanceof DBRef) throw notSupported("Looking into a DBRef");
  return "object";
}

/** Whether the value is an embedded document (not an array, not a BSON scalar). */
export function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && typeOf(value) === "object";
}

/** Reads an own field; names such as `constructor` never reach the prototype. */
export function field(document: Document, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** Sets an own field, `__proto__` included. */
export function setField(document: Document, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(document, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    document[name] = value;
  }
}

/** The rank that MongoDB sorts types by; types of equal rank compare by value. Missing sorts as null does. */
export const TYPE_RANK: Record<TypeName, number> = {
  minKey: 1,
  missing: 5,
  null: 5,
  int: 10,
  long: 10,
  double: 10,
  decimal: 10,
  string: 15,
  symbol: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  javascript: 60,
  javascriptWithScope: 65,
  maxKey: 127,
};
