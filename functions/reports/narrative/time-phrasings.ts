import type { FactKind } from "../../../contract/index.ts";
import { capitalize } from "../../shared/words.ts";
import { agree, formatCount } from "../facts/words.ts";
import { inOrOn } from "./category-phrasings.ts";
import type { FactParts, Phrasing } from "./fact-parts.ts";

/** How facts about a measure along time are said. */
export const timePhrasings = {
  change: (parts) => (parts.has("cycles") ? changeOfCycles(parts) : changeOfSteps(parts)),
  peak: ({ value, name, has }) => {
    const [high, low] = [name("high"), name("low")];
    if (has("highOf")) {
      return [
        `The highest value of all is ${value("high")} (${name("highOf")}, ${high}), the lowest ${value("low")} (${name("lowOf")}, ${low}).`,
        `Extremes are ${value("high")} for ${name("highOf")} (${high}) and ${value("low")} for ${name("lowOf")} (${low}).`,
      ];
    }
    const at = inOrOn(name("grain"));
    return [
      `The peak came ${at} ${high} at ${value("high")}, the lowest point ${at} ${low} at ${value("low")}.`,
      `${capitalize(name("measure"))} peaked ${at} ${high} at ${value("high")}, and had its low ${at} ${low} at ${value("low")}.`,
      `The high point was ${high} (${value("high")}), the low point ${low} (${value("low")}).`,
      `The highest value, ${value("high")}, came ${at} ${high}; the lowest, ${value("low")}, ${at} ${low}.`,
    ];
  },
  trend: ({ number, slope, name }) => {
    if (name("strength") === "none") {
      return [
        "The ups and downs in between show no clear trend.",
        "Over the whole period, no trend stands out from the fluctuations.",
        `There is no clear trend in ${name("measure")}.`,
      ];
    }
    const rate = `about ${slope("slope")} a ${name("step")}`;
    const up = number("slope") > 0;
    return [
      `In ${name("measure")} there is a ${name("strength")} ${up ? "upward" : "downward"} trend, of ${rate}.`,
      `The trend is a ${name("strength")} ${up ? "upward" : "downward"} one, of ${rate}.`,
      `Over the period there is a ${name("strength")} trend ${up ? "upwards" : "downwards"}, of ${rate}.`,
    ];
  },
  seasonality: ({ name }) => [
    `A pattern returns every ${name("cycle")}: ${name("high")} is the strongest, ${name("low")} the weakest.`,
    `Each ${name("cycle")}, ${name("measure")} ${agree(name("measure"), "tends", "tend")} to be highest in ${name("high")} and lowest in ${name("low")}.`,
  ],
  gap: ({ number, count, name, has }) => {
    const missing = number("missing");
    if (!has("present")) {
      return [
        `${capitalize(name("measure"))} ${agree(name("measure"), "has", "have")} no value in ${formatCount(missing, "row")} of ${count("rows")}.`,
      ];
    }
    const steps = formatCount(missing, name("step"));
    return [
      `There ${missing === 1 ? "is" : "are"} ${steps} without data: ${name("list")}.`,
      `Data are missing for ${steps}: ${name("list")}.`,
    ];
  },
  unfinished: ({ number, name }) => [
    `The data reach over ${name("item")} in part only, so ${number("periods") === 1 ? "it is" : "they are"} not compared.`,
  ],
} satisfies Partial<Record<FactKind, Phrasing>>;

function changeOfCycles({ number, value, share, name, has }: FactParts): string[] {
  const measure = name("measure");
  const [from, to] = [name("from"), name("to")];
  const difference = number("difference");
  const [first, last] = [value("first"), value("last")];
  if (difference === 0)
    return [`Over ${to}, ${measure} ${agree(measure, "is", "are")} what it was over ${from}: ${last}.`];
  const kind = difference > 0 ? "higher" : "lower";
  const by = has("relative") ? `${share("relative")} ` : "";
  const percent = has("relative") ? ` (${difference > 0 ? "+" : "−"}${share("relative")})` : "";
  return [
    `In ${to}, ${measure} ${agree(measure, "is", "are")} ${by}${kind} than in ${from}: ${last} against ${first}.`,
    `Compared with ${from}, ${measure} went from ${first} to ${last} in ${to}${percent}.`,
  ];
}

function changeOfSteps({ number, value, share, name, has }: FactParts): string[] {
  const measure = name("measure");
  const [from, to] = [name("from"), name("to")];
  const difference = number("difference");
  const [first, last] = [value("first"), value("last")];
  const at = inOrOn(name("grain"));
  if (difference === 0) return [`${capitalize(measure)} stood at ${last} both ${at} ${from} and ${at} ${to}.`];
  const up = difference > 0;
  const by = has("relative") ? ` by ${share("relative")}` : "";
  return [
    `From ${from} to ${to}, ${measure} ${up ? "rose" : "fell"}${by}${by ? "," : ""} from ${first} to ${last}.`,
    `${capitalize(measure)} ${up ? "grew" : "declined"}${by} between ${from} (${first}) and ${to} (${last}).`,
    `From ${first} ${at} ${from}, ${measure} ${up ? "increased" : "decreased"}${by} to ${last} ${at} ${to}.`,
  ];
}
