import { stem } from "../language/stem.ts";
import { isVerb } from "../language/synonyms.ts";
import type { Table } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import type { Condition } from "../query.ts";
import type { Placed } from "./placed.ts";
import { neighbour, type Reading } from "./reading.ts";

/**
 * Which conditions say what a share is of rather than what the whole is: "share of women per department" is of women
 * among all of a department, "share of sales in 2021" is of all sales of 2021, "percentage of women who smoke" is of
 * all women.
 */
export function partOfShare({ items, table }: Reading, placed: Placed[]): Placed[] {
  const share = shareAt(items);
  const pie = items.some((item) => {
    const operator = operatorOf(item);
    return operator?.op === "chart" && (operator.chart === "pie" || operator.chart === "doughnut");
  });
  // The slices of a pie are shares by themselves.
  if (share < 0 || pie) return [];
  const grouped = items.some((item) => ["group", "series", "grain", "trend"].includes(operatorOf(item)?.op ?? ""));
  const telling = placed.filter(({ condition }) => !isTime(condition, table));
  // "wind share of output", "default rate of women": what stands before says what it is of, and what comes after who.
  const rated = telling.filter(({ to }) => to === share - 1);
  if (rated.length > 0) return rated;
  const predicate = predicateAt(items);
  const said = predicate === null ? [] : telling.filter(({ from }) => from > predicate);
  const asked = telling.filter(({ from }) => from > share);
  const ofThem = said.length > 0 && said.length < asked.length ? said : asked;
  const parts = ofThem.filter(({ from }) => !isIntroduced(items, share, from));
  if (parts.length > 0) return parts;
  if (ofThem === said) return said;
  // "percentage of orders from the North", "on weekends": of all orders, as nothing else is a whole.
  return grouped ? [] : placed.filter(({ condition, from }) => from > share && !isPeriod(condition));
}

const shareAt = (items: Item[]) => items.findIndex((item) => operatorOf(item)?.op === "share");

/** "in Rome", "on weekends": where or when, rather than what. */
function isIntroduced(items: Item[], share: number, from: number): boolean {
  const before = neighbour(items, from, -1, ["stop"]);
  const cue = before === null ? undefined : items[before];
  const introduced = cue !== undefined && /^(in|from|for|at|on|within|during|to|among)$/i.test(cue.text);
  return introduced && before !== null && before >= share;
}

const predicating =
  /^(is|are|was|were|have|has|had|do|does|did|use|uses|used|using|who|that|which|whose|with|without|having)$/i;

/**
 * Where what is said of those that a share is of begins: "percentage of women | who smoke", "share of orders | with a
 * discount". Null: nothing is said of them.
 */
export function predicateAt(items: Item[]): number | null {
  const share = shareAt(items);
  if (share < 0) return null;
  const subject = items.findIndex(({ kind }, at) => at > share && ["value", "rows", "column"].includes(kind));
  if (subject < 0) return null;
  const at = items.findIndex(({ kind, text }, index) => {
    if (index <= subject || (kind !== "stop" && kind !== "operator" && kind !== "unknown")) return false;
    return predicating.test(text) || (kind !== "operator" && !/ed$/i.test(text) && isVerb(stem(text.toLowerCase())));
  });
  return at < 0 ? null : at;
}

function isTime(condition: Condition, { computed }: Table): boolean {
  const formula = condition.kind === "in" ? computed.get(condition.column)?.formula : undefined;
  return isPeriod(condition) || formula?.kind === "span";
}

/** Whether a condition is on when something was: of a period all is the whole. */
function isPeriod(condition: Condition): boolean {
  switch (condition.kind) {
    case "dates":
      return true;
    case "compare":
      return condition.expression.kind === "time";
    case "any":
    case "all":
      return condition.conditions.some(isPeriod);
    case "not":
      return isPeriod(condition.condition);
    default:
      return false;
  }
}
