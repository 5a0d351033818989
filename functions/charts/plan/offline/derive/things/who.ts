import { longFormsOf } from "../../language/abbreviations.ts";
import { type Party, partyDoing, partyNamed } from "../../language/parties.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field } from "../../link/fields.ts";
import { operatorOf } from "../../link/items.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { isOfPersons } from "../../read/row-label.ts";
import { columnItem } from "../computed-field.ts";

const ranking = ["superlative", "top", "versus"];

/**
 * "who sold the most", "who orders most often": of a table that names both sides of a deal, those who do what the verb says.
 */
export function takeWho(reading: Reading): void {
  const { items, table, assumptions } = reading;
  const at = items.findIndex(({ text }) => /^who$/i.test(text));
  const who = items[at];
  if (!who || !items.some((item) => ranking.includes(operatorOf(item)?.op ?? ""))) return;
  if (items.some((item) => item.kind === "column" && (isParty(item.field) || item.field.unique))) return;
  const parties = table.fields.filter(isParty);
  if (parties.length === 0 || table.fields.some((field) => field.unique && isOfPersons(field))) return;
  const party = items
    .slice(at + 1)
    .map(({ text }) => partyDoing(text))
    .find((one) => one !== null);
  const named = parties.filter((field) => party && partyOf(field) === party);
  // Who comes is nobody of the staff, also where no column says that its persons are guests.
  const doing = named.length > 0 ? named : parties.filter((field) => party && partyOf(field) === null);
  const [field, ...others] = doing.length > 0 ? doing : parties;
  if (!field) return;
  const text = `“${who.text}” is read as ${field.name}.`;
  const instead = others.length > 0 ? others : parties.filter((other) => other !== field);
  const sure = parties.length === 1 || named.length === 1;
  if (sure) assumptions.add(text);
  else
    doubt(
      reading,
      text,
      instead.map(({ name }) => ({ said: who.text, instead: `which ${name}`, label: name })),
    );
  const which = { kind: "operator", operator: { op: "which" }, words: 1, text: "which", used: false } as const;
  items.splice(at, 1, which, columnItem(field, field.name));
}

function partyOf({ name }: Field): Party | null {
  const words = wordsIn(name);
  return partyNamed(words) ?? partyNamed(words.flatMap((word) => [...longFormsOf(word.toLowerCase())]));
}

/** Whether a column names persons who come again. */
function isParty(field: Field): boolean {
  const named = partyOf(field) !== null || isOfPersons(field);
  return named && !field.unique && field.flag === null && (field.role === "dimension" || field.role === "identifier");
}
