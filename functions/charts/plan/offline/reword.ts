import type { Plan, PlanRequest } from "../planner.ts";
import type { Rewording } from "./read/reading.ts";
import { Refusal } from "./refusal.ts";

/** Most questions that are offered in the place of one. */
const mostOffered = 3;

/** A question with other words in the place of some of its own; null where it does not have those as it is written. */
export function reworded(question: string, { said, instead }: Rewording): string | null {
  const escaped = said.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu").exec(question);
  if (!found) return null;
  return question.slice(0, found.index) + instead + question.slice(found.index + found[0].length);
}

/**
 * The rewordings of a question that have an answer, and each another one, as questions with what they are read as.
 *
 * @param sql of the answer that there is already, if any
 */
export function offers(
  request: PlanRequest,
  rewordings: Rewording[],
  plan: (request: PlanRequest) => Plan,
  sql?: string,
): { label: string; question: string }[] {
  const known = new Set(sql === undefined ? [] : [sql]);
  const found: { label: string; question: string }[] = [];
  for (const one of rewordings) {
    const question = reworded(request.question, one);
    const label = one.label ?? one.instead;
    if (question === null || found.length >= mostOffered || found.some((other) => other.label === label)) continue;
    try {
      const other = plan({ ...request, question }).sql;
      if (known.has(other)) continue;
      known.add(other);
      found.push({ label, question });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return found;
}
