import type { Plan, PlanRequest } from "../../planner.ts";
import { Refusal } from "../refusal.ts";
import { identifier } from "../write/names.ts";
import { likeliest, type Read } from "./likeliest.ts";

/** How often a question is read again after a part of it became clear. */
const mostRounds = 3;

/** A refused question in words that can be answered. */
export interface Understood {
  question: string;
  reads: Read[];
  plan: Plan;
}

/**
 * Answers a refused question where each word that the data does not have can only mean one thing of it. Null: one can't, or
 * there is still no answer.
 */
export function understand(
  request: PlanRequest,
  refusal: Refusal,
  plan: (request: PlanRequest) => Plan,
): Understood | null {
  const reads: Read[] = [];
  let { question } = request;
  let reason = refusal;
  for (let round = 0; round < mostRounds; round++) {
    const likely = likeliest(question, reason);
    if (!likely) return null;
    question = likely.question;
    reads.push(...likely.reads);
    try {
      const found = plan({ ...request, question });
      return reads.every(({ fields }) => fields.every(({ id }) => found.sql.includes(identifier(id))))
        ? { question, reads, plan: found }
        : null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reason = error;
    }
  }
  return null;
}
