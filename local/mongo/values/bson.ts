import { type DeserializeOptions, deserialize, serialize } from "bson";
import { CommandError } from "../errors.ts";
import type { Document } from "./types.ts";

/** The largest document, in bytes, as MongoDB has it. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

// Nothing is promoted to a JS type that would forget what it was: Int32, Long and Double stay apart.
const KEEP_TYPES: DeserializeOptions = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
};

/** Decodes one BSON document, keeping every BSON type. Throws bson's BSONError on malformed bytes. */
export function decode(bytes: Uint8Array): Document {
  return deserialize(bytes, KEEP_TYPES);
}

/** Encodes a document for the wire. */
export function encode(document: Document): Uint8Array {
  return serialize(document);
}

/** Encodes a document to be stored. Throws BSONObjectTooLarge over 16 MiB. */
export function encodeStored(document: Document): Uint8Array {
  const bytes = serialize(document);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new CommandError(
      "BSONObjectTooLarge",
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES} bytes`,
    );
  }
  return bytes;
}
