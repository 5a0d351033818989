import type { Field } from "../link/fields.ts";
import type { Grain } from "../query.ts";

/** The step of time that gives a readable number of points for the span of the data. */
export function grainFor(field: Field): Grain {
  if (field.holds === "year" || field.holds === "text-year") return "year";
  if (field.holds === "text-month") return "month";
  const { min, max } = field.column.profile;
  const days = (Date.parse(String(max)) - Date.parse(String(min))) / 86_400_000;
  if (!Number.isFinite(days)) return "month";
  if (field.holds === "timestamp" && days <= 3) return "hour";
  if (days <= 92) return "day";
  if (days <= 366 * 6) return "month";
  return "year";
}
