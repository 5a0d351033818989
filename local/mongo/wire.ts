import { decode, encode } from "./values/bson.ts";
import type { Document } from "./values/types.ts";

/** The largest message, in bytes, as MongoDB has it. */
export const MAX_MESSAGE_BYTES = 48_000_000;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const HEADER_BYTES = 16;
const CHECKSUM_PRESENT = 1 << 0;
const MORE_TO_COME = 1 << 1;
/** The bits below 16 must be understood; the others (such as exhaustAllowed) may be ignored. */
const REQUIRED_BITS = 0xffff;

/** A request of a client. `legacy` is an OP_QUERY, which drivers use only to say hello. */
export interface Request {
  id: number;
  command: Document;
  legacy: boolean;
  /** The client does not wait for a reply (unacknowledged writes). */
  silent: boolean;
}

/** Bytes that are no message: the connection is of no more use. */
export class ProtocolError extends Error {}

/** Cuts a stream of bytes into messages and reads them. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #buffered = 0;

  /** The requests that are complete with this chunk. Throws ProtocolError, or bson's error for a malformed document. */
  *read(chunk: Buffer): Generator<Request> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#buffered >= 4) {
      const length = this.#length();
      if (this.#buffered < length) return;
      const all = this.#joined();
      this.#chunks = all.length > length ? [all.subarray(length)] : [];
      this.#buffered -= length;
      yield parse(all.subarray(0, length));
    }
  }

  #length(): number {
    const [first] = this.#chunks;
    const head = first && first.length >= 4 ? first : this.#joined();
    const length = head.readInt32LE(0);
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES)
      throw new ProtocolError(`a message can't have ${length} bytes`);
    return length;
  }

  #joined(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

function parse(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_MSG) return parseMessage(id, message);
  if (opcode === OP_QUERY) return parseQuery(id, message);
  throw new ProtocolError(`opcode ${opcode} is not supported`);
}

/** OP_MSG: flags, sections, and a CRC-32C if flagged. */
function parseMessage(id: number, message: Buffer): Request {
  const flags = readUInt32(message, HEADER_BYTES);
  if (flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) throw new ProtocolError(`unknown flags ${flags}`);
  let end = message.length;
  if (flags & CHECKSUM_PRESENT) {
    end -= 4;
    if (readUInt32(message, end) !== crc32c(message.subarray(0, end))) throw new ProtocolError("the checksum is wrong");
  }
  let command: Document | undefined;
  const sequences: [string, Document[]][] = [];
  for (let at = HEADER_BYTES + 4; at < end; ) {
    const kind = message[at];
    const size = readSize(message, at + 1, end);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0 && command === undefined) command = decode(section);
    else if (kind === 1) sequences.push(parseSequence(section));
    else throw new ProtocolError(`a section of kind ${kind} is not expected`);
    at += 1 + size;
  }
  if (!command) throw new ProtocolError("there is no command");
  for (const [name, documents] of sequences) {
    if (name in command) throw new ProtocolError(`${name} is there twice`);
    command[name] = documents;
  }
  return { id, command, legacy: false, silent: (flags & MORE_TO_COME) !== 0 };
}

/** A section of kind 1: size, name, and documents one after the other. */
function parseSequence(section: Buffer): [string, Document[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new ProtocolError("a section has no name");
  const documents: Document[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = readSize(section, at, section.length);
    documents.push(decode(section.subarray(at, at + size)));
    at += size;
  }
  return [section.toString("utf8", 4, nameEnd), documents];
}

/** OP_QUERY: flags, collection name, skip, limit, query. Only commands (`<db>.$cmd`) are taken. */
function parseQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const name = message.toString("utf8", HEADER_BYTES + 4, Math.max(nameEnd, 0));
  if (!name.endsWith(".$cmd")) throw new ProtocolError("OP_QUERY is supported for commands only");
  const at = nameEnd + 1 + 8;
  const command = decode(message.subarray(at, at + readSize(message, at, message.length)));
  const [first = ""] = Object.keys(command);
  if (!["hello", "isMaster", "ismaster"].includes(first))
    throw new ProtocolError(`OP_QUERY is supported for hello only, not ${first}`);
  return { id, command: { ...command, $db: name.slice(0, -".$cmd".length) }, legacy: true, silent: false };
}

function readUInt32(message: Buffer, at: number): number {
  if (at + 4 > message.length) throw new ProtocolError("the message ends too early");
  return message.readUInt32LE(at);
}

function readSize(message: Buffer, at: number, end: number): number {
  const size = readUInt32(message, at);
  if (size < 5 || at + size > end) throw new ProtocolError(`a size of ${size} does not fit`);
  return size;
}

/** The bytes of a reply, in the kind of message that the request came in. */
export function encodeReply(request: Request, reply: Document): Buffer {
  const body = encode(reply);
  // OP_REPLY: flags (8: await capable), cursor id, starting from, one document. OP_MSG: flags, a section of kind 0.
  const prefix = request.legacy ? Buffer.alloc(20) : Buffer.alloc(5);
  if (request.legacy) {
    prefix.writeInt32LE(8, 0);
    prefix.writeInt32LE(1, 16);
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + prefix.length + body.length, 0);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, body]);
}

/** CRC-32C (Castagnoli), reflected; Node's zlib has CRC-32 only. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});
