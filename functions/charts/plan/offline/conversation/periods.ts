import type { Table } from "../link/fields.ts";
import type { Condition } from "../query.ts";
import type { Asked } from "../read/asked.ts";
import { endOf, isoDay, type Step, shifted } from "../read/relative-range.ts";
import { type OpenRange, timeConditions } from "../read/time-conditions.ts";

const step = "(year|quarter|month|week|day)s?";
const lead =
  "^\\s*(?:(?:and|now|then|or)\\s+)?(?:(?:in|for|what\\s+about|how\\s+about|show|against)\\s+)?(?:that\\s+of\\s+)?";
const ways = [
  `(?:the|an?|one)?\\s*(?:(\\d+)\\s+)?${step}\\s+(before|after|earlier|later)(?:\\s+that)?`,
  `(?:the\\s+)?(?:(?:previous|prior|preceding)\\s+(?:(\\d+)\\s+)?${step})()`,
  `(?:the\\s+)?(?:(?:following|next|subsequent)\\s+(?:(\\d+)\\s+)?${step})(?=(after)?)`,
  `(?:the\\s+)?same\\s+(?:period|time|days?|weeks?|months?|quarters?)\\s+(?:(?:of|in)\\s+)?(?:the\\s+)?()(?:last|previous|prior)?\\s*(year)(?:\\s+(?:before|earlier))?()`,
].map((way) => new RegExp(`${lead}${way}\\s*[.?!]*\\s*$`, "i"));

/** "the month before", "next year", "a year earlier", "the previous 3 months", "same month last year". */
interface Shift {
  step: Step;
  count: number;
  /** It has no meaning but with a period before it. */
  leans: boolean;
  /** It is of as many days. */
  same: boolean;
}

function shiftIn(question: string): Shift | null {
  for (const [at, way] of ways.entries()) {
    const found = way.exec(question);
    if (!found) continue;
    const later = at === 2 || /after|later/i.test(found[3] ?? "");
    const count = Number(found[1] || 1);
    // "previous month" may be that of the data; the month before is that of something.
    return {
      step: (found[2] ?? "").toLowerCase() as Step,
      count: later ? count : -count,
      leans: at === 0,
      same: at === 3,
    };
  }
  return null;
}

export interface Shifted {
  where: Condition[];
  moved: Condition;
  /** Null of years in numbers. */
  range: OpenRange | null;
  column: string;
}

/**
 * The conditions of a question whose one period is moved to the one before or after, as a follow-up asks for.
 *
 * @returns null where it asks for none; "none" where it does and there is no such period
 */
export function shiftedPeriod(question: string, { filters: { where } }: Asked, table: Table): Shifted | "none" | null {
  const shift = shiftIn(question);
  const timed = where.flatMap((condition) => {
    const moved = shift && movedBy(condition, shift, table);
    return moved ? [{ condition, ...moved }] : [];
  });
  const [only] = timed;
  if (!shift) return null;
  if (!only || timed.length > 1) return shift.leans ? "none" : null;
  return { ...only, where: where.map((one) => (one === only.condition ? only.moved : one)) };
}

function movedBy(
  condition: Condition,
  { step, count, same }: Shift,
  table: Table,
): { moved: Condition; range: OpenRange | null; column: string } | null {
  if (condition.kind === "compare") {
    const { expression, comparison, value } = condition;
    const field = table.fields.find(({ id }) => id === expression.column);
    const year =
      field?.role === "time" && (expression.kind === "time" ? expression.grain === "year" : field.holds === "year");
    if (!year || comparison !== "=" || step !== "year" || Number.isNaN(Number(value))) return null;
    const next = Number(value) + count;
    return {
      moved: { ...condition, value: typeof value === "number" ? next : String(next) },
      range: null,
      column: expression.column,
    };
  }
  if (condition.kind !== "dates" || condition.from === null) return null;
  const field = table.fields.find(({ id }) => id === condition.column);
  const last = field && endOf(field);
  const from = day(condition.from);
  const before = condition.before === null ? (last ? shifted(last, "day", 1) : null) : day(condition.before);
  // A month is no part of the month before a year.
  if (!field || !before || before > shifted(from, step, Math.abs(count))) return null;
  // What goes on to the end of the data is a step that has begun; the one before it is whole, unless the same is asked for.
  const begun = condition.before === null && !same && steps.find((one) => before <= shifted(from, one, 1));
  const range = {
    from: isoDay(shifted(from, step, count)),
    before: isoDay(shifted(begun ? shifted(from, begun, 1) : before, step, count)),
  };
  const [moved] = timeConditions(field, range);
  return moved ? { moved, range, column: condition.column } : null;
}

const steps: readonly Step[] = ["day", "week", "month", "quarter", "year"];

const day = (text: string) => new Date(`${text.slice(0, 10)}T00:00:00Z`);
