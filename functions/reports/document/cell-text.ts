import type { Cell, QueryResult } from "../../../contract/index.ts";
import { isNumeric, isTemporal } from "../../charts/render/column-kinds.ts";
import { grouped } from "../facts/format.ts";
import { namesThings } from "../facts/words.ts";

const longestCell = 500;
/** Decimals up to these are the data's own; more come from a computation. */
const mostOwnDecimals = 4;

/** How the cells of a column are written, all alike: with its currency, as percentages, with the same decimals. */
export function cellWriter(
  column: QueryResult["columns"][number],
  cells: Cell[],
  { holdsYears }: { holdsYears: boolean },
): (cell: Cell) => string {
  if (!isNumeric(column)) return (cell) => (cell === null ? "–" : textOf(cell, isTemporal(column)));
  if (holdsYears || namesThings(column.name)) return (cell) => (cell === null ? "–" : String(cell));
  const numbers = cells.flatMap((cell) => (typeof cell === "number" ? [cell] : []));
  const { format } = column;
  const decimals = format?.style === "percent" ? 1 : decimalsOf(numbers);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (cell) => {
    if (typeof cell !== "number") return cell === null ? "–" : String(cell);
    // What would be all zeros is told by its first digits.
    const isTiny = cell !== 0 && Math.abs(cell) < 0.5 * 10 ** -decimals;
    return grouped(cell, { ...format, ...(isTiny ? { maximumSignificantDigits: 2 } : digits) });
  };
}

/** As many decimals as the numbers have; where that is more than people write, as many as their size deserves. */
function decimalsOf(numbers: number[]): number {
  for (let decimals = 0; decimals <= mostOwnDecimals; decimals += 1) {
    const unit = 10 ** decimals;
    if (
      numbers.every((value) => Math.abs(Math.round(value * unit) / unit - value) < 1e-9 * Math.max(1, Math.abs(value)))
    ) {
      return decimals;
    }
  }
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest >= 1000 ? 1 : largest >= 1 ? 2 : mostOwnDecimals;
}

function textOf(cell: NonNullable<Cell>, isTime: boolean): string {
  const text = isTime ? timeText(String(cell)) : String(cell);
  return text.length > longestCell ? `${[...text].slice(0, longestCell).join("")}…` : text;
}

/** A date or timestamp as the clock of the file has it; midnight is a date. */
function timeText(value: string): string {
  const [, date, time = "00:00", seconds = ""] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?/.exec(value) ?? [];
  if (date === undefined) return value;
  const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${date}T00:00Z`),
  );
  return time === "00:00" && /^(:00)?$/.test(seconds) ? day : `${day}, ${time}${seconds.replace(/^:00$/, "")}`;
}
