import { stem } from "../language/stem.ts";
import { rowWords } from "../language/stop-words.ts";
import { type Field, nameWords } from "../link/fields.ts";
import { impliedColumn } from "../link/implied-columns.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { type MainMeasure, mainMeasure } from "../link/main-measure.ts";
import { type AskedEnd, isScale, measureAfterBy } from "./asked-end.ts";
import { doubt, fieldAbout, neighbour, type Reading } from "./reading.ts";

/** Columns by which something is large or small where the question does not say. */
const sizes = "size area sqft population enrollment capacity".split(" ");
const amounts = ["volume", "amount"];

/** "best school in writing": of several scores the one that the question names. */
export function saidAbout(items: Item[], about: string[]): Field | null {
  const named = items.find(
    (one) =>
      one.kind === "column" &&
      isScale(one.field) &&
      one.field.names.some((name) => name.some(({ stem: word }) => about.some((scale) => stem(scale) === word))),
  );
  return named?.kind === "column" ? named.field : null;
}

/** "most expensive order": a row costs all of it, and not what one of its things does. */
export function wholeCost({ table }: Reading, about: string[], sought: Item | undefined): Field | null {
  if (!about.includes("price") || sought?.kind !== "rows" || rowWords.has(sought.text.toLowerCase())) return null;
  const price = impliedColumn("price", table)?.field;
  const whole = impliedColumn("spend", table)?.field;
  return whole?.additive && (!price || /unit/i.test(price.id)) ? whole : null;
}

/** "who joined first": the time stands before. */
export function timeBefore(items: Item[], index: number, about: string[]): Field | null {
  const at = neighbour(items, index, -1, ["stop"]);
  const item = at === null ? undefined : items[at];
  return about.includes("date") && item?.kind === "column" && item.field.role === "time" ? item.field : null;
}

/** A text has no largest and no best; which would be meant, the question must say. */
export function unscaled(reading: Reading, item: Item, { name }: Field): null {
  item.used = true;
  reading.objections.add(`“${item.text}” does not say by what measure: “${item.text} ${name}” has none of its own.`);
  return null;
}

/**
 * "biggest customers", "smallest department": those with the most money, where rows bring some; else those with the most
 * rows. The other is one click away.
 */
export function sizedBy(reading: Reading, item: Item, named: Item, end: "max" | "min"): AskedEnd | null {
  if (!/^(larg|big|small)/i.test(item.text)) return null;
  const { table } = reading;
  const money = impliedColumn("revenue", table)?.field ?? null;
  const by = money?.additive ? money : "count";
  const others = table.fields.filter((field) => field !== by && isScale(field) && field.additive).slice(0, 2);
  const rewordings = [
    ...(by === "count" ? [] : [{ name: "number of rows", label: "number of rows" }]),
    ...others.map(({ name }) => ({ name: `total ${name}`, label: name })),
  ].map(({ name, label }) => ({
    said: `${item.text} ${named.text}`,
    instead: `${named.text} with the ${end === "max" ? "highest" : "lowest"} ${name}`,
    label,
  }));
  doubt(reading, `“${item.text}” is read as that of ${by === "count" ? "the number of rows" : by.name}.`, rewordings);
  item.used = true;
  const limit = /[^su]s$/i.test(named.text) ? 10 : 1;
  return { end, by, limit, extreme: false, total: true, text: item.text };
}

/**
 * The measure that a superlative without a scale of its own goes by: the one after "by" ("biggest vendor by debit"), else
 * what things are large by.
 */
export function sizeOf(reading: Reading, item: Item, index: number, guess: boolean): Field | null {
  const { items, table, assumptions } = reading;
  const by = measureAfterBy(items, index);
  if (by) return by;
  const next = neighbour(items, index, 1, ["stop", "value"]);
  const target = next === null ? undefined : items[next];
  const rows =
    target?.kind === "rows" || target?.kind === "value" || (target?.kind === "column" && target.field.unique);
  if (!guess || !/^(large|big|small)/i.test(item.text) || (!rows && items[index + 1]?.kind !== "value")) return null;
  const sized = table.fields.find((field) => sizes.some((size) => nameWords(field).includes(size)) && isScale(field));
  const main = sized ? null : mainMeasure(table);
  if (main) {
    tellMain(reading, [`${item.text} ${target?.text ?? ""}`, item.text], main);
    return main.field;
  }
  const field = sized ?? fieldAbout(table, [...sizes, ...amounts]);
  if (field && isScale(field)) {
    const others = (impliedColumn("money", table)?.alternatives ?? []).filter((other) => other !== field);
    const read = `“${item.text}” is read as that of ${field.name}`;
    if (others.length === 0) assumptions.add(`${read}.`);
    else
      doubt(
        reading,
        `${read}, not of ${others.map(({ name }) => name).join(" or ")}.`,
        others.map(({ name }) => ({
          said: `${item.text} ${target?.text}`,
          instead: `${target?.text} with the highest ${name}`,
          label: name,
        })),
      );
    return field;
  }
  return null;
}

/** "best location", "strongest day": by what they bring in, if the table tells that of each row and rates nothing. */
export function takingsOf(reading: Reading, item: Item, target: Item | undefined): Field | null {
  const groups =
    operatorOf(target)?.op === "grain" ||
    (target?.kind === "column" &&
      (target.field.role === "time" || target.field.role === "dimension") &&
      !target.field.unique &&
      !target.field.flag);
  if (!/^(best|worst|strongest|weakest)$/i.test(item.text) || !groups || !target) return null;
  const main = mainMeasure(reading.table);
  if (!main?.good) return null;
  tellMain(reading, [`${item.text} ${target.text}`, item.text], main);
  return main.field;
}

/**
 * Says by what things are ranked where the question names no measure, and what else they could be.
 *
 * @param said the words that another measure can be put after, as far as the question has them side by side
 */
export function tellMain(reading: Reading, said: string[], { field, others }: MainMeasure): void {
  const [first] = said;
  const names = ["number of rows", ...others.map(({ name }) => `total ${name}`)];
  const rewordings = names.flatMap((name) =>
    said.map((text) => ({ said: text, instead: `${text} by ${name}`, label: name })),
  );
  doubt(reading, `“${first}” is read as that of ${field.name}, since no measure is named.`, rewordings);
}
