import type { ColumnFormat } from "../../../contract/index.ts";

/** What a cell's number means by its number format. `padded` is a number with leading zeros, such as a postcode. */
export type NumberMeaning =
  | { kind: "number"; format?: ColumnFormat }
  | { kind: "padded"; digits: number }
  | { kind: "date" | "timestamp" | "time" | "duration" };

/**
 * Formats that a file refers to by number only (ECMA-376 part 1, 18.8.30, with those that East Asian editions use for
 * dates). The rest up to 163 depends on the language of the program and is taken as a plain number.
 */
const builtIn: Record<number, string> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  14: "yyyy-mm-dd",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy-mm-dd h:mm",
  37: "#,##0",
  38: "#,##0",
  39: "#,##0.00",
  40: "#,##0.00",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
};
for (const id of [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]) builtIn[id] = "yyyy-mm-dd";
for (const id of [32, 33, 34, 35]) builtIn[id] = "h:mm:ss";

/** What numbers with this format mean. `code` is the file's own format of that id, if it has one. */
export function numberMeaning(id: number, code = builtIn[id] ?? "General"): NumberMeaning {
  const [first = ""] = sections(code);
  // What stands in quotes, after a backslash, or makes room as `_x` or `*x` does is shown and means nothing.
  const bare = first.replace(/"[^"]*"?|\\.|[_*]./gs, "");
  const directives = bare.match(/\[[^\]]*\]/g) ?? [];
  if (directives.some((directive) => /^\[(h+|m+|s+)\]$/i.test(directive))) return { kind: "duration" };
  const pattern = bare.replace(/\[[^\]]*\]/g, "");
  if (!/general/i.test(pattern)) {
    const clock = /[hs]|am\/pm|a\/p/i.test(pattern);
    const calendar = /[yde]/i.test(pattern.replace(/e[+-]/gi, "")) || (/m/i.test(pattern) && !clock);
    if (clock || calendar) return { kind: calendar ? (clock ? "timestamp" : "date") : "time" };
  }
  const padded = /^0{2,}$/.exec(first.trim());
  if (padded) return { kind: "padded", digits: padded[0].length };
  const format = shown(first, pattern, directives);
  return format ? { kind: "number", format } : { kind: "number" };
}

function shown(section: string, pattern: string, directives: string[]): ColumnFormat | undefined {
  if (!/[0#?]/.test(pattern) || /e[+-]/i.test(pattern) || pattern.includes("/")) return undefined;
  const decimals = /\.([0#?]*)/.exec(pattern)?.[1]?.length ?? 0;
  const grouped = /[0#?],[0#?]/.test(pattern);
  const digits = { decimals, ...(grouped && { grouped }) };
  if (pattern.includes("%")) return { kind: "fraction", unit: "%", ...digits };
  const currency = currencyOf(section, directives);
  return currency ? { kind: "currency", unit: currency, ...digits } : { kind: "number", ...digits };
}

/** The sign or code of a currency: in `[$€-407]`, or as it is, or in quotes. */
function currencyOf(section: string, directives: string[]): string | undefined {
  const marked = directives.map((directive) => /^\[\$([^\]-]+)(?:-[^\]]*)?\]$/.exec(directive)?.[1]).find(Boolean);
  if (marked) return marked.trim();
  const text = section
    .replace(/\[[^\]]*\]/g, "")
    .replace(/[_*]./gs, "")
    .replace(/["\\]/g, "");
  return (
    /\p{Sc}/u.exec(text)?.[0] ??
    /\b(CHF|EUR|USD|GBP|SEK|NOK|DKK|PLN|CZK|HUF|JPY|CNY|SGD|AUD|CAD|INR|BRL|kr|zł)\b/.exec(text)?.[0]
  );
}

/** The sections for positive, negative, zero and text; a semicolon may be quoted. */
function sections(code: string): string[] {
  const found = [""];
  for (const [piece] of code.matchAll(/"[^"]*"?|\\.|\[[^\]]*\]|[\s\S]/g)) {
    if (piece === ";") found.push("");
    else found[found.length - 1] += piece;
  }
  return found;
}
