import type { ColumnFormat, ColumnType } from "../../../contract/index.ts";
import { namesDates } from "../types/serial-days.ts";
import type { CellKind, CellReader } from "./cell-reader.ts";
import type { NumberMeaning } from "./number-format.ts";
import type { ColumnTally } from "./survey-sheet.ts";

/** A column in which more than this share of the cells is of another type is left to be inferred from its text. */
const maxMisfitShare = 0.1;

export interface TypeAndFormat {
  type?: ColumnType;
  format?: ColumnFormat;
}

/**
 * The type and number format that a sheet's cells give their column. Of numbers in a column of dates, their text has to tell: they
 * may be dates that have lost their format.
 */
export function typeOfColumn({ kinds, styles }: ColumnTally, reader: CellReader, name: string): TypeAndFormat {
  let filled = 0;
  for (const [kind, count] of kinds) if (kind !== "fault") filled += count;
  if (filled === 0) return {};
  const share = (...some: CellKind[]) => some.reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0) / filled;
  const enough = (...some: CellKind[]) => share(...some) >= 1 - maxMisfitShare;
  const usual = reader.meaning(mostFrequent(styles));
  const format = formatOf(usual, unitsOf(styles, reader));
  if (isAllDurations({ kinds, styles })) return { type: "DOUBLE", format: { kind: "number", unit: "h" } };
  if (format.format === undefined && namesDates(name) && enough("integer", "decimal")) return {};
  // Texts among them may be numbers and dates as well, or codes that would lose their zeros.
  if (share("text") > 0 && (enough("integer", "decimal") || enough("date", "timestamp"))) return format;
  if (enough("integer") && share("decimal") === 0) return { type: "BIGINT", ...format };
  if (enough("integer", "decimal")) return { type: "DOUBLE", ...format };
  if (enough("date") && share("timestamp") === 0) return { type: "DATE" };
  if (enough("date", "timestamp")) return { type: "TIMESTAMP" };
  if (enough("time")) return { type: "TIME" };
  if (enough("boolean")) return { type: "BOOLEAN" };
  // Postcodes and the like: some may have no zero to keep, and would be taken for numbers.
  if (enough("text") && usual.kind === "padded") return { type: "VARCHAR" };
  return {};
}

/** The usual format; without its unit and what that means where cells have others, since sums of them mean nothing. */
function formatOf(usual: NumberMeaning, units: Set<string>): { format?: ColumnFormat } {
  if (usual.kind !== "number" || usual.format === undefined) return {};
  if (units.size < 2) return { format: usual.format };
  const { unit: _one, ...digits } = usual.format;
  return { format: { ...digits, kind: "number" } };
}

function unitsOf(styles: Map<number, number>, reader: CellReader): Set<string> {
  const units = new Set<string>();
  for (const style of styles.keys()) {
    const meaning = reader.meaning(style);
    if (meaning.kind === "number" && meaning.format?.unit !== undefined) units.add(meaning.format.unit);
  }
  return units;
}

/** Whether the column holds lengths of time only; it is then a number of hours, which can be added up. */
export function isAllDurations({ kinds }: ColumnTally): boolean {
  const others = [...kinds.keys()].filter((kind) => kind !== "duration" && kind !== "fault");
  return (kinds.get("duration") ?? 0) > 0 && others.length === 0;
}

function mostFrequent(styles: Map<number, number>): number {
  let best = 0;
  let most = 0;
  for (const [style, count] of styles) {
    if (count > most) {
      most = count;
      best = style;
    }
  }
  return best;
}
