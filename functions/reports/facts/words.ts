/** How facts write names and counts of things. */

import { measureName } from "../../shared/words.ts";
import { grouped } from "./format.ts";

/** "1 row", "3 rows"; `plural` where an s does not do it. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count, { maximumFractionDigits: 0 })} ${count === 1 ? noun : plural}`;
}

/** The name of what is added up: the "total" that a planner put before it goes. */
export function additiveName(column: string): string {
  return measureName(column).replace(/^(total|sum)( of)? (?=\S)/i, "");
}

/** What is counted by a measure that is a number of things: "rows" of "number of rows". */
export function countedThings(measure: string): string | undefined {
  return /^number of (.+)$/i.exec(measure)?.[1];
}

/** Whether the numbers of a column name things, so that 2019 must not become 2,019, and no total says anything. */
export function namesThings(column: string): boolean {
  return /(^|[^a-z])(year|yr|id|code|zip|postcode|phone|number|no)$/i.test(column.replace(/([a-z])([A-Z])/g, "$1 $2"));
}

/** Whether the numbers of a column are places on a map, which have neither ranks nor a middle. */
export function namesPlaces(column: string): boolean {
  return /(^|[^a-z])(lat|latitude|lon|lng|long|longitude)$/i.test(column);
}

/** The verb that goes with a name: "sales rise", "number of sales rises". */
export function agree(name: string, singular: string, plural: string): string {
  const [head = name] = name.split(/ (?:of|per|by|in) /);
  return /[^siu]s$/.test(head) ? plural : singular;
}

const countable =
  /^(account|age group|airport|branch|brand|category|channel|city|class|country|customer|department|district|genre|group|industry|item|kind|language|location|market|month|name|origin|player|product|quarter|region|row|segment|source|species|state|station|status|store|supplier|team|type|vendor|week|weekday|year)$/i;

/** "3 regions"; "3 values of weather" where the word may have no plural. */
export function countValues(count: number, dimension: string): string {
  if (!countable.test(dimension)) return `${formatCount(count, "value")} of ${dimension}`;
  const plural = /[^aeiou]y$/i.test(dimension)
    ? `${dimension.slice(0, -1)}ies`
    : /(s|ch)$/i.test(dimension)
      ? /species$/i.test(dimension)
        ? dimension
        : `${dimension}es`
      : `${dimension}s`;
  return formatCount(count, dimension, plural);
}

const longestName = 80;

/** A category's name, short enough for a sentence. */
export function shortName(name: string): string {
  const text = name.replace(/\s+/g, " ").trim() || "(empty)";
  const letters = [...text];
  const short = letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : text;
  // Without these marks, the number after a name that is written from right to left would go to its other side.
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(short) ? `\u2068${short}\u2069` : short;
}
