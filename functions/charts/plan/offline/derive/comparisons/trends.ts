import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { textOf } from "../computed-field.ts";

const asking = /^(is|are|was|were|do|does|did|has|have|how)$/i;
const moves = /^(go|goes|going|gone|went|come|comes|coming|came|move|moves|moved|moving)$/i;
const becomes = /^(get|gets|getting|got|become|becomes|becoming|became|grow|grows|growing|grew)$/i;
/** What follows where something changes with something else than time. */
const otherwise = /^(with|as|when|if|depending|across|between|from)$/i;
const ways = /^(up|down|upwards?|downwards?)$/i;
const degrees = /^(more|less|fewer|ever|any)$/i;
/** What says which way a quantity goes, and nothing of which quantity it is. */
const sizes =
  /^(smaller|larger|bigger|higher|lower|better|worse|stronger|weaker|greater|more|less|fewer|rarer|more frequent)$/i;
const verbs =
  /^(ris(e|es|ing|en)|rose|increas(e|es|ed|ing)|decreas(e|es|ed|ing)|grow(s|n|ing)?|grew|declin(e|es|ed|ing)|drop(s|ped|ping)?|falls?|fell|fallen|falling|shrinks?|shrank|shrunk|shrinking|improv(e|es|ed|ing)|worsen(s|ed|ing)?|chang(e|es|ed|ing)|develop(s|ed|ing)?|evolv(e|es|ed|ing))$/i;

/**
 * "did yields go down", "is labour getting more expensive", "how did sales develop": which way something goes is seen in how
 * it went over time.
 */
export function takeTrends({ items, assumptions }: Reading): void {
  if (!asking.test(items[0]?.text ?? "") || !items.some(isQuantity)) return;
  // Two periods, or so much in so long, ask for one change rather than for its course.
  const periods = items.filter(({ kind }) => kind === "period" || kind === "number").length;
  const others = ["top", "superlative", "versus", "trend", "relation", "aboveAverage"];
  if (periods > 1 || items.some((item) => others.includes(operatorOf(item)?.op ?? ""))) return;
  const found = movement(items);
  if (!found || otherwise.test(items[found.to]?.text ?? "")) return;
  const text = textOf(items, found.from, found.to);
  items.splice(found.from, found.to - found.from, {
    kind: "operator",
    operator: { op: "trend" },
    words: 1,
    text: "over time",
    used: false,
  });
  assumptions.add(`“${text}” is answered by how it went over time.`);
}

/** The words that tell which way something goes: from `from` to before `to`. */
function movement(items: readonly Item[]): { from: number; to: number } | null {
  const text = (at: number) => items[at]?.text ?? "";
  for (let at = 1; at < items.length; at++) {
    if (moves.test(text(at)) && ways.test(text(at + 1))) return { from: at, to: at + 2 };
    if (ways.test(text(at)) && /^or$/i.test(text(at + 1)) && ways.test(text(at + 2))) return { from: at, to: at + 3 };
    if (becomes.test(text(at))) {
      const last = degrees.test(text(at + 1)) ? at + 2 : at + 1;
      if (sizes.test(text(last)) || isOther(items, last)) return { from: at, to: last + 1 };
      if (last === at + 2) return { from: at, to: last };
    }
    const isNamed = items[at]?.kind === "column" || items[at]?.kind === "value";
    if (verbs.test(text(at)) && !isNamed) return { from: at, to: at + 1 };
  }
  return null;
}

/** "labour … expensive": a scale where the question names what is measured. */
function isOther(items: readonly Item[], at: number): boolean {
  const item = items[at];
  const isMeasure = (one: Item) => one.kind === "column" && one.field.role === "measure";
  return item !== undefined && isMeasure(item) && items.some((one, index) => index < at && isMeasure(one));
}

function isQuantity(item: Item): boolean {
  return (
    item.kind === "rows" ||
    operatorOf(item)?.op === "count" ||
    (item.kind === "column" && (item.field.role === "measure" || item.field.role === "identifier"))
  );
}
