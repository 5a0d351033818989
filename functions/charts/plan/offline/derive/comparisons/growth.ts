import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";

const rises = /^(increase[sd]?|increasing|rises?|rose|rising|improve[sd]?|improving|expand(s|ed|ing)?)$/i;
const falls =
  /^(decline[sd]?|declining|shrinks?|shrank|shrunk|shrinking|drop(s|ped|ping)?|falls?|fell|falling|decrease[sd]?|decreasing|lost)$/i;

/**
 * "which city grows fastest", "fastest growing product", "top 3 regions by growth": groups are ranked by how much more
 * there is at the end of the data than at its beginning. The end of the scale comes to stand before what is grouped by.
 */
export function takeGrowth({ items, objections }: Reading): void {
  const change = items.findIndex(isChange);
  const end = items.findIndex((item) => ["superlative", "top"].includes(operatorOf(item)?.op ?? ""));
  const group = items.find(
    (item) => item.kind === "column" && item.field.role === "dimension" && !item.field.unique && !item.field.flag,
  );
  const [changing, ranked] = [items[change], items[end]];
  const operator = operatorOf(ranked);
  const timed = items.some(
    (item) => operatorOf(item)?.op === "grain" || (item.kind === "column" && item.field.role === "time"),
  );
  if (changing && operatorOf(changing) && ranked && !group && !timed)
    objections.add(`It is not clear what groups “${changing.text}” is asked of: name a column of them.`);
  if (!changing || !ranked || !group || (operator?.op !== "superlative" && operator?.op !== "top")) return;
  const turned = falls.test(changing.text) ? (operator.end === "max" ? "min" : "max") : operator.end;
  const number = items[end + 1]?.kind === "number" ? items[end + 1] : undefined;
  const taken = [changing, ranked, number];
  for (const one of taken) if (one) items.splice(items.indexOf(one), 1);
  // "by growth": what remains of it would ask for groups of nothing.
  const by = items.findIndex(
    (item, at) => operatorOf(item)?.op === "group" && (at === items.length - 1 || at === change - 1),
  );
  if (by >= 0 && operatorOf(items[by])?.op === "group" && items[by + 1] !== group) items.splice(by, 1);
  const top: Item = { ...ranked, kind: "operator", operator: { op: "top", end: turned }, words: 1, used: false };
  const window: Item = {
    kind: "operator",
    operator: { op: "window", window: "change", grain: null },
    words: 1,
    text: changing.text,
    used: false,
  };
  items.splice(items.indexOf(group), 0, top, ...(number ? [number] : []));
  items.push(window);
}

function isChange(item: Item): boolean {
  const operator = operatorOf(item);
  if (operator?.op === "window") return operator.window === "growth" && operator.grain === null;
  return (item.kind === "unknown" || item.kind === "stop") && (rises.test(item.text) || falls.test(item.text));
}
