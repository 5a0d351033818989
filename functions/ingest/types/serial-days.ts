import type { ColumnEvidence } from "./evidence.ts";
import type { ColumnPlan } from "./infer.ts";

/** The days 1970-01-01 and 2099-12-31 as spreadsheet programs count them. */
const [first, last] = [25_569, 73_050];

/** Names of columns in which such numbers are dates: a program has lost the cells' format on the way. */
const dateNames = /(^|[^\p{L}])(date|day|datum|fecha|tag|datetime|timestamp|日付|日期)([^\p{L}]|$)/iu;

export function namesDates(name: string): boolean {
  return dateNames.test(name.replace(/([a-z])([A-Z])/g, "$1 $2"));
}

/** Whether a number, as a spreadsheet program's count of days since 1899-12-30, is a date that people write down. */
export function isSerialDay(number: number): boolean {
  return number >= first && number < last + 1;
}

/** How a column of such numbers becomes dates, or points in time; undefined unless its name says that it holds dates, and all are such. */
export function serialPlan(name: string, evidence: ColumnEvidence, values: number): ColumnPlan | undefined {
  if (values === 0 || evidence.serialDays < values || !namesDates(name)) return undefined;
  const hasTime = evidence.serialTimes > 0;
  const pattern = hasTime ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d";
  return {
    type: hasTime ? "TIMESTAMP" : "DATE",
    patterns: [pattern],
    rewrite: (text) =>
      `strftime(TIMESTAMP '1899-12-30' + to_seconds(round(TRY_CAST(${text} AS DOUBLE) * 86400)::BIGINT), '${pattern}')`,
    misfits: null,
    format: { kind: hasTime ? "timestamp" : "date" },
  };
}
