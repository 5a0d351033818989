import { sameFamily } from "../../language/events.ts";
import { stem } from "../../language/stem.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Reading } from "../../read/reading.ts";
import { columnItem, textOf } from "../computed-field.ts";
import { quotientField } from "./quotients.ts";

/** What a number of things is mostly compared with: those that were tried, shown or asked. */
const wholes = "attempt impression visit session visitor click view sent lead test order student applicant user"
  .split(" ")
  .map(stem);

/** "conversion rate" where there are conversions and sessions, "click-through rate" where there are clicks and impressions. */
export function takeCountedRates(reading: Reading): void {
  const { items, table, assumptions } = reading;
  for (let at = 1; at < items.length; at++) {
    const rate = /^rates?$/i.test(items[at]?.text ?? "");
    const before = items[at - 1];
    if (!rate || !before || items[at]?.kind === "column") continue;
    // "click-through rate"
    const through = /^through$/i.test(before.text);
    const said = through && /^-$/.test(items[at - 2]?.text ?? "") ? at - 3 : through ? at - 2 : at - 1;
    const word = items[said]?.text ?? "";
    const counted = table.fields.filter(
      (field) =>
        field.numeric &&
        field.additive &&
        wordsIn(field.id).some((one) => sameFamily(one.toLowerCase(), word.toLowerCase())),
    );
    const [of] = counted;
    if (!of || counted.length > 1) continue;
    const by = wholes
      .map((whole) =>
        table.fields.find(
          (field) =>
            field !== of && field.additive && field.names.some((name) => name.some(({ stem }) => stem === whole)),
        ),
      )
      .find(
        (field) => field !== undefined && Number(field.column.profile.mean ?? 0) >= Number(of.column.profile.mean ?? 0),
      );
    if (!by) continue;
    const name = `${of.name} per ${by.name} (%)`;
    const text = textOf(items, said, at + 1);
    assumptions.add(`“${text}” is read as ${of.name} in percent of ${by.name}.`);
    items.splice(said, at + 1 - said, columnItem(quotientField(reading, of, by, name, 100), text));
    at = said;
  }
}
