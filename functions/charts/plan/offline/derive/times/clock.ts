import type { Field } from "../../link/fields.ts";
import { type Item, operatorOf } from "../../link/items.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, compareItem, numberItem, textOf } from "../computed-field.ts";

/** "after 6pm", "before 9 am", "between 8am and 17:00": conditions on the hour of the day. */
export function takeClock({ items }: Reading, hourField: (text: string) => Field | null): void {
  for (let at = 1; at < items.length; at++) {
    const cue = operatorOf(items[at - 1]);
    const first = clockAt(items, at) ?? hourBefore(items, at);
    if (!first) continue;
    const ranged = cue?.op === "between" || /^from$/i.test(items[at - 1]?.text ?? "");
    const join = items[first.to];
    const second =
      ranged && (operatorOf(join)?.op === "and" || /^(to|until|till|-)$/i.test(join?.text ?? ""))
        ? clockAt(items, first.to + 1)
        : null;
    const bounds = second ? [first.hour, second.hour] : boundsAfter(items[at - 1], first.hour);
    const [from, before] = bounds ?? [];
    if (from === undefined || before === undefined || before === from) continue;
    const text = textOf(items, at - 1, second?.to ?? first.to);
    const field = hourField(text);
    if (!field) return;
    const low = from > 0 ? [compareItem(">=", text), numberItem(from)] : [];
    // "between 10pm and 6am" goes over midnight.
    const over = before < from ? [orItem()] : [];
    const high = before < 24 ? [compareItem("<", text), numberItem(before)] : [];
    items.splice(at - 1, (second?.to ?? first.to) - at + 1, columnItem(field, text), ...low, ...over, ...high);
  }
}

function orItem(): Item {
  return { kind: "operator", operator: { op: "or" }, words: 1, text: "or", used: false };
}

/** The hours that one time of day leaves: those from it, those before it, or the one that begins with it. */
function boundsAfter(cue: Item | undefined, hour: number): [number, number] | null {
  const text = cue?.text.toLowerCase() ?? "";
  if (/^(after|since|from)$/.test(text)) return [hour, 24];
  if (/^(before|until|till|by)$/.test(text)) return [0, hour];
  return text === "at" ? [hour, hour + 1] : null;
}

/** "6" of "between 6 and 8 am": in the same half of the day, unless that would be later. */
function hourBefore(items: Item[], at: number): { hour: number; to: number } | null {
  const item = items[at];
  const ranged =
    /^(between|from)$/i.test(items[at - 1]?.text ?? "") && /^(and|to|until|till|-)$/i.test(items[at + 1]?.text ?? "");
  const until = ranged ? clockAt(items, at + 2) : null;
  if (item?.kind !== "number" || !until || !Number.isInteger(item.value) || item.value < 0 || item.value > 12)
    return null;
  const half = until.hour > 12 ? 12 : 0;
  const hour = (item.value % 12) + half;
  return { hour: hour >= until.hour && half > 0 ? item.value % 12 : hour, to: at + 1 };
}

/** "8am", "8 am", "17:00" */
function clockAt(items: Item[], at: number): { hour: number; to: number } | null {
  const item = items[at];
  if (/^(noon|midday)$/i.test(item?.text ?? "")) return { hour: 12, to: at + 1 };
  if (/^midnight$/i.test(item?.text ?? "")) return { hour: 24, to: at + 1 };
  const written = /^(\d{1,2})([ap])m$/i.exec(item?.text ?? "");
  const apart = item?.kind === "number" && /^[ap]m$/i.test(items[at + 1]?.text ?? "");
  const half = (written?.[2] ?? (apart ? items[at + 1]?.text[0] : "") ?? "").toLowerCase();
  if (half) {
    const hour = Number(written?.[1] ?? item?.text);
    return hour >= 1 && hour <= 12 ? { hour: (hour % 12) + (half === "p" ? 12 : 0), to: at + (apart ? 2 : 1) } : null;
  }
  const [colon, minutes] = [items[at + 1], items[at + 2]];
  const whole = item?.kind === "number" && colon?.text === ":" && minutes?.text === "00";
  return whole && Number.isInteger(item.value) && item.value < 24 ? { hour: item.value, to: at + 3 } : null;
}
