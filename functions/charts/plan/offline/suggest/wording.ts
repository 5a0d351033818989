import { isCountable } from "../language/row-words.ts";
import { wordsIn } from "../language/tokens.ts";
import { type Field, readableName, type Table } from "../link/fields.ts";

const units = /^(eur|usd|gbp|chf|kg|g|t|km|mi|m|cm|mm|ha|kwh|mwh|m2|m3|c|f|min|mins|sec|secs|hrs?|h)$/i;

/** Short words of headers that nobody says; only what can't be anything else. */
const longForms = new Map([
  ["cust", "customer"],
  ["amt", "amount"],
  ["qty", "quantity"],
  ["acct", "account"],
  ["dept", "department"],
  ["emp", "employee"],
  ["prod", "product"],
  ["mgr", "manager"],
]);

/**
 * A column's name as a person says it within a sentence: without unit and sign, and with no capital but those of
 * abbreviations and names ("Line Total (EUR)" is "line total", "CSAT (1-5)" is "CSAT").
 */
export function spoken({ column }: Field): string {
  const name = readableName(column)
    .replace(/\([^)]*\)|\[[^\]]*\]/g, " ")
    .replace(/[#?€$£¥_]|\.(?=\s|$)/g, " ");
  const words = name.split(/\s+/).filter((word) => word !== "");
  if (words.length > 1 && units.test(words.at(-1) ?? "")) words.pop();
  const said = words.map((word) => longForms.get(word.toLowerCase()) ?? word);
  return said.map((word) => (/^\p{Lu}\p{Ll}+(-\p{Ll}+)*$/u.test(word) ? word.toLowerCase() : word)).join(" ");
}

/** What the names of files have beside what the files are of: "orders_2024 (2)", "ticket export". */
const ofFiles = /^(\d+|q[1-4]|data|dataset|table|export|copy|final|list|all|the|of)$/i;

/** What the rows of a table are called, in the plural: the table's own name where it is such a word. */
export function rowsOf({ table: { label } }: Table): string | undefined {
  const words = wordsIn(label.replace(/\.\w+$/, "")).filter((word) => !ofFiles.test(word));
  const [only] = words;
  return words.length === 1 && only !== undefined && /^\p{L}{4,}$/u.test(only) && isCountable(only)
    ? only.toLowerCase()
    : undefined;
}

export function plural(noun: string): string {
  if (/(s|x|z|ch|sh)$/i.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/i.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
