import { createHash } from "node:crypto";
import type { Fact, FactKind, Sentence } from "../../../contract/index.ts";
import { categoryPhrasings } from "./category-phrasings.ts";
import { type Phrasing, partsOf } from "./fact-parts.ts";
import { otherPhrasings } from "./other-phrasings.ts";
import { timePhrasings } from "./time-phrasings.ts";

const phrasings: Record<FactKind, Phrasing> = { ...otherPhrasings, ...categoryPhrasings, ...timePhrasings };

/** What a section says and in which order; the rest of its facts stand in the list beside it. */
const order: FactKind[] = [
  "partial",
  "value",
  "total",
  "change",
  "correlation",
  "distribution",
  "top",
  "typical",
  "concentration",
  "peak",
  "trend",
  "seasonality",
  "outlier",
  "gap",
  "unfinished",
  "overlap",
  "rejects",
];
const mostSentences = 8;

/** The prose of a section, made of its facts; `seed` decides between phrasings, so that sections differ and stay the same. */
export function sectionFromTemplates(facts: Fact[], seed: string): Sentence[] {
  const rows = facts.find(({ kind }) => kind === "size")?.numbers.rows ?? 0;
  const chosen =
    rows === 0 ? facts.filter(({ kind }) => kind === "size") : order.flatMap((kind) => ofKind(facts, kind));
  const told = (chosen.length > 0 ? chosen : facts.slice(0, 1)).filter((fact) => adds(fact, chosen));
  const dimensions = new Set(told.flatMap(({ kind, names }) => (kind === "top" ? (names.dimension ?? "") : [])));
  const measures = [...new Set(told.flatMap(({ names }) => (isOfPart(names) ? [] : (names.measure ?? []))))];
  const several = measures.length > 1;
  // Measure by measure, each sentence naming its own.
  const place = ({ kind, names }: Fact) => {
    if (kind === "partial" || kind === "correlation") return -1;
    const index = measures.indexOf(names.measure ?? "");
    return index < 0 ? measures.length : index;
  };
  const ordered = several ? told.toSorted((a, b) => place(a) - place(b)) : told;
  return ordered.slice(0, mostSentences).map((fact) => {
    const text = (several ? phraseAlone(fact, seed) : undefined) ?? phrase(fact, seed);
    // Two rankings in one section are told apart by what they rank.
    const isOneOfTwo = fact.kind === "top" && dimensions.size > 1;
    return { text: isOneOfTwo ? `By ${fact.names.dimension}: ${text}` : text, facts: [fact.id] };
  });
}

/** Whether a fact is about one part of a measure, which it then names. */
function isOfPart({ measure, item }: Fact["names"]): boolean {
  return measure !== undefined && item !== undefined && measure.endsWith(` of ${item}`);
}

/** A fact as a sentence. */
export function phrase(fact: Fact, seed: string): string {
  return choose(phrasings[fact.kind](partsOf(fact)), fact, seed);
}

/** A fact as a sentence that stands alone, and so names what it is about; undefined where none does. */
export function phraseAlone(fact: Fact, seed: string): string | undefined {
  const variants = phrasings[fact.kind](partsOf(fact));
  const subject = (fact.names.measure ?? fact.names.x ?? fact.names.dimension ?? "").toLowerCase();
  const alone = variants.filter((text) => text.toLowerCase().includes(subject.replace(/^number of /, "")));
  return alone.length > 0 ? choose(alone, fact, seed) : undefined;
}

/** Facts of one kind take turns, so that two of a section are not said alike. */
function choose(variants: string[], { id, kind, statement }: Fact, seed: string): string {
  const turn = Number(/\d+$/.exec(id)?.[0] ?? 0);
  const digest = createHash("sha256").update(`${seed} ${kind}`).digest();
  return variants[((digest[0] ?? 0) + turn) % variants.length] ?? statement;
}

function ofKind(facts: Fact[], kind: FactKind): Fact[] {
  const found = facts.filter((fact) => fact.kind === kind);
  if (kind !== "top") return found.slice(0, 2);
  // Of ranks the first and the last are said and the others are listed, for two measures or dimensions.
  const firsts = found.filter(({ numbers }) => numbers.rank === 1).slice(0, 2);
  const lasts = facts.filter((fact) => fact.kind === "bottom");
  const of = ({ names }: Fact) => `${names.measure} ${names.dimension}`;
  const ranks = firsts.flatMap((first) => [first, ...lasts.filter((last) => of(last) === of(first)).slice(0, 1)]);
  return ranks.length > 0 ? ranks : lasts.slice(0, 1);
}

/** Whether a fact says what the others of its section do not. */
function adds(fact: Fact, others: Fact[]): boolean {
  const has = (kind: FactKind) => others.some((other) => other.kind === kind);
  switch (fact.kind) {
    case "typical":
      return fact.names.listed !== undefined || (!has("peak") && (!has("bottom") || (fact.numbers.items ?? 0) >= 8));
    case "concentration": {
      const ratio = (fact.numbers.few ?? 0) / (fact.numbers.items ?? 1);
      return ratio <= 0.4 || ratio > 0.6;
    }
    case "outlier":
      // The one that leads has been named already.
      return !(
        fact.numbers.count === 1 && others.some(({ kind, names }) => kind === "top" && names.item === fact.names.item1)
      );
    default:
      return true;
  }
}
