import type { FactKind } from "../../../contract/index.ts";
import { capitalize } from "../../shared/words.ts";
import { formatCoefficient, formatNumber } from "../facts/format.ts";
import { agree, countedThings, formatCount } from "../facts/words.ts";
import type { Phrasing } from "./fact-parts.ts";

/** How facts about a result as a whole, about single values and about pairs of numbers are said. */
export const otherPhrasings = {
  size: ({ number }) =>
    number("rows") === 0
      ? [
          "There is nothing to show: the query found no rows.",
          "The query found no rows, so there is nothing to compare.",
        ]
      : [`The query found ${formatCount(number("rows"), "row")}.`],
  partial: ({ number }) => [
    `What follows rests on the first ${formatCount(number("rows"), "row")} only; there are more, so totals are left out.`,
  ],
  value: ({ value, name, has }) => {
    const measure = name("measure");
    if (has("item")) return [`For ${name("item")}, ${measure} ${agree(measure, "is", "are")} ${value("value")}.`];
    const things = countedThings(measure);
    if (things !== undefined) return [`There are ${value("value")} ${things}.`];
    return [
      `${capitalize(measure)} ${agree(measure, "is", "are")} ${value("value")}.`,
      `The figure for ${measure} is ${value("value")}.`,
    ];
  },
  correlation: ({ number, name }) => {
    const r = `r = ${formatCoefficient(number("r"))}`;
    const [x, y] = [name("x"), name("y")];
    if (name("strength") === "none") return [`${capitalize(x)} and ${y} show no clear relation (${r}).`];
    const together = number("r") > 0;
    const kind = `${name("strength")} ${together ? "positive" : "negative"} correlation`;
    return [
      `The higher ${x}, the ${together ? "higher" : "lower"} ${y} tends to be: a ${kind} (${r}).`,
      `There is a ${kind} between ${x} and ${y} (${r}): they tend to ${together ? "rise together" : "move in opposite directions"}.`,
    ];
  },
  distribution: ({ count, share, number, name }) => {
    const between = (from: string, to: string) =>
      `between ${formatNumber(number(from))} and ${formatNumber(number(to))}`;
    const middle =
      number("middleFrom") === number("from")
        ? "which also holds the median"
        : `while the median lies ${between("middleFrom", "middleTo")}`;
    const measured = name("dimension");
    return [
      `The most common range of ${measured} is ${between("from", "to")}, with ${count("count")} of ${count("total")} values (${share("share")}), ${middle}.`,
      `${capitalize(measured)} lies most often ${between("from", "to")} (${share("share")} of ${formatCount(number("total"), "value")}), ${middle}.`,
    ];
  },
  rejects: ({ number, name }) => {
    const count = number("count");
    return [
      `Not counted ${count === 1 ? "is" : "are"} ${formatCount(count, "cell or row", "cells or rows")} of ${name("dataset")} that could not be read.`,
    ];
  },
} satisfies Partial<Record<FactKind, Phrasing>>;
