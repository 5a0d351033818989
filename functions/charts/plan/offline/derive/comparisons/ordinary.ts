import { operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, groupItem } from "../computed-field.ts";

/** What is not marked by a column of yes and no. */
const ordinary =
  /^(normal|ordinary|regular|standard|usual|plain|existing|routine|other|others|rest|everyone|everybody|not|without|non\w+)$/i;

/** "rush vs normal", "members versus the rest": by the column that marks the one. */
export function takeOrdinary({ items, assumptions }: Reading): void {
  const at = items.findIndex((item) => operatorOf(item)?.op === "versus");
  const [before, after] = [items.slice(0, at), items.slice(at + 1)];
  const rest = after.findIndex(({ kind, text }) => kind !== "stop" || ordinary.test(text));
  const marked = before.at(-1)?.kind === "rows" ? before.at(-2) : before.at(-1);
  const other = after[rest];
  if (at < 0 || marked?.kind !== "column" || !marked.field.flag || !other || !ordinary.test(other.text)) return;
  const from = items.indexOf(marked);
  const to = items[at + 1 + rest + 1]?.kind === "rows" ? at + rest + 3 : at + rest + 2;
  const by = operatorOf(items[from - 1])?.op === "group" ? [] : [groupItem("by")];
  items.splice(from, to - from, ...by, columnItem(marked.field, marked.text));
  assumptions.add(`“${other.text}” are those where ${marked.field.name} is ${marked.field.flag.no}.`);
}
