/** Names as a list: "A", "A and B", "A, B and C". */
export function formatList(names: string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/**
 * A column's name as words in a sentence: total_amount is "total amount", "Average price" is "average price"; other
 * capitals stay, which may be those of a name.
 */
export function measureName(column: string): string {
  if (/^count(_star)?(\(.*\))?$/i.test(column)) return "number of rows";
  const words = /\s/.test(column) ? column : column.replace(/_+/g, " ").replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2");
  const name = words
    .trim()
    .replace(/^(Average|Total|Number|Count|Median|Sum|Share|Maximum|Minimum)\b/, (word) => word.toLowerCase());
  return name || column;
}

/** The first letter as a capital, if its script has them. */
export function capitalize(text: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase("en-US") + text.slice(first.length);
}
