/** What Lambda concludes from a function's answer to a batch. */
export type BatchVerdict =
  | { kind: "succeeded" }
  | { kind: "partial"; failed: Set<string> }
  | { kind: "failed"; why: string };

/**
 * Reads a function's answer to a batch when `ReportBatchItemFailures` is on
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting).
 * Nothing, or no list, or an empty one: the batch succeeded. A list of message ids: those failed. Anything else,
 * among it an empty or unknown id: the whole batch failed.
 */
export function batchVerdict(answer: unknown, messageIds: string[]): BatchVerdict {
  if (answer === null || answer === undefined) return { kind: "succeeded" };
  if (typeof answer !== "object" || Array.isArray(answer)) return malformed("is not an object");
  const failures: unknown = "batchItemFailures" in answer ? answer.batchItemFailures : undefined;
  if (failures === null || failures === undefined) return { kind: "succeeded" };
  if (!Array.isArray(failures)) return malformed("has batchItemFailures that are not a list");
  const failed = new Set<string>();
  for (const failure of failures) {
    const id: unknown = failure?.itemIdentifier;
    if (typeof id !== "string" || !messageIds.includes(id)) {
      return malformed(`names ${JSON.stringify(id)}, which is no message of the batch`);
    }
    failed.add(id);
  }
  return failed.size === 0 ? { kind: "succeeded" } : { kind: "partial", failed };
}

function malformed(problem: string): BatchVerdict {
  return { kind: "failed", why: `the function's answer ${problem}` };
}
