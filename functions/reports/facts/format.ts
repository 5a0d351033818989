/** How facts write numbers and names. US English, as the whole report; minus signs are real ones. */

const scales = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
] as const;

/** A number as prose has it: 1,204, 0.0312, 12.4 million. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const scale = scales.find(([from]) => size >= from);
  if (scale) return `${grouped(value / scale[0], { maximumFractionDigits: 2 })} ${scale[1]}`;
  if (size !== 0 && size < 1) return grouped(value, { maximumSignificantDigits: 3 });
  return grouped(value, { maximumFractionDigits: size >= 10_000 ? 0 : 2 });
}

/** A part of one as a percentage with one decimal at most; never 0% for what is there, nor 100% for what is not all. */
export function formatShare(share: number): string {
  const percent = Math.abs(share) * 100;
  const sign = share < 0 ? "−" : "";
  if (percent > 0 && percent < 0.1) return `less than ${sign}0.1%`;
  if (percent < 100 && percent > 99.9) return `over ${sign}99.9%`;
  return `${sign}${grouped(percent, { maximumFractionDigits: percent >= 1000 ? 0 : 1 })}%`;
}

/** "1 row", "3 rows"; `plural` where an s does not do it. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count, { maximumFractionDigits: 0 })} ${count === 1 ? noun : plural}`;
}

/** Names as a list: "A", "A and B", "A, B and C". */
export function formatList(names: string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** A column's name as words: total_amount is "total amount"; what has spaces already stays as it is. */
export function measureName(column: string): string {
  if (/^count(_star)?(\(.*\))?$/i.test(column)) return "number of rows";
  if (/\s/.test(column)) return column;
  const words = column
    .replace(/_+/g, " ")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .trim();
  return words || column;
}

/** The first letter as a capital, if its script has them. */
export function capitalize(text: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase("en-US") + text.slice(first.length);
}

const longestName = 80;

/** A category's name, short enough for a sentence. */
export function shortName(name: string): string {
  const text = name.replace(/\s+/g, " ").trim() || "(empty)";
  const letters = [...text];
  return letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : text;
}

function grouped(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat("en-US", options).format(value).replace("-", "−");
}
