import { quoteLiteral } from "../../shared/engine/engine.ts";
import { doubtfulCells, isAnyOf } from "./doubtful-cells.ts";
import type { ColumnPlan } from "./infer.ts";
import { nullAmongValues } from "./null-words.ts";
import { type NumberStyle, numberPattern } from "./numbers.ts";
import { quarterSql } from "./quarters.ts";

/** SQL that makes a column's value of `text`, an SQL expression of its text; null for a cell that does not fit. */
export function valueSql(plan: ColumnPlan, text: string): string {
  const trimmed = `trim(${text}, ${blanks})`;
  switch (plan.type) {
    case "VARCHAR":
      return plan.keepsNa === true ? text : `nullif(${plan.trims === true ? trimmed : text}, 'NA')`;
    case "BOOLEAN":
      return `CASE lower(${trimmed}) WHEN 'true' THEN true WHEN 'false' THEN false${
        plan.misfits === null
          ? " WHEN 'yes' THEN true WHEN 'no' THEN false WHEN 'y' THEN true WHEN 'n' THEN false WHEN '1' THEN true WHEN '0' THEN false"
          : ""
      } END`;
    case "BIGINT":
    case "DOUBLE":
      return plan.plain === true
        ? `TRY_CAST(${text} AS ${plan.type})`
        : numberSql(plan.style ?? { decimal: ".", group: "" }, trimmed, plan.type);
    case "TIME":
      return plan.patterns?.length ? `${strptime(trimmed, plan.patterns)}::TIME` : `TRY_CAST(${trimmed} AS TIME)`;
    case "DATE":
    case "TIMESTAMP":
      if (plan.iso === true || !plan.patterns?.length) return `TRY_CAST(${trimmed} AS ${plan.type})`;
      return `${strptime(trimmed, plan.patterns)}::${plan.type}`;
    case "TIMESTAMP WITH TIME ZONE":
      // Without a zone of its own, a cell is taken for UTC.
      if (plan.iso === true || !plan.patterns?.length) return `TRY_CAST(${trimmed} AS TIMESTAMP WITH TIME ZONE)`;
      // `strptime` knows offsets, but not the letters for none.
      return `${strptime(`regexp_replace(${trimmed}, '\\s?(Z|UTC|GMT)$', '+00')`, plan.patterns)}::TIMESTAMP WITH TIME ZONE`;
  }
}

/** SQL that tells whether `text` holds something that `valueSql` makes no value of. */
export function misfitSql(plan: ColumnPlan, text: string): string {
  if (plan.type === "VARCHAR") return "false";
  const noValue = isAnyOf(`trim(${text}, ${blanks})`, nullAmongValues);
  return `${text} IS NOT NULL AND (${valueSql(plan, text)}) IS NULL AND NOT (${noValue})`;
}

const blanks = "' \t\r\n\u00a0'";

function strptime(text: string, patterns: string[]): string {
  const isQuarter = (pattern: string) => pattern.includes("%q");
  const days = patterns.filter((pattern) => !isQuarter(pattern));
  const dates = days.length > 0 ? [`try_strptime(${text}, [${days.map(quoteLiteral).join(", ")}])`] : [];
  const found = [...dates, ...patterns.filter(isQuarter).map((pattern) => quarterSql(text, pattern))];
  return found.length === 1 ? (found[0] ?? "NULL") : `coalesce(${found.join(", ")})`;
}

function numberSql({ decimal, group }: NumberStyle, text: string, type: "BIGINT" | "DOUBLE"): string {
  const groups = { "": "", ",": ",", ".": "\\.", " ": " \\x{00a0}\\x{202f}\\x{2009}", "'": "'’" }[group];
  const ungrouped =
    groups === "" ? text : `regexp_replace(${text}, ${quoteLiteral(`(\\d)[${groups}](\\d)`)}, '\\1\\2', 'g')`;
  const point = decimal === "," ? `replace(${ungrouped}, ',', '.')` : ungrouped;
  const digits = `regexp_extract(${point}, '\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+(?:[eE][-+]?\\d+)?')`;
  const negative = `regexp_matches(${text}, '^[^0-9.,]*[(−-]|[-]\\)?$')`;
  const value = `TRY_CAST(${text} AS ${type})`;
  const doubtful = decimal === "." ? doubtfulCells[type]?.(text, value) : undefined;
  const written = `CASE WHEN regexp_full_match(${text}, ${quoteLiteral(numberPattern({ decimal, group }))}) THEN CASE WHEN ${negative} THEN -1 ELSE 1 END * TRY_CAST(${digits} AS ${type}) END`;
  return doubtful === undefined ? written : `coalesce(CASE WHEN ${doubtful} THEN NULL ELSE ${value} END, ${written})`;
}
