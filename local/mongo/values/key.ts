import { Code, ObjectId, Timestamp } from "bson";
import { binaryParts, regexParts } from "./compare.ts";
import { isNumeric, numberKey } from "./numbers.ts";
import { field, isDocument, TYPE_RANK, typeOf } from "./types.ts";

/**
 * Bytes whose order (memcmp, as SQLite compares blobs) is the order of the values, and which are equal exactly when the
 * values compare equal. No encoding is a prefix of another, so that encodings of several values can be joined.
 */
export function valueKey(value: unknown): Buffer {
  return Buffer.concat([Buffer.from([TYPE_RANK[typeOf(value)]]), body(value)]);
}

/** The key of an index entry for an empty array: below null, as MongoDB's `undefined`. */
export const EMPTY_ARRAY_KEY = Buffer.from([4]);

/** The same key for a descending field of a compound index: the order of the bytes turns round. */
export function inverted(key: Buffer): Buffer {
  return Buffer.from(key.map((byte) => 255 - byte));
}

/** What every key of the type of `value` starts with. */
export function typePrefix(value: unknown): Buffer {
  return Buffer.from([TYPE_RANK[typeOf(value)]]);
}

function body(value: unknown): Buffer {
  if (isNumeric(value)) return numberKey(value);
  if (typeof value === "string") return text(value);
  if (value instanceof ObjectId) return Buffer.from(value.id);
  if (typeof value === "boolean") return Buffer.from([value ? 1 : 0]);
  if (value instanceof Date) return signed64(BigInt(value.getTime()));
  if (Array.isArray(value)) return Buffer.concat([...value.map(valueKey), Buffer.from([0])]);
  if (isDocument(value)) {
    const fields = Object.keys(value).map((name) => {
      const inner = field(value, name);
      return Buffer.concat([Buffer.from([TYPE_RANK[typeOf(inner)]]), text(name), body(inner)]);
    });
    return Buffer.concat([...fields, Buffer.from([0])]);
  }
  if (value instanceof Timestamp) return unsigned64(BigInt.asUintN(64, value.toBigInt()));
  const binary = binaryParts(value);
  if (binary) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(binary.bytes.length, 0);
    head.writeUInt8(binary.subtype, 4);
    return Buffer.concat([head, binary.bytes]);
  }
  const regex = regexParts(value);
  if (regex) return Buffer.concat([text(regex.pattern), text(regex.options)]);
  if (value instanceof Code) return Buffer.concat([text(value.code), valueKey(value.scope ?? null)]);
  return text(value === null || value === undefined ? "" : String(value));
}

/** UTF-8 ended by two zero bytes; a zero byte inside becomes 00 FF and so sorts after the end. */
function text(value: string): Buffer {
  if (!value.includes("\0")) return Buffer.from(`${value}\0\0`, "utf8");
  const pieces = value.split("\0").flatMap((piece) => [Buffer.from(piece, "utf8"), Buffer.from([0, 255])]);
  return Buffer.concat([...pieces.slice(0, -1), Buffer.from([0, 0])]);
}

function signed64(value: bigint): Buffer {
  return unsigned64(BigInt.asUintN(64, value) ^ (1n << 63n));
}

function unsigned64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}
