import { remembered } from "./remembered.ts";
import { stem } from "./stem.ts";

interface Span {
  /** As written. */
  text: string;
  /** Where it begins in the question. */
  start: number;
}

/** A piece of the question. Numbers have their value ("1,200", "5k" and "2 million" are read), dates their parts. */
export type Token = Span &
  (
    | { kind: "word"; lower: string; stem: string }
    | { kind: "number"; value: number }
    | { kind: "date"; iso: string }
    | { kind: "quoted"; value: string }
    | { kind: "symbol" }
  );

const pattern = new RegExp(
  [
    String.raw`(?<quoted>(?<![\p{L}\p{N}])(?:"[^"]+"|“[^”]+”|‘[^’]+’|«[^»]+»|\x60[^\x60]+\x60|'[^']+'(?![\p{L}\p{N}])))`,
    String.raw`(?<date>\b\d{4}-\d{2}-\d{2}\b)`,
    String.raw`(?<number>(?<![\p{L}\p{N}_])[-−]?[$€£]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?(?:million|billion|thousand)\b|[km](?![\p{L}\p{N}]))?(?![\p{L}\p{N}_]))`,
    String.raw`(?<word>[\p{L}\p{N}_]+(?:['’][\p{L}]+)?)`,
    "(?<symbol>>=|<=|!=|<>|[<>=.,;:?!()/&%+*-])",
  ].join("|"),
  "giu",
);

const magnitudes: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, billion: 1e9 };

function numberIn(text: string): number {
  const magnitude = /[a-z]+$/i.exec(text)?.[0].toLowerCase();
  return Number(text.replace(/[^\d.-]/g, "")) * (magnitude ? (magnitudes[magnitude] ?? 1) : 1);
}

/** Lower case without accents: people type "gomez" for "Gómez". */
export function plain(word: string): string {
  return word
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

/** The words of a name in their order: "totalSales_2019" gives total, Sales, 2019; a unit such as kWh is one. */
export const wordsIn: (name: string) => readonly string[] = remembered(cut);

function cut(name: string): readonly string[] {
  return (
    name
      .replace(/(\p{Ll})(?!(?<=(?<!\p{L})[kmg])(?:Wh?|Hz|B|Pa|V)(?!\p{L}))(\p{Lu})/gu, "$1 $2")
      .replace(/(\p{Lu})(?!(?<=(?<!\p{L})[KMGT])(?:Wh|Hz)(?!\p{L}))(\p{Lu}\p{Ll})/gu, "$1 $2")
      .replace(/([\p{Ll}\p{Lu}])(\d)/gu, "$1 $2")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Cuts a question into tokens; joined names (`total_sales`, `totalSales`) become their words. */
export function tokenize(question: string): Token[] {
  const tokens: Token[] = [];
  for (const match of question.matchAll(pattern)) {
    const text = match[0];
    const start = match.index;
    const groups = match.groups ?? {};
    if (groups.quoted !== undefined) tokens.push({ kind: "quoted", text, start, value: text.slice(1, -1).trim() });
    else if (groups.date !== undefined) tokens.push({ kind: "date", text, start, iso: text });
    else if (groups.number !== undefined) tokens.push({ kind: "number", text, start, value: numberIn(text) });
    else if (groups.word !== undefined) tokens.push(...wordTokens(text, start));
    else tokens.push({ kind: "symbol", text, start });
  }
  return tokens;
}

function wordTokens(text: string, start: number): Token[] {
  const bare = text.replace(/['’]\p{L}+$/u, "");
  let from = 0;
  return wordsIn(bare).map((word): Token => {
    const at = bare.indexOf(word, from);
    from = at + word.length;
    return { kind: "word", text: word, start: start + at, lower: plain(word), stem: stem(plain(word)) };
  });
}
