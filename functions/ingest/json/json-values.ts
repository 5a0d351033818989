/** The text is no JSON at this place. */
export class JsonFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The text ends before the value does. */
export class JsonIncomplete extends Error {}

const maxDepth = 200;
const quote = 0x22;
const backslash = 0x5c;

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
/** `NaN` and infinities are not JSON, but what Python writes; they are read as null. */
const wordPattern = /true|false|null|NaN|-?Infinity/y;

/** The place of the next character that is no white space. */
export function skipSpace(text: string, at: number): number {
  for (let next = at; ; next += 1) {
    const code = text.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return next;
  }
}

/** The place after the value that begins here. Throws `JsonFault` or `JsonIncomplete`. */
export function endOfValue(text: string, at: number, depth = 0): number {
  const code = text.charCodeAt(at);
  if (code === quote) return endOfString(text, at);
  if (code === 0x7b) return endOfObject(text, at, depth);
  if (code === 0x5b) return endOfArray(text, at, depth);
  if (at >= text.length) throw new JsonIncomplete();
  wordPattern.lastIndex = at;
  numberPattern.lastIndex = at;
  const isNumber = (code >= 0x30 && code <= 0x39) || (code === 0x2d && text.charCodeAt(at + 1) !== 0x49);
  const end = isNumber ? endOf(numberPattern, text) : endOf(wordPattern, text);
  if (end === undefined) {
    // A word or number that the end of the text may have cut.
    if (text.length - at < 10) throw new JsonIncomplete();
    throw new JsonFault("a value was expected", at);
  }
  // More digits may follow in the next part of the text.
  if (isNumber && end === text.length) throw new JsonIncomplete();
  return end;
}

function endOf(pattern: RegExp, text: string): number | undefined {
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The place after the string that begins here. */
export function endOfString(text: string, at: number): number {
  for (let next = at + 1; ; ) {
    const end = text.indexOf('"', next);
    if (end < 0) throw new JsonIncomplete();
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
    next = end + 1;
  }
}

/** Calls `onMember` with the key and the place of each value, and answers the place after the object that begins here. */
export function eachMember(
  text: string,
  at: number,
  onMember: (key: string, start: number, end: number) => void,
  depth = 0,
): number {
  let next = skipSpace(text, at + 1);
  if (text.charCodeAt(next) === 0x7d) return next + 1;
  for (;;) {
    expect(text, next, quote, "a key in quotation marks was expected");
    const keyEnd = endOfString(text, next);
    const colon = skipSpace(text, keyEnd);
    expect(text, colon, 0x3a, "a colon was expected");
    const start = skipSpace(text, colon + 1);
    const end = endOfValue(text, start, depth + 1);
    onMember(parseString(text, next, keyEnd), start, end);
    next = skipSpace(text, end);
    const after = text.charCodeAt(next);
    if (after === 0x7d) return next + 1;
    expect(text, next, 0x2c, "a comma or the end of the object was expected");
    next = skipSpace(text, next + 1);
  }
}

/** Calls `onElement` with the place of each element, and answers the place after the array that begins here. */
export function eachElement(
  text: string,
  at: number,
  onElement: (start: number, end: number) => void,
  depth = 0,
): number {
  let next = skipSpace(text, at + 1);
  if (text.charCodeAt(next) === 0x5d) return next + 1;
  for (;;) {
    const end = endOfValue(text, next, depth + 1);
    onElement(next, end);
    next = skipSpace(text, end);
    if (text.charCodeAt(next) === 0x5d) return next + 1;
    expect(text, next, 0x2c, "a comma or the end of the array was expected");
    next = skipSpace(text, next + 1);
  }
}

const ignore = () => {};

function endOfObject(text: string, at: number, depth: number): number {
  checkDepth(depth, at);
  return eachMember(text, at, ignore, depth);
}

function endOfArray(text: string, at: number, depth: number): number {
  checkDepth(depth, at);
  return eachElement(text, at, ignore, depth);
}

function checkDepth(depth: number, at: number): void {
  if (depth > maxDepth) throw new JsonFault(`values are nested deeper than ${maxDepth} levels`, at);
}

function expect(text: string, at: number, code: number, message: string): void {
  if (at >= text.length) throw new JsonIncomplete();
  if (text.charCodeAt(at) !== code) throw new JsonFault(message, at);
}

/** The string between two places, its quotation marks included, without its escapes. */
export function parseString(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes("\\")) return inner;
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (whole: string, hex?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return escapes[letter ?? ""] ?? whole;
  });
}

const escapes: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  '"': '"',
  "\\": "\\",
  "/": "/",
};
