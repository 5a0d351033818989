/** What people write into a cell that has no value, whatever the column holds. */
export const nullEverywhere: readonly string[] = [
  "",
  "NULL",
  "null",
  "Null",
  "(null)",
  "<null>",
  "\\N",
  "N/A",
  "n/a",
  "N/a",
  "#N/A",
  "<NA>",
  "-",
  "–",
  "—",
  "NaN",
  "nan",
  "-nan",
  "NAN",
];
const everywhere = new Set(nullEverywhere);

/** What is a word of its own in text (a severity of "None", the country code of Namibia) but no value among numbers or dates. */
export const nullAmongValues: readonly string[] = [
  "NA",
  "na",
  "None",
  "none",
  "NONE",
  "nil",
  "--",
  "---",
  ".",
  "..",
  "...",
  "?",
  "*",
];
const amongValues = new Set(nullAmongValues);

/** Whether a cell, without blanks around it, stands for no value in any column. */
export function isNull(trimmed: string): boolean {
  return trimmed.length <= 6 && everywhere.has(trimmed);
}

/** Whether it does so in a column of numbers, dates or times. */
export function isNullAmongValues(trimmed: string): boolean {
  return trimmed.length <= 4 && amongValues.has(trimmed);
}
