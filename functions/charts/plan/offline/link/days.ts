import type { Token } from "../language/tokens.ts";
import type { Field } from "./fields.ts";
import type { Link } from "./links.ts";

const weekday = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$/i;

/** Whether a column holds the days of the week, whatever it is called. */
function isOfWeekdays({ role, numeric, column: { profile } }: Field): boolean {
  const values = profile.topValues.map(({ value }) => value).filter((value) => value !== null);
  return (
    role === "dimension" &&
    !numeric &&
    values.length > 0 &&
    profile.distinctCount <= 7 &&
    values.every((value) => weekday.test(String(value)))
  );
}

/** What follows days that are told apart by what happened on each. */
const clause = /^(with|when|where|that|had|have|did|was|were|over|under|above|below|by|in|since|this|last|ever)$/;
const ranked = /^(top|bottom|best|worst|\w{2,}(i|[bcdfglmnprtw])est)$/;

/**
 * "top 10 days by takings", "days with more than 100 covers", "wettest day": days of the calendar, though a column of the
 * days of the week is called so; "busiest day" and "which day" may mean either.
 */
export function meansDates({ from, to, field, value }: Link, tokens: Token[]): boolean {
  const said = tokens[from]?.text.toLowerCase() ?? "";
  if (value !== undefined || to !== from + 1 || !/^days?$/.test(said) || !isOfWeekdays(field)) return false;
  const [before, next] = [tokens[from - 1]?.text.toLowerCase() ?? "", tokens[to]?.text.toLowerCase() ?? ""];
  if (/^(by|per|each|every)$/.test(before) || (next === "of" && tokens[to + 1])) return false;
  const number = tokens[from - 1]?.kind === "number" || /^(two|three|four|five|ten)$/.test(before);
  const top = number ? (tokens[from - 2]?.text.toLowerCase() ?? "") : before;
  const usual = /^(busi|quiet|popular|slow)/.test(before);
  return said === "days" ? number || (ranked.test(top) && !usual) || clause.test(next) : ranked.test(before) && !usual;
}
