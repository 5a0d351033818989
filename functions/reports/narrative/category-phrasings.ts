import type { FactKind } from "../../../contract/index.ts";
import { capitalize, formatList } from "../../shared/words.ts";
import { agree, countedThings, countValues, formatCount } from "../facts/words.ts";
import type { Phrasing } from "./fact-parts.ts";

/** How facts about categories are said. Names of the data never begin a sentence: they keep their own letters. */
export const categoryPhrasings = {
  total: ({ number, value, count, name, has }) => {
    const measure = name("measure");
    const things = countedThings(measure);
    if (number("items") === 1) return [`${capitalize(measure)}: ${value("total")}.`];
    const over = has("step")
      ? formatCount(number("items"), name("step"))
      : countValues(number("items"), name("dimension"));
    if (has("each")) {
      const one = things === undefined ? measure : number("each") === 1 ? things.replace(/s$/, "") : things;
      return [`Each of the ${over} has the same: ${value("each")} ${one}.`];
    }
    if (things !== undefined) {
      const each = has("step") ? `, ${value("mean")} a ${name("step")} on average` : "";
      return [
        `In all there are ${count("total")} ${things}, over ${over}${each}.`,
        `The ${over} have ${count("total")} ${things} in all${each}.`,
      ];
    }
    const mean = `or ${value("mean")} ${has("step") ? `a ${name("step")}` : "each"} on average`;
    return [
      `${capitalize(measure)} ${agree(measure, "adds", "add")} up to ${value("total")} over ${over}, ${mean}.`,
      `In all, ${measure} ${agree(measure, "comes", "come")} to ${value("total")} over ${over}, ${mean}.`,
      `Over ${over}, ${measure} ${agree(measure, "totals", "total")} ${value("total")}, ${mean}.`,
    ];
  },
  typical: ({ value, count, name, has }) => {
    const measure = name("measure");
    if (has("listed")) {
      return [
        `The ${count("items")} on the list end with ${name("item")} at ${value("end")}.`,
        `Last on the list of ${count("items")} is ${name("item")}, with ${value("end")}.`,
      ];
    }
    if (!has("median")) {
      return [`${capitalize(measure)} ${agree(measure, "runs", "run")} from ${value("min")} to ${value("max")}.`];
    }
    return [
      `The median of ${measure} is ${value("median")}.`,
      `In the middle, ${measure} ${agree(measure, "is", "are")} ${value("median")} (median).`,
    ];
  },
  top: ({ number, value, share, name, has }) => {
    const measure = name("measure");
    const things = countedThings(measure);
    const item = name("item");
    const percent = has("share") ? share("share") : undefined;
    if (has("at")) {
      const at = name("at");
      return [
        `At the end, ${inOrOn(name("grain"))} ${at}, ${measure} ${agree(measure, "is", "are")} highest for ${item} (${value("value")}).`,
        `The latest figures, of ${at}, have ${item} at the top with ${value("value")} in ${measure}.`,
      ];
    }
    if (number("count") > 1) return [`The highest value of ${measure}, ${value("value")}, is shared by ${item}.`];
    if (things !== undefined) {
      return [
        `Most ${things} belong to ${item}: ${value("value")}${percent ? `, or ${percent} of all` : ""}.`,
        `The most ${things}, ${value("value")}${percent ? ` (${percent})` : ""}, are those of ${item}.`,
      ];
    }
    return [
      `${capitalize(measure)} ${agree(measure, "is", "are")} highest for ${item}, with ${value("value")}${percent ? ` or ${percent} of the total` : ""}.`,
      `At the top in ${measure} stands ${item} with ${value("value")}${percent ? `, which is ${percent} of the total` : ""}.`,
      `Highest in ${measure} is ${item} with ${value("value")}${percent ? ` (${percent} of the total)` : ""}.`,
    ];
  },
  bottom: ({ number, value, share, name, has }) => {
    const percent = has("share") ? `, or ${share("share")}` : "";
    const item = name("item");
    if (has("at"))
      return [
        `Lowest at that time is ${item}, at ${value("value")}.`,
        `At the other end stands ${item} with ${value("value")}.`,
      ];
    if (number("count") > 1) {
      return [
        `The lowest value, ${value("value")}, is shared by ${item}.`,
        `At the other end are ${item}, with ${value("value")} each.`,
      ];
    }
    return [
      `Last comes ${item} with ${value("value")}${percent}.`,
      `At the other end is ${item} with ${value("value")}${percent}.`,
      `The lowest value is that of ${item}: ${value("value")}${percent}.`,
      `${capitalize(name("measure"))} ${agree(name("measure"), "is", "are")} lowest for ${item}, with ${value("value")}${percent}.`,
    ];
  },
  concentration: ({ number, count, share, name }) => {
    const items = countValues(number("items"), name("dimension"));
    const makes = number("few") === 1 ? "makes" : "make";
    const ratio = number("few") / number("items");
    if (ratio > 0.4) {
      return [
        `No small group dominates: it takes ${count("few")} of ${items} to reach ${share("share")} of the total.`,
        `The total is spread widely, as ${count("few")} of ${items} ${makes} up ${share("share")} of it.`,
      ];
    }
    return [
      `Just ${count("few")} of ${items} ${makes} up ${share("share")} of the total.`,
      `The weight lies on a few: ${count("few")} of ${items} ${makes} up ${share("share")} of the total.`,
    ];
  },
  outlier: ({ number, value, name, has }) => {
    const items = [1, 2, 3].flatMap((index) =>
      has(`item${index}`) ? [`${name(`item${index}`)} (${value(`value${index}`)})`] : [],
    );
    const more = has("more") ? number("more") : 0;
    const listed = formatList(more > 0 ? [...items, `${more} more`] : items);
    const measure = name("measure");
    return [
      `Far from what is usual for ${measure}: ${listed}.`,
      `Worth a second look, as ${measure} there ${agree(measure, "is", "are")} unlike the rest: ${listed}.`,
      `Out of line with the rest: ${listed}.`,
    ];
  },
  overlap: ({ name }) => [`Left out of all this is ${name("item")}, which is the sum of the others.`],
} satisfies Partial<Record<FactKind, Phrasing>>;

/** A moment's preposition: on a day, in a longer time. */
export function inOrOn(grain: string): "in" | "on" {
  return grain === "day" || grain === "hour" || grain === "moment" ? "on" : "in";
}
