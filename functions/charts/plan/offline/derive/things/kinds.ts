import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem } from "../computed-field.ts";

/** Whether most of a column's values say that they are such a thing: "Building A", "Building B", "Garage". */
function holdsSuch({ column, role }: Field, word: string): boolean {
  const values = column.profile.topValues.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  const such = values.filter((value) => {
    const words = wordsIn(value).map((one) => stem(one.toLowerCase()));
    return words.length > 1 && words.includes(word);
  });
  return role === "dimension" && column.type === "VARCHAR" && such.length > 1 && such.length * 2 >= values.length;
}

/** "by building" of a column of sites, whose values are called so. */
export function takeKinds({ items, table, assumptions }: Reading): void {
  for (const [at, item] of items.entries()) {
    const op = operatorOf(items[at - 1])?.op ?? "";
    if (item.kind !== "unknown" || !["group", "series", "which"].includes(op)) continue;
    const fields = table.fields.filter((field) => holdsSuch(field, stem(item.text.toLowerCase())));
    const [field] = fields;
    if (!field || fields.length > 1) continue;
    items[at] = columnItem(field, item.text);
    assumptions.add(`“${item.text}” is read as ${field.name}.`);
  }
}
