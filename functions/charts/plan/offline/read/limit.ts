import { type Item, type ItemOf, operatorOf } from "../link/items.ts";
import { type AskedEnd, type End, isScale, measureAfterBy } from "./asked-end.ts";
import { neighbour, type Reading } from "./reading.ts";
import { scaleAbout } from "./scales.ts";
import { readSuperlative } from "./superlatives.ts";
import { sizeOf } from "./unsaid-scales.ts";

/**
 * Takes "top 5 …", "the 3 cheapest …", "which … has the highest …" out of the question. A superlative that only asks for
 * a value ("highest salary by department") becomes an aggregate instead.
 */
export function readEnd(reading: Reading): AskedEnd | null {
  const { items } = reading;
  let asked: AskedEnd | null = null;
  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (item.used || item.kind !== "operator" || (operator?.op !== "top" && operator?.op !== "superlative")) continue;
    if (operator.op === "superlative" && isOneOfSeveral(items, index)) {
      item.operator = { op: "aggregate", aggregate: operator.end };
      continue;
    }
    const following = neighbour(items, index, 1, ["stop", "number"]);
    // "top 5 biggest payouts": the 5 biggest.
    if (operator.op === "top" && following !== null && operatorOf(items[following])?.op === "superlative") {
      item.used = true;
      continue;
    }
    const count = countBeside(items, index);
    if (operator.op === "top" || count) {
      const top = readTop(reading, index, item, operator, count);
      asked = operator.op === "top" && top.by === null ? limited(asked, top) : top;
    } else asked = readSuperlative(reading, index, item, operator) ?? asked;
  }
  return asked;
}

/** "heaviest dogs top 5": by what, the superlative says. */
function limited(before: AskedEnd | null, top: AskedEnd): AskedEnd {
  return before?.by ? { ...before, limit: top.limit } : top;
}

/** "minimum and maximum salary": both are wanted as values. */
function isOneOfSeveral(items: Item[], index: number): boolean {
  const and = neighbour(items, index, 1, ["stop"]);
  if (and === null || (operatorOf(items[and])?.op !== "and" && !/^[,/&]$/.test(items[and]?.text ?? ""))) return false;
  const next = neighbour(items, and, 1, ["stop"]);
  return ["superlative", "aggregate"].includes(operatorOf(next === null ? undefined : items[next])?.op ?? "");
}

function countBeside(items: Item[], index: number): ItemOf<"number"> | null {
  const after = items[index + 1];
  if (after?.kind === "number" && after.value >= 1 && after.value <= 1000) return after;
  const before = items[index - 1];
  if (before?.kind === "number") return before.value <= 1000 && !before.used ? before : null;
  // "5 movies with the biggest budget"
  const noun = neighbour(items, index, -1, ["stop"]);
  if (noun === null || noun === index - 1 || !["rows", "column"].includes(items[noun]?.kind ?? "")) return null;
  const count = items[noun - 1];
  return count?.kind === "number" && count.value >= 1 && count.value <= 1000 && !count.used ? count : null;
}

function readTop(reading: Reading, index: number, item: Item, operator: End, count: ItemOf<"number"> | null): AskedEnd {
  const { items } = reading;
  const next = neighbour(items, index, 1, ["stop", "number", "value"]);
  const following = next === null ? undefined : items[next];
  if (count) count.used = true;
  const singular = following !== undefined && following.kind !== "break" && !/[^s]s$/i.test(following.text);
  if (!count && !singular)
    reading.assumptions.add(`“${item.text}” is read as the ${operator.end === "max" ? "top" : "bottom"} 10.`);
  item.used = true;
  const about = operator.op === "superlative" ? operator.about : [];
  const scale = following?.kind === "column" && isScale(following.field) ? following.field : null;
  const by = about.includes("count")
    ? "count"
    : (scale ??
      measureAfterBy(items, index) ??
      scaleAbout(reading, about, following) ??
      sizeOf(reading, item, index, true));
  // The oldest came first.
  const turned = about.includes("age") && by !== "count" && by?.role === "time";
  const end = turned ? (operator.end === "max" ? "min" : "max") : operator.end;
  return { end, by, limit: count?.value ?? (singular ? 1 : 10), extreme: false, total: false, text: item.text };
}
