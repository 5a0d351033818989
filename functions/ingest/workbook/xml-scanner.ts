import { DataError } from "../data-error.ts";

/** Longest tag or piece of text; a cell holds 32,767 characters. */
const maxTokenBytes = 2 * 1024 ** 2;
const maxDepth = 100;

export interface XmlHandler {
  /** `name` is without prefix. The tag's attributes are read with `scanner.nextAttribute()`, before this returns. */
  open(name: string, scanner: XmlScanner): void;
  close(name: string): void;
  /** Text between tags, to be had by `scanner.text()`; `raw` where it is of a CDATA section and so has no entities. */
  text(scanner: XmlScanner, start: number, end: number, raw: boolean): void;
}

const lt = 0x3c;
const gt = 0x3e;
const slash = 0x2f;
const quoteMark = 0x22;
const apostrophe = 0x27;
const equals = 0x3d;
const colon = 0x3a;
const ampersand = 0x26;

/**
 * Reads a part of a workbook as a stream, without making strings of what nobody asks for: half a million rows are tens of
 * millions of tags. It knows the XML that spreadsheets hold; a document type, and with it every entity of one's own, is
 * refused. UTF-8 only (`utf8Parts` transcodes).
 */
export class XmlScanner {
  /** Where the current attribute's name and value stand in `bytes`. */
  bytes: Buffer = Buffer.alloc(0);
  nameStart = 0;
  nameEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  /** `bytes`, a character for each, out of which short pieces are cut much faster. */
  private characters = "";
  private attributeAt = 0;
  private attributesEnd = 0;
  private rest: Buffer = Buffer.alloc(0);
  private depth = 0;
  private readonly names = new TagNames();
  private readonly handler: XmlHandler;

  constructor(handler: XmlHandler) {
    this.handler = handler;
  }

  write(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    this.bytes = bytes;
    this.characters = bytes.toString("latin1");
    const done = this.scan(bytes);
    this.rest = bytes.subarray(done);
    if (this.rest.length > maxTokenBytes) throw malformed("A piece of text in it is absurdly long.");
  }

  end(): void {
    if (this.depth !== 0 || this.rest.toString("latin1").trim() !== "") throw malformed("A part of it ends too early.");
  }

  /** Moves to the next attribute of the tag that is being opened. */
  nextAttribute(): boolean {
    const { bytes, attributesEnd: end } = this;
    let at = this.attributeAt;
    while (at < end && (bytes[at] ?? 0) <= 0x20) at += 1;
    const start = at;
    let local = at;
    while (at < end && bytes[at] !== equals && (bytes[at] ?? 0) > 0x20) {
      if (bytes[at] === colon) local = at + 1;
      at += 1;
    }
    if (at >= end || at === start) return false;
    this.nameStart = local;
    this.nameEnd = at;
    while (at < end && bytes[at] !== quoteMark && bytes[at] !== apostrophe) at += 1;
    const closing = bytes[at];
    this.valueStart = at + 1;
    at += 1;
    while (at < end && bytes[at] !== closing) at += 1;
    this.valueEnd = at;
    this.attributeAt = at + 1;
    return true;
  }

  /** The attributes of the tag that is being opened, by their names without prefix. */
  attributes(): Record<string, string> {
    const found: Record<string, string> = {};
    while (this.nextAttribute()) {
      found[this.ascii(this.nameStart, this.nameEnd)] = this.text(this.valueStart, this.valueEnd);
    }
    return found;
  }

  /** A piece of the current bytes that is ASCII, such as a number. */
  ascii(start: number, end: number): string {
    return this.characters.substring(start, end);
  }

  /** A piece of the current bytes as it is meant: entities replaced, CR LF read as LF, as XML has it. */
  text(start: number, end: number, raw = false): string {
    let special = false;
    for (let at = start; at < end; at += 1) {
      const byte = this.bytes[at] ?? 0;
      if (byte >= 0x80) return unescapeText(this.bytes.toString("utf8", start, end), raw);
      if (byte === ampersand || byte === 0x0d) special = true;
    }
    const text = this.characters.substring(start, end);
    return special ? unescapeText(text, raw) : text;
  }

  /** Handles the complete tokens and returns where the first incomplete one begins. */
  private scan(bytes: Buffer): number {
    const end = bytes.length;
    let at = 0;
    for (;;) {
      let tag = at;
      while (tag < end && bytes[tag] !== lt) tag += 1;
      if (tag === end) return at;
      if (tag > at) this.handler.text(this, at, tag, false);
      const first = bytes[tag + 1];
      if (first === undefined) return tag;
      const next = first === 0x21 ? this.declaration(bytes, tag) : first === 0x3f ? after(bytes, "?>", tag) : -1;
      if (next === incomplete) return tag;
      if (next >= 0) {
        at = next;
        continue;
      }
      let close = tag + 1;
      let quoted = 0;
      for (; close < end; close += 1) {
        const byte = bytes[close];
        if (quoted !== 0) {
          if (byte === quoted) quoted = 0;
        } else if (byte === gt) break;
        else if (byte === quoteMark || byte === apostrophe) quoted = byte;
      }
      if (close === end) return tag;
      this.tag(bytes, tag, close);
      at = close + 1;
    }
  }

  private tag(bytes: Buffer, tag: number, close: number): void {
    const closing = bytes[tag + 1] === slash;
    let start = closing ? tag + 2 : tag + 1;
    let end = start;
    for (; end < close; end += 1) {
      const byte = bytes[end] ?? 0;
      if (byte <= 0x20 || byte === slash) break;
      if (byte === colon) start = end + 1;
    }
    const name = this.names.at(bytes, start, end);
    if (closing) {
      this.depth -= 1;
      if (this.depth < 0) throw malformed("Its XML is not well-formed.");
      this.handler.close(name);
      return;
    }
    const empty = bytes[close - 1] === slash;
    this.attributeAt = end;
    this.attributesEnd = empty ? close - 1 : close;
    this.handler.open(name, this);
    if (empty) this.handler.close(name);
    else {
      this.depth += 1;
      if (this.depth > maxDepth) throw malformed("Its XML is nested absurdly deep.");
    }
  }

  /** Skips a comment, hands on a CDATA section, refuses the rest of what begins with `<!`. */
  private declaration(bytes: Buffer, tag: number): number {
    const opening = bytes.toString("latin1", tag, tag + 9);
    if (opening.startsWith("<!--")) return after(bytes, "-->", tag + 4);
    if (opening === "<![CDATA[") {
      const next = after(bytes, "]]>", tag + 9);
      if (next !== incomplete) this.handler.text(this, tag + 9, next - 3, true);
      return next;
    }
    if ("<!--".startsWith(opening) || "<![CDATA[".startsWith(opening)) return incomplete;
    throw new DataError(
      "unsafe-workbook",
      "The workbook declares XML entities, which no spreadsheet program does and attacks do. Save it again from a spreadsheet program.",
    );
  }
}

const incomplete = -2;

function after(bytes: Buffer, mark: string, from: number): number {
  const at = bytes.indexOf(mark, from, "latin1");
  return at < 0 ? incomplete : at + mark.length;
}

/** Strings for the few tag names that there are, made once. */
class TagNames {
  private readonly ofOneLetter = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  private readonly byHash = new Map<number, string>();

  at(bytes: Buffer, start: number, end: number): string {
    // Nearly all: cells, values and texts.
    if (end - start === 1) return this.ofOneLetter[bytes[start] ?? 0] ?? "";
    let hash = end - start;
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const known = this.byHash.get(hash);
    if (known !== undefined && isAscii(bytes, start, end, known)) return known;
    const name = bytes.toString("latin1", start, end);
    if (this.byHash.size < 1000) this.byHash.set(hash, name);
    return name;
  }
}

/** Whether the bytes are exactly this ASCII text. */
export function isAscii(bytes: Buffer, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeText(text: string, raw: boolean): string {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  if (raw || !lines.includes("&")) return lines;
  return lines.replace(
    /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(\w+));/gi,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}

export function malformed(detail: string, cause?: unknown): DataError {
  return new DataError(
    "damaged-workbook",
    `The workbook can't be read. ${detail} Open it in a spreadsheet program, save it again and upload the copy.`,
    { cause },
  );
}
