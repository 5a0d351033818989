import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { z } from "zod";
import { id } from "../../contract/index.ts";
import { logger } from "../shared/observability.ts";
import { type ReportDocument, ReportModel } from "./report-model.ts";

/** What the queue carries: a report to be made, or, from EventBridge Scheduler, that a schedule is due. */
export const reportMessage = z.union([
  z.object({ reportId: id, run: z.int() }),
  z.object({ scheduleId: id, scheduledFor: z.string().min(1) }),
]);
export type ReportMessage = z.infer<typeof reportMessage>;

/** The queue, as reports use it. */
export interface ReportQueue {
  client: Pick<SQSClient, "send">;
  url: string;
}

/**
 * Sends a stored report to the worker and notes that it has. A message that could not be sent is the sweeper's to send
 * again: the report says that it is unsent.
 */
export async function sendReport({ _id, run }: Pick<ReportDocument, "_id" | "run">, queue: ReportQueue): Promise<void> {
  const message: ReportMessage = { reportId: _id.toString(), run };
  try {
    await queue.client.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: JSON.stringify(message) }));
  } catch (error) {
    logger.warn("A report was stored but not sent yet", { reportId: _id.toString(), error });
    return;
  }
  await ReportModel.updateOne({ _id, run }, { $set: { sentAt: new Date() } });
}
