import type { Reading } from "../../read/reading.ts";
import { textOf } from "../computed-field.ts";

/** Days that move, or that not everybody has. */
const feasts =
  /^(easter|christmas|xmas|holidays?|thanksgiving|ramadan|eid|diwali|lent|carnival|pentecost|halloween|lockdowns?|pandemic)$/i;

/** "before easter", "fiscal year 2024": times of which the data does not tell when they are. */
export function refuseUnknownTimes({ items, objections, rewordings }: Reading): void {
  for (const [at, item] of items.entries()) {
    if (item.kind !== "unknown") continue;
    const next = items[at + 1];
    if (/^(fiscal|financial)$/i.test(item.text) && /^(years?|quarters?|fy)$/i.test(next?.text ?? "")) {
      const said = textOf(items, at, at + 2);
      objections.add(
        `When the ${said} begins is not known: calendar years and quarters are, or give the first and the last day.`,
      );
      rewordings.push({ said, instead: next?.text ?? "", label: `the calendar ${next?.text ?? ""}` });
      const year = items[at + 2];
      if (year?.kind === "number" || year?.kind === "period")
        rewordings.push({
          said: textOf(items, at, at + 3),
          instead: year.text,
          label: `the calendar year ${year.text}`,
        });
      items[at] = { kind: "stop", text: item.text, used: true };
    } else if (feasts.test(item.text)) {
      objections.add(
        `The data does not tell when “${item.text}” is: give the days or the month, such as “in December 2024”.`,
      );
      if (/mas$/i.test(item.text)) rewordings.push({ said: item.text, instead: "December" });
      items[at] = { kind: "stop", text: item.text, used: true };
    }
  }
}
