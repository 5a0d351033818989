import type { Chart } from "../../contract/index.ts";
import { capitalize, formatList, measureName } from "../shared/words.ts";
import { isNumeric } from "./render/column-kinds.ts";

type ResultColumn = Chart["result"]["columns"][number];

const mostNames = 4;
const longestTitle = 120;

/** What the values of a DuckDB function's column are called, where the SQL gives them no name of their own. */
const functionWords: Record<string, string> = {
  sum: "total",
  avg: "average",
  mean: "average",
  min: "minimum",
  max: "maximum",
  median: "median",
  count: "number of",
};

/** What a chart of SQL is called after its columns until somebody gives it a title: "Total amount by region". */
export function titleOfResult({ result: { columns }, type }: Pick<Chart, "result" | "type">): string {
  const [first, ...others] = columns;
  if (!first) return "Result of a query";
  return capitalize(short(describe(first, others, type)));
}

function describe(first: ResultColumn, others: ResultColumn[], type: Chart["type"]): string {
  const [x, ...rest] = [first, ...others].map(columnWords);
  if (others.length === 0) return x ?? "";
  if (type === "stat" || type === "table") return few([x ?? "", ...rest]);
  if (type === "scatter" || type === "bubble") return `${rest[0]} against ${x}`;
  const measures = others.filter(isNumeric).map(columnWords);
  const splits = others.filter((column) => !isNumeric(column)).map(columnWords);
  if (measures.length === 0) return few([x ?? "", ...rest]);
  return `${few(measures)} by ${formatList([x ?? "", ...splits])}`;
}

/** A column in words; what has no name but its expression is named by it where it is a plain one. */
function columnWords({ name, grain }: ResultColumn): string {
  // A time that is cut to months is the month, whatever the column was called.
  if (grain !== undefined && /[()]/.test(name)) return grain;
  const [, called = "", distinct, of = ""] =
    /^"?(\w+)"?\((distinct )?"?([^()"]+)"?\)$/i.exec(name.replace(/"\."/g, ".")) ?? [];
  if (of === "" || of === "*") return measureName(name);
  const words = functionWords[called.toLowerCase()];
  const column = measureName(of.split(".").at(-1) ?? of);
  if (words === "number of") return distinct ? `number of different values of ${column}` : `number of ${column}`;
  return words === undefined ? `${called} of ${column}` : `${words} ${column}`;
}

function few(names: string[]): string {
  return formatList(names.length > mostNames ? [...names.slice(0, mostNames - 1), "more"] : names);
}

function short(title: string): string {
  const letters = [...title];
  return letters.length > longestTitle ? `${letters.slice(0, longestTitle - 1).join("")}…` : title;
}
