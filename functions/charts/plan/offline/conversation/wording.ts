import type { Table } from "../link/fields.ts";
import { readItems } from "../link/items.ts";

/** "switch it back to", "turn that into", "back to": what follows says what to change. */
const turning =
  /^\s*(?:please\s+)?(?:(?:go|switch|change|turn|convert|put|flip|set|bring|draw|redraw)\s+(?:(?:it|that|this|them|the\s+chart)\s+)?(?:back\s+)?|back\s+)(?:to|into|as)\s+(?:an?\s+|the\s+)?/i;
const asArea = /^\s*(?:show\s+(?:it|this|that)\s+)?as\s+an?\s+area\s*$|^\s*as\s+areas?\s*$/i;
const asShares = /\bas\s+(?:a\s+)?shares?\b/gi;

/** A follow-up in words that a first question has too. */
export function plainly(question: string, table: Table): string {
  const turned = question.replace(turning, "");
  const text = turned.replace(asArea, "area chart").replace(asShares, "in percent");
  const isArea = turned !== question && /^area$/i.test(text.trim());
  return isArea && !readItems(text, table).some(({ kind }) => kind === "column") ? "area chart" : text;
}

const lead = "(?:(?:show|list|give|include|take|use|see|with|for|over|across|of)\\s+)?(?:me\\s+)?";
const everything = new RegExp(
  `^\\s*(?:and\\s+|now\\s+|then\\s+)?${lead}(?:everything|all)(?:\\s+(?:of\\s+)?(?:them|it|data|the\\s+data|the\\s+rows|rows|groups|again))*\\s*[.!?]*\\s*$`,
  "i",
);
const allOf = new RegExp(
  `^\\s*(?:and\\s+|now\\s+|then\\s+)?${lead}(?:all|every)\\s+(?:of\\s+)?(?:the\\s+)?(.+?)\\s*[.!?]*\\s*$`,
  "i",
);

/** "show all", "all years", "for all regions": what takes the limits away, of all columns or of those that it names. */
export function wholeAgain(question: string, table: Table): "all" | Set<string> | null {
  if (everything.test(question)) return "all";
  const of = allOf.exec(question)?.[1];
  if (of === undefined) return null;
  if (/^(?:years|quarters|months|weeks|days|dates|time|times|periods|the\s+time)$/i.test(of))
    return new Set(table.fields.filter(({ role }) => role === "time").map(({ id }) => id));
  const items = readItems(of, table);
  const [only] = items;
  return items.length === 1 && only?.kind === "column" ? new Set([only.field.id]) : null;
}

/** "not only 2023": the condition that is named goes. */
export const widening = /\bnot\s+(?:only|just)\b/i;

/** "in total": of all groups together. */
export const together =
  /\b(?:in\s+total|in\s+all|overall|altogether|all\s+together|taken\s+together|as\s+a\s+whole|(?:the\s+)?grand\s+total|over\s+all|combined)\b/i;

/** "the other way round": the order is turned. */
export const reversing =
  /^\s*(?:(?:reverse|flip|turn|invert)\s*(?:it|them|the\s+(?:order|sorting|sort))?(?:\s+(?:a)?round)?|(?:in\s+)?reverse(?:d)?(?:\s+order)?|(?:the\s+)?other\s+way\s+(?:a)?round)\s*[.!?]*\s*$/i;
