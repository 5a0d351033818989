import { meantBy } from "../language/misspelt.ts";
import { isCountable, people } from "../language/row-words.ts";
import { isTypo } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { stopWords } from "../language/stop-words.ts";
import { isVerb } from "../language/synonyms.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { neighbour } from "./reading.ts";
import { countsThings } from "./verbs.ts";

/** What holds all rows of a table anyway: "products in the store". */
const wholes = /^(store|shop|company|firm|organisation|organization|database|system|business|list|file|sheet)s?$/i;

/** Words for what a column is of, or how much of it there is, which the column says itself: "cylinder type", "sales amounts". */
const hypernyms =
  /^(type|kind|sort|class|level|variety|category|categorie|amount|point|figure|number|value|stat|statistic|detail|record|reading|info|data|city|panel|\w*plot|\w*chart|overview|summary|wise)s?$/i;

/** Adjectives that choose nothing of the data. */
const loose = new Set(
  `overall typical general actual current respective corresponding individual usual observed reported recorded given mere nice
  higher lower greater smaller larger bigger better worse economic financial monetary asking simple quick rough good full exact
  certain specific particular known common normal standard regular related lighter heavier`.split(/\s+/),
);

/** Words without which a question asks for the contrary. */
const none = /^(nobody|none|nothing|nowhere|never|noone|neither|nor|unless|except)$/i;

/** Participles that do not end in "ed": "kilometres driven". */
const participle =
  /^(driven|ridden|flown|run|sent|written|taken|given|shown|grown|done|held|kept|eaten|drunk|built|seen|worn|spoken)$/;

/** How adverbs end: "actually", "roughly"; "bubbly" and "friendly" are what something is like. */
const adverb = /(al|te|nt|us|ct|ab|ib|ed|ng|re|ar|gh|st|in|ck|se|ss)ly$/;

/** Whether a word can't be missed: it is neither a noun that narrows nor a verb that tells. */
export function isIdle(text: string): boolean {
  const word = text.toLowerCase();
  return loose.has(word) || hypernyms.test(word) || participle.test(word) || /(ed|ing|ly)$/.test(word);
}

/** "imported wine", "regular riders": it may choose some of what the next word names. */
export function isNarrowing(items: Item[], word: string): boolean {
  const next = items[items.findIndex(({ kind, text }) => kind === "unknown" && text === word) + 1];
  if (next?.kind === "column") return next.field.role === "dimension" && isCountable(next.text);
  return next?.kind === "value" || next?.kind === "rows";
}

/**
 * Whether a word that nothing explains leaves the question what it is: a verb or adverb, a word for what a column is of,
 * a noun that only narrows the name of the column after it ("fuel economy"), the place where all rows are ("in the
 * store"), or a slip in one of these. Any other word may be what is asked for, and what is asked for is not to be left out.
 */
export function isHarmless(items: Item[], index: number): boolean {
  const item = items[index];
  const word = item?.text.toLowerCase() ?? "";
  const next = items[index + 1];
  // "montly" is to be read as what it means.
  if (none.test(word) || meantBy(word) !== null) return false;
  if (loose.has(word) || hypernyms.test(word) || people.has(stem(word))) return true;
  if (/ly$/.test(word)) return adverb.test(word) || !narrows(next);
  if (/(ed|ing)$/.test(word) || participle.test(word)) return !narrows(next) && !isMost(items, index);
  if (isHelped(items, index)) return true;
  if (isVerb(stem(word))) return !isHead(items, index);
  if (wholes.test(word) && items[index - 1]?.kind === "stop") return true;
  if (next?.kind === "column" && next.field.role !== "time")
    return next.field.role === "measure" || !isMany(items, index + 1);
  // "for all airplanes": the rows.
  if (/^all( the)?$/i.test(items[index - 1]?.text ?? "") && /[^s]s$/.test(word)) return true;
  return word.length > 2 && [...stopWords].some((known) => isTypo(word, known));
}

/** "outstanding balance", "delayed flights", "bubbly sales": which of them is meant. */
function narrows(next: Item | undefined): boolean {
  return next?.kind === "rows" || (next?.kind === "column" && next.field.role === "measure");
}

/** "home win percentage": the last noun of several says what is asked for, though it may be a verb elsewhere. */
function isHead(items: Item[], index: number): boolean {
  const before = items[index - 1];
  return before?.kind === "column" || before?.kind === "value";
}

/** "how many cars does each country manufacture" */
function isHelped(items: Item[], index: number): boolean {
  const next = items[index + 1];
  const ends = next === undefined || next.kind === "break" || next.kind === "operator";
  return ends && items.slice(0, index).some(({ text }) => /^(do|does|did)$/i.test(text));
}

/** "female customers", but not "by product categories": several of what a column names, of which a word before says which. */
function isMany(items: Item[], index: number): boolean {
  const grouped = items
    .slice(index - 2, index)
    .some((item) => ["group", "series"].includes(operatorOf(item)?.op ?? ""));
  return !grouped && isCountable(items[index]?.text ?? "");
}

/** "which team scored the most": what of it there is most is the verb's to say. */
function isMost(items: Item[], index: number): boolean {
  const most = neighbour(items, index, 1, ["stop"]);
  const item = most === null ? undefined : items[most];
  return (
    operatorOf(item)?.op === "superlative" && /(most|least)$/i.test(item?.text ?? "") && !countsThings(items, most)
  );
}
