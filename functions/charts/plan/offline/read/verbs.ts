import { stem } from "../language/stem.ts";
import { isVerb } from "../language/synonyms.ts";
import { isRowNoun } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { neighbour, type Reading } from "./reading.ts";

/** Verbs that take something away: what is said with them is a condition. */
const telling = new Set(
  "lack avoid miss lose quit refuse cancel fail return decline reject skip stop leave die exclude resign expire pay spend earn cost sell buy charge owe"
    .split(" ")
    .map(stem),
);

/** Whether a verb says something of the rows, so that it is a condition. */
export function isTelling(word: string): boolean {
  return telling.has(stem(word));
}

/** What is done with goods and money, and leaves their number what it is: "cases sold per wine". */
export function isTraded(items: Item[], index: number): boolean {
  const before = items[index - 1];
  const traded = /^(sold|bought|spent|earned|ordered|purchased|used|consumed)$/i.test(items[index]?.text ?? "");
  return traded && before?.kind === "column" && before.field.role === "measure";
}

/**
 * Turns verbs that only join what was understood into words without meaning: "which doctor treats the most patients",
 * "how many storms hit Japan", "what did each team score". A participle tells something of the rows ("cancelled orders"),
 * except before a superlative, and a verb with nothing after it does too ("how many employees left").
 */
export function takeVerbs({ items, table }: Reading): void {
  const helped = items.findIndex(({ kind, text }) => kind === "stop" && /^(do|does|did)$/i.test(text));
  for (const [index, item] of items.entries()) {
    if (item.kind !== "unknown" || item.capital || index === 0) continue;
    const word = item.text.toLowerCase();
    const dealt = dealing.test(word) && helped >= 0 && helped < index && isMuch(items, index);
    if (dealt) items[index] = { kind: "stop", text: item.text, used: false };
    if (dealt || !isVerb(stem(word)) || telling.has(stem(word)) || (word.endsWith("ing") && stem(word) !== word))
      continue;
    const next = neighbour(items, index, 1, ["stop"]);
    const object = next === null ? undefined : items[next];
    const ends = object === undefined || object.kind === "break" || operatorOf(object)?.op === "in";
    const joins = word.endsWith("ed")
      ? (isEnd(object) && isRowNoun(stem(word), table)) || counts(items, next) || isDoer(items, next)
      : counts(items, next) || explained(object) || (ends && helped >= 0 && helped < index);
    if (joins) items[index] = { kind: "stop", text: item.text, used: false };
  }
}

/** What is done with quantities, whichever they are. */
const dealing = /^(sell|buy|spend|use|consume|produce|deliver|ship|order)$/;

/** "how much energy did we sell": what there is much of is said before. */
function isMuch(items: Item[], index: number): boolean {
  const much = items.findIndex((item) => operatorOf(item)?.op === "amount");
  const measured = items
    .slice(much, index)
    .some((item) => item.kind === "column" && item.field.role === "measure" && item.field.additive);
  return much >= 0 && much < index && measured;
}

/** "treated the most patients", and not "scored the most", which leaves open what. */
export function countsThings(items: Item[], most: number | null): boolean {
  const thing = most === null ? undefined : items[most + 1];
  return thing !== undefined && ["column", "rows", "value", "unknown"].includes(thing.kind);
}

/** "handled by each agent" */
function isDoer(items: Item[], at: number | null): boolean {
  if (at === null || !/^by( each)?$/i.test(items[at]?.text ?? "")) return false;
  const doer = neighbour(items, at, 1, ["stop", "operator"]);
  return doer !== null && items[doer]?.kind === "column";
}

/** "treats the most patients": what is counted is said. "breaks most" is about the breaking. */
function counts(items: Item[], at: number | null): boolean {
  if (at === null || !isEnd(items[at])) return false;
  const object = neighbour(items, at, 1, ["stop", "number"]);
  const item = object === null ? undefined : items[object];
  return explained(item) || item?.kind === "unknown" || operatorOf(item)?.op === "count";
}

function isEnd(item: Item | undefined): boolean {
  return ["superlative", "top"].includes(operatorOf(item)?.op ?? "");
}

function explained(item: Item | undefined): boolean {
  return item?.kind === "value" || item?.kind === "rows" || item?.kind === "column";
}
