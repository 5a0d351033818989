import { createHash } from "node:crypto";
import type { Fact, FactKind, Sentence } from "../../../contract/index.ts";
import { agree, capitalize, countValues, formatCount, formatList, formatNumber, formatShare } from "../facts/format.ts";

/** Ways to say a fact. Each is true of every fact of its kind; which one is used depends on the section alone. */
type Phrasing = (fact: Fact, about: Parts) => string[];

interface Parts {
  number: (name: string) => number;
  name: (name: string) => string;
  has: (name: string) => boolean;
}

const phrasings: Record<FactKind, Phrasing> = {
  size: (_fact, { number }) =>
    number("rows") === 0
      ? [
          "There is nothing to show: the query found no rows.",
          "The query found no rows, so there is nothing to compare.",
        ]
      : [`The table lists ${formatCount(number("rows"), "row")}.`],
  partial: (_fact, { number }) => [
    `What follows rests on the first ${formatCount(number("rows"), "row")} only; there are more, so totals are left out.`,
  ],
  total: ({ names }, { number, name }) => {
    const total = formatNumber(number("total"));
    const items = names.step
      ? formatCount(number("items"), names.step)
      : countValues(number("items"), name("dimension"));
    const measure = name("measure");
    if (number("items") === 1) return [`${capitalize(measure)} ${agree(measure, "is", "are")} ${total}.`];
    const mean = `${formatNumber(number("mean"))} ${names.step ? `a ${names.step}` : "each"} on average`;
    return [
      `${capitalize(measure)} ${agree(measure, "adds", "add")} up to ${total} over ${items}, ${mean}.`,
      `In all, ${measure} ${agree(measure, "comes", "come")} to ${total} over ${items}: ${mean}.`,
      `Over ${items}, the total of ${measure} is ${total}.`,
    ];
  },
  typical: (_fact, { number, name, has }) => {
    const measure = name("measure");
    const range = `from ${formatNumber(number("min"))} to ${formatNumber(number("max"))}`;
    if (!has("median")) return [`${capitalize(measure)} ${agree(measure, "runs", "run")} ${range}.`];
    const middle = formatNumber(number("median"));
    return [
      `${capitalize(measure)} ${agree(measure, "ranges", "range")} ${range}, with ${middle} in the middle.`,
      `The typical value of ${measure} is ${middle} (median), in a range ${range}.`,
    ];
  },
  top: (_fact, { number, name, has }) => {
    const value = formatNumber(number("value"));
    const share = has("share") ? formatShare(number("share")) : undefined;
    const measure = name("measure");
    return [
      `${capitalize(measure)} ${agree(measure, "is", "are")} highest for ${name("item")}, with ${value}${share ? ` or ${share} of the total` : ""}.`,
      `${capitalize(name("item"))} leads with ${value}${share ? `, which is ${share} of the total` : ""}.`,
      `At the top stands ${name("item")} with ${value}${share ? ` (${share} of the total)` : ""}.`,
    ];
  },
  bottom: (_fact, { number, name, has }) => {
    const value = formatNumber(number("value"));
    if (number("count") > 1) {
      return [
        `${capitalize(name("item"))} share the lowest value, ${value}.`,
        `At the other end are ${name("item")}, with ${value} each.`,
      ];
    }
    const of = has("share") ? `, or ${formatShare(number("share"))}` : "";
    return [
      `${capitalize(name("item"))} comes last with ${value}${of}.`,
      `At the other end is ${name("item")} with ${value}${of}.`,
      `The lowest value is that of ${name("item")}: ${value}${of}.`,
    ];
  },
  concentration: (_fact, { number, name }) => {
    const [few, items, share] = [
      number("few"),
      countValues(number("items"), name("dimension")),
      formatShare(number("share")),
    ];
    const makes = few === 1 ? "makes" : "make";
    if (few / number("items") > 0.6) {
      return [
        `No few dominate: it takes ${formatNumber(few)} of ${items} to reach ${share}.`,
        `The total is spread widely: ${formatNumber(few)} of ${items} are needed for ${share} of it.`,
      ];
    }
    return [
      `${few / number("items") <= 0.4 ? "Just " : ""}${formatNumber(few)} of ${items} ${makes} up ${share} of the total.`,
      `The weight lies on a few: ${formatNumber(few)} of ${items} ${makes} up ${share}.`,
    ];
  },
  change: (fact, { number, name, has }) => {
    const difference = number("difference");
    const measure = name("measure");
    const [from, to] = [name("from"), name("to")];
    const [first, last] = [formatNumber(number("first")), formatNumber(number("last"))];
    if (fact.names.cycles) {
      const kind = difference > 0 ? "higher" : "lower";
      const by = has("relative") ? `${formatShare(Math.abs(number("relative")))} ` : "";
      if (difference === 0)
        return [`${capitalize(measure)} over ${to} ${agree(measure, "is", "are")} what it was over ${from}: ${last}.`];
      return [
        `Over ${to}, ${measure} ${agree(measure, "is", "are")} ${by}${kind} than over ${from}: ${last} against ${first}.`,
        `Comparing ${from} with ${to}, ${measure} went from ${first} to ${last}${has("relative") ? ` (${difference > 0 ? "+" : ""}${formatShare(number("relative"))})` : ""}.`,
      ];
    }
    if (difference === 0) {
      return [`${capitalize(measure)} stood at ${last} both at the beginning (${from}) and at the end (${to}).`];
    }
    const up = difference > 0;
    const by = has("relative") ? ` by ${formatShare(Math.abs(number("relative")))}` : "";
    const at = inOrOn(fact);
    return [
      `From ${from} to ${to}, ${measure} ${up ? "rose" : "fell"}${by}, from ${first} to ${last}.`,
      `${capitalize(measure)} ${up ? "grew" : "declined"}${by} between ${from} (${first}) and ${to} (${last}).`,
      `From ${first} ${at} ${from}, ${measure} ${up ? "increased" : "decreased"}${by} to ${last} ${at} ${to}.`,
    ];
  },
  peak: (fact, { number, name }) => {
    const at = inOrOn(fact);
    return [
      `The peak came ${at} ${name("high")} at ${formatNumber(number("high"))}, the lowest point ${at} ${name("low")} at ${formatNumber(number("low"))}.`,
      `The high point was ${name("high")} (${formatNumber(number("high"))}), the low point ${name("low")} (${formatNumber(number("low"))}).`,
      `The highest value, ${formatNumber(number("high"))}, came ${at} ${name("high")}; the lowest, ${formatNumber(number("low"))}, ${at} ${name("low")}.`,
    ];
  },
  trend: (_fact, { number, name }) => {
    if (name("strength") === "none") {
      return [
        "The ups and downs in between show no clear trend.",
        "Over the whole period, no trend stands out from the fluctuations.",
      ];
    }
    const slope = number("slope");
    const rate = `about ${formatNumber(Math.abs(slope))} a ${name("step")}`;
    return [
      `The trend is a ${name("strength")} ${slope > 0 ? "upward" : "downward"} one, ${rate}.`,
      `Over the period there is a ${name("strength")} trend ${slope > 0 ? "upwards" : "downwards"} of ${rate}.`,
    ];
  },
  seasonality: (_fact, { name }) => [
    `A pattern returns every ${name("cycle")}: ${name("high")} is the strongest, ${name("low")} the weakest.`,
    `Each ${name("cycle")} it tends to be highest in ${name("high")} and lowest in ${name("low")}.`,
  ],
  outlier: (fact, { number, name }) => {
    const items = [1, 2, 3].flatMap((index) => {
      const item = fact.names[`item${index}`];
      return item === undefined ? [] : [`${item} (${formatNumber(number(`value${index}`))})`];
    });
    const many = number("count") > items.length;
    const listed = many ? `${formatList(items)} among others` : formatList(items);
    const one = number("count") === 1;
    return [
      `${listed} ${one ? "stands" : "stand"} out from the rest.`,
      `Worth a second look: ${listed}, far from what is usual for ${name("measure")}.`,
      `Unusual for ${name("measure")}: ${listed}.`,
    ];
  },
  gap: (_fact, { number, name, has }) => {
    const missing = number("missing");
    if (!has("present")) {
      return [
        `${capitalize(formatCount(missing, "row"))} ${missing === 1 ? "has" : "have"} no value for ${name("measure")}.`,
      ];
    }
    return [
      `${capitalize(formatCount(missing, name("step")))} in between ${missing === 1 ? "has" : "have"} no data.`,
      `There ${missing === 1 ? "is" : "are"} ${formatCount(missing, name("step"))} without data.`,
    ];
  },
  correlation: (_fact, { number, name }) => {
    const r = `r = ${formatNumber(Math.round(number("r") * 100) / 100)}`;
    if (name("strength") === "none") {
      return [`${capitalize(name("x"))} and ${name("y")} show no clear relation (${r}).`];
    }
    const together = number("r") > 0;
    return [
      `The higher ${name("x")}, the ${together ? "higher" : "lower"} ${name("y")} tends to be: a ${name("strength")} ${together ? "positive" : "negative"} correlation (${r}).`,
      `There is a ${name("strength")} ${together ? "positive" : "negative"} correlation between ${name("x")} and ${name("y")} (${r}).`,
    ];
  },
  distribution: (_fact, { number, name, has }) => {
    const where = has("to")
      ? `between ${formatNumber(number("from"))} and ${formatNumber(number("to"))}`
      : `at ${formatNumber(number("from"))} and above`;
    const share = formatShare(number("share"));
    return [
      `The most common range of ${name("dimension")} is ${where}, with ${formatNumber(number("count"))} of ${formatNumber(number("total"))} values (${share}).`,
      `${capitalize(name("dimension"))} lies most often ${where}: ${share} of ${formatCount(number("total"), "value")}.`,
    ];
  },
  value: (_fact, { number, name }) => [
    `${capitalize(name("measure"))} is ${formatNumber(number("value"))}.`,
    `The figure for ${name("measure")} is ${formatNumber(number("value"))}.`,
  ],
  rejects: (_fact, { number, name, has }) => {
    const count = number("count");
    const share = has("share") && number("share") >= 0.001 ? ` (${formatShare(number("share"))} of its rows)` : "";
    return [
      `Not counted ${count === 1 ? "is" : "are"} ${formatCount(count, "cell or row", "cells or rows")} of ${name("dataset")} that could not be read${share}.`,
    ];
  },
};

/** What a section says and in which order; the rest of its facts stand in the list beside it. */
const order: FactKind[] = [
  "partial",
  "value",
  "total",
  "change",
  "correlation",
  "distribution",
  "top",
  "bottom",
  "concentration",
  "peak",
  "trend",
  "seasonality",
  "outlier",
  "typical",
  "gap",
  "rejects",
];
const mostSentences = 7;

/** The prose of a section, made of its facts; `seed` decides between phrasings, so that sections differ and stay the same. */
export function sectionFromTemplates(facts: Fact[], seed: string): Sentence[] {
  const rows = facts.find(({ kind }) => kind === "size")?.numbers.rows ?? 0;
  const chosen =
    rows === 0 ? facts.filter(({ kind }) => kind === "size") : order.flatMap((kind) => ofKind(facts, kind));
  const telling = chosen.length > 0 ? chosen : facts.slice(0, 1);
  const said = telling.some(({ kind }) => kind === "peak") ? telling.filter(({ kind }) => kind !== "typical") : telling;
  return said.slice(0, mostSentences).map((fact) => ({ text: phrase(fact, seed), facts: [fact.id] }));
}

/** A fact as a sentence. */
export function phrase(fact: Fact, seed: string): string {
  const variants = phrasings[fact.kind](fact, partsOf(fact));
  const digest = createHash("sha256").update(`${seed} ${fact.id}`).digest();
  return variants[(digest[0] ?? 0) % variants.length] ?? fact.statement;
}

function ofKind(facts: Fact[], kind: FactKind): Fact[] {
  const found = facts.filter((fact) => fact.kind === kind);
  // Of ranks the first is said and the others are listed; a second measure or data set is worth its own sentence.
  return kind === "top" ? found.slice(0, 1) : found.slice(0, 2);
}

function partsOf({ numbers, names, kind, id }: Fact): Parts {
  const missing = (name: string) => new Error(`The fact ${id} of kind ${kind} has no ${name}`);
  return {
    number(name) {
      const value = numbers[name];
      if (value === undefined) throw missing(name);
      return value;
    },
    name(name) {
      const value = names[name];
      if (value === undefined) throw missing(name);
      return value;
    },
    has: (name) => numbers[name] !== undefined,
  };
}

/** A moment's preposition: on a day, in a longer time. */
function inOrOn({ names }: Fact): "in" | "on" {
  return names.grain === "day" || names.grain === "hour" || names.grain === "moment" ? "on" : "in";
}

/** A fact as a sentence that stands alone, which names its measure. */
export function phraseAlone(fact: Fact): string {
  return phrasings[fact.kind](fact, partsOf(fact))[0] ?? fact.statement;
}
