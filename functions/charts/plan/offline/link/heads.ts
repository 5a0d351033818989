import { stem } from "../language/stem.ts";
import { type Item, operatorOf } from "./items.ts";

const heads = new Set("type kind sort category class group segment method mode status level name".split(" ").map(stem));

/**
 * Two columns named one after the other are one where the second word only says what the first is: "by product category" is
 * by the category, "by insurance type" by the insurance, and "by customer type" by nothing here, if there are too many
 * customers to be types.
 */
export function joinHeads(items: Item[]): Item[] {
  return items.map((item, index): Item => {
    const before = items[index - 1];
    const after = items[index + 1];
    if (isHead(item) && isGrouped(items, index - 1) && before?.kind === "column" && item.kind === "column") {
      if (before.field === item.field || item.link.score >= 0.95) return item;
      const few = before.field.column.profile.distinctCount <= 50;
      return few
        ? { kind: "stop", text: item.text, used: false }
        : { kind: "unknown", capital: false, text: item.text, used: false };
    }
    const names = after?.kind === "column" && item.kind === "column" && isHead(after) && isGrouped(items, index);
    if (names && after.field !== item.field && after.link.score >= 0.95)
      return { kind: "stop", text: item.text, used: false };
    return item;
  });
}

function isHead(item: Item): boolean {
  return item.kind === "column" && item.field.role === "dimension" && heads.has(stem(item.text));
}

function isGrouped(items: Item[], index: number): boolean {
  const item = items[index];
  const dimension = item?.kind === "column" && item.field.role === "dimension";
  return (
    dimension &&
    /^(by|per|each|which|every)$/i.test(items[index - 1]?.text ?? "") &&
    operatorOf(items[index - 1]) !== null
  );
}
