import type { Column, ColumnRole, ColumnType } from "../../../contract/index.ts";
import { typeName } from "./cells.ts";

/** What a column does in a question, in a word, and what that means. */
export const roleWords: Record<ColumnRole, { name: string; meaning: string }> = {
  measure: { name: "Measure", meaning: "Can be added up and averaged" },
  dimension: { name: "Category", meaning: "Groups the rows" },
  time: { name: "Time", meaning: "Orders the rows in time" },
  identifier: { name: "Identifier", meaning: "Names a row; is counted, never added up" },
  text: { name: "Free text", meaning: "Prose, different in nearly every row" },
};

/** The types that a person can give a column, in plain words. */
export const typeChoices: readonly { value: ColumnType; label: string }[] = [
  { value: "VARCHAR", label: "Text" },
  { value: "BIGINT", label: "Whole number" },
  { value: "DOUBLE", label: "Number" },
  { value: "BOOLEAN", label: "True or false" },
  { value: "DATE", label: "Date" },
  { value: "TIMESTAMP", label: "Date and time" },
  { value: "TIMESTAMP WITH TIME ZONE", label: "Date and time with a zone" },
  { value: "TIME", label: "Time of day" },
];

/** A column's type as its reader thinks of it: "Amount in €", "Per cent", "Whole number". */
export function valueKind({ type, format }: Pick<Column, "type" | "format">): string {
  if (format?.kind === "currency") return format.unit ? `Amount in ${format.unit}` : "Amount";
  if (format?.kind === "percent" || format?.kind === "fraction") return "Per cent";
  if (format?.kind === "number" && format.unit !== undefined) return `${typeName(type)} in ${format.unit}`;
  if (format?.grain !== undefined) return format.grain === "quarter" ? "Quarter" : "Month";
  return typeName(type);
}
