import type { Column } from "../../../../../contract/index.ts";
import type { Field } from "../link/fields.ts";
import { type Item, operatorOf } from "../link/items.ts";
import { columnNear, consumed, isNegated, type Placed } from "./placed.ts";
import type { Reading } from "./reading.ts";

export function readTexts(reading: Reading, placed: Placed[]): void {
  const { items, table } = reading;
  for (const [index, item] of items.entries()) {
    const operator = operatorOf(item);
    if (item.used || operator === null) continue;
    if (operator.op === "missing") {
      const near = columnNear(reading, index, () => true);
      const named = near === null ? undefined : items[near];
      if (named?.kind !== "column") continue;
      item.used = true;
      named.used = true;
      placed.push({
        condition: { kind: "null", column: named.field.id, negated: operator.negated },
        from: index,
        to: index,
      });
      continue;
    }
    if (operator.op !== "text") continue;
    const valueAt = textAfter(items, index);
    const value = valueAt === null ? undefined : items[valueAt];
    if (!value || valueAt === null || !["quoted", "unknown", "stop", "value"].includes(value.kind)) continue;
    const letter = value.kind !== "stop" || /^\p{L}$/u.test(value.text);
    if (!letter) continue;
    const isText = (field: Field) => field.column.type === "VARCHAR";
    const near = columnNear(reading, valueAt, isText) ?? columnNear(reading, index, isText);
    const named = near === null ? undefined : items[near];
    const field =
      named?.kind === "column" ? named.field : value.kind === "value" ? value.field : likeliestText(table.fields);
    if (!field) continue;
    item.used = true;
    value.used = true;
    if (named && consumed(reading, named) && items.some((one) => one !== named && one.kind === "column" && !one.used))
      named.used = true;
    const text =
      value.kind === "quoted"
        ? value.value
        : value.kind === "value" && !value.link.corrected
          ? String(value.link.value)
          : value.text;
    placed.push({
      condition: {
        kind: "text",
        column: field.id,
        match: operator.match,
        value: text,
        negated: isNegated(reading, index),
      },
      from: index,
      to: valueAt,
    });
  }
}

/** The quoted text, word or single letter that follows "contains". */
function textAfter(items: Item[], index: number): number | null {
  for (let at = index + 1; at < Math.min(items.length, index + 5); at++) {
    const item = items[at];
    if (item === undefined || item.kind === "break") return null;
    if (
      ["quoted", "unknown", "value"].includes(item.kind) ||
      (item.kind === "stop" && /^\p{L}$/u.test(item.text) && item.text !== "a")
    )
      return at;
  }
  return null;
}

/** Numbers of orders and the like: nobody is called so. */
export function holdsCodes({ profile }: Column): boolean {
  const codes = profile.topValues.filter(({ value }) => /\d{3}/.test(String(value)));
  return codes.length * 2 > profile.topValues.length;
}

/** The text column that most rows differ in and whose profile cannot list all values. */
export function likeliestText(fields: Field[]): Field | null {
  const texts = fields.filter(
    ({ column, role }) => column.type === "VARCHAR" && role === "dimension" && !holdsCodes(column),
  );
  const open = texts.filter(({ column }) => column.profile.distinctCount > column.profile.topValues.length);
  const named = open.find(({ id }) => /name|title/i.test(id));
  return (
    named ?? open.sort((one, other) => other.column.profile.distinctCount - one.column.profile.distinctCount)[0] ?? null
  );
}
