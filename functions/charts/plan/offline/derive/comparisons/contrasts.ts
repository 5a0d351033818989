import type { Field, Table } from "../../link/fields.ts";
import { aggregateItem, type Item, type ItemOf, operatorOf } from "../../link/items.ts";
import { fieldAbout, type Reading } from "../../read/reading.ts";
import { columnItem, groupItem } from "../computed-field.ts";
import { isMeasure } from "../ratios/quotients.ts";
import { bandField } from "../things/groupings.ts";

const asking = /^(is|are|was|were|do|does|did|has|have|the)$/i;
/** Words that say on which side something lies, and nothing of what. */
const sides =
  /^(more|less|fewer|most|higher|lower|bigger|smaller|larger|greater|better|worse|longer|shorter|often|rather|likely|common|frequent|usual|up|down|mean|means|go|goes|come|comes|rise|rises|increase|increases|decrease|decreases|fall|falls|bring|brings|lead|leads|make|makes|get|gets)$/i;
const degree =
  /^(more|less|fewer|higher|lower|bigger|smaller|larger|better|worse|longer|shorter|often|likely|up|down)$/i;
/** What is larger on one side, where it stands before a noun: "bigger flats". */
const scales: [word: RegExp, scale: string[]][] = [
  [/^(bigger|larger|smaller)$/i, ["size", "area"]],
  [/^(older|younger|newer)$/i, ["age"]],
  [/^(longer|shorter)$/i, ["duration", "length", "runtime"]],
  [/^(heavier|lighter)$/i, ["weight", "mass"]],
  [/^(cheaper|pricier)$/i, ["price", "cost"]],
];
/** What somebody is who scores high or low. */
const moods = /^((un|dis)?(happy|satisfied)|(happier|unhappier))$/i;

/**
 * "does rent go up with size", "do more visitors mean more sales": two quantities against each other. "do unhappy customers
 * renew less", "do annual members spend more": how much of it there is in each group.
 */
export function takeContrasts(reading: Reading): void {
  const { items, table, assumptions, objections } = reading;
  if (!asking.test(items[0]?.text ?? "") || !items.some(({ text }) => degree.test(text))) return;
  const others = ["group", "series", "versus", "top", "compare", "grain", "window", "relation", "count", "share"];
  if (items.some((item) => others.includes(operatorOf(item)?.op ?? "") || item.kind === "number")) return;
  const said = items.filter((item): item is Item & ItemOf<"column"> => item.kind === "column");
  const measures = said.filter(isMeasure);
  const [first, second] = measures;
  const values = items.filter((item): item is Item & ItemOf<"value"> => item.kind === "value");
  const flags = said.filter(({ field }) => field.flag !== null);
  if (first && second && measures.length === 2 && first.field !== second.field && values.length + flags.length === 0) {
    relate(reading, first, second);
    return;
  }
  const adjective = items.findIndex(
    ({ text, kind }, at) => kind !== "column" && isNoun(items[at + 1]) && scaleOf(text),
  );
  const scale = adjective < 0 ? null : fieldAbout(table, scaleOf(items[adjective]?.text ?? "") ?? []);
  if (adjective >= 0 && first && measures.length === 1 && values.length === 0) {
    const text = items[adjective]?.text ?? "";
    if (scale?.numeric && scale !== first.field) relate(reading, columnItem(scale, text), first);
    else if (!said.some(({ text: one }) => one === items[adjective + 1]?.text && isMeasure(items[adjective + 1])))
      objections.add(`Nothing in the data tells what is “${text}”.`);
    return;
  }
  const [value] = values;
  const mood = moodOf(reading);
  const [flag, otherFlag] = flags;
  const ranked = mood !== null && degree.test(items[mood.at - 1]?.text ?? "");
  const measured = first?.field ?? (ranked ? mood.of : undefined);
  const group =
    value?.field ?? (ranked ? flag?.field : (mood?.group ?? (first || otherFlag ? flag?.field : undefined)));
  const lone = group ?? flag?.field;
  if (!lone || values.length > 1 || measures.length > 1) return;
  const outcome = otherFlag ?? (flag?.field === group ? undefined : flag);
  // A word that nothing explains may be what is compared.
  const unknown = items.filter(
    (item) => item.kind === "unknown" && item !== items[mood?.at ?? -1] && !sides.test(item.text),
  );
  const deeds = unknown.filter(({ text }) => !/[^s]s$/i.test(text));
  if (!measured && (!outcome || !group) && deeds.length > 0)
    objections.add(`Nothing in the data tells “${deeds.map(({ text }) => text).join(" ")}”.`);
  if (!group || deeds.length > 0) return;
  const by = [groupItem("by"), columnItem(group, value?.text ?? (ranked ? group.name : (mood?.text ?? group.name)))];
  if (measured && !outcome && (ranked || measured !== mood?.of)) {
    const average = aggregateItem("avg", "average");
    items.splice(0, items.length, average, columnItem(measured, first?.text ?? measured.name), ...by);
    assumptions.add(`The averages of ${measured.name} are compared between the groups of ${group.name}.`);
  } else if (outcome) {
    const share: Item = {
      kind: "operator",
      operator: { op: "share", percent: true },
      words: 1,
      text: "rate",
      used: false,
    };
    items.splice(0, items.length, columnItem(outcome.field, outcome.text), share, ...by);
    assumptions.add(
      `The shares of rows where ${outcome.field.name} is ${outcome.field.flag?.yes} are compared between the groups of ${group.name}.`,
    );
  }
}

const scaleOf = (text: string) => scales.find(([word]) => word.test(text))?.[1];

const isNoun = (item: Item | undefined) => item?.kind === "rows" || item?.kind === "column" || item?.kind === "unknown";

function relate({ items }: Reading, one: Item, other: Item): void {
  const relation: Item = { kind: "operator", operator: { op: "relation" }, words: 1, text: "related to", used: false };
  items.splice(0, items.length, one, relation, other);
}

/** "unhappy customers": the scores by which they are, each or in steps. */
function moodOf({ items, table }: Reading): { of: Field; group: Field; text: string; at: number } | null {
  const at = items.findIndex(({ text, kind }) => moods.test(text) && kind !== "value");
  const word = items[at];
  const of = word ? fieldAbout(table, ["satisfaction", "happiness", "rating", "score"]) : null;
  const group = of && groupsOf(table, of);
  return word && of && group ? { of, group, text: word.text, at } : null;
}

function groupsOf(table: Table, of: Field): Field | null {
  return of.discrete ? of : (bandField(table, of)?.field ?? null);
}
