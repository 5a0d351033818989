import { ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { Types } from "mongoose";
import { logger } from "../../shared/observability.ts";
import type { ReportDocument } from "../report-model.ts";
import { type ReportQueue, reportMessage } from "../report-queue.ts";
import { startEdition } from "../schedules/start-edition.ts";
import { discardIfGone } from "./discard.ts";
import { giveUp, Hopeless, reportFailed } from "./give-up.ts";
import { claimReport, type Lease, Superseded } from "./lease.ts";
import { makeReport, type ReportMaking } from "./make-report.ts";

export interface WorkOptions {
  queue: ReportQueue;
  maxReceiveCount: number;
  /** Milliseconds that the function may still run. */
  remainingMs: () => number;
  making: ReportMaking;
}

type Message = Pick<SQSRecord, "body" | "messageId" | "receiptHandle" | "attributes">;

/** How often a worker says that it is alive, and for how long after that its message stays hidden from others. */
const beatMs = 8_000;
const hiddenSeconds = 30;
/** Time to store the outcome after the work had to end. */
const marginMs = 10_000;

/**
 * Works on one message of the queue. Returns when the message is done with; throws when it must come again, and has then
 * said when.
 */
export async function workOn(message: Message, options: WorkOptions): Promise<"made" | "failed" | "over"> {
  const { maxReceiveCount, making } = options;
  const attempt = Number(message.attributes.ApproximateReceiveCount);
  const target = await targetOf(message.body);
  if (!target) return "over";
  const claim = await claimReport(target, message.messageId);
  if (claim.kind === "over") return "over";
  if (claim.kind === "busy") {
    await hide(message, options, Math.max(1, Math.ceil((claim.until.getTime() - Date.now()) / 1000) + 1));
    throw new Error("Another worker is at this report");
  }
  const { report, lease } = claim;
  const reportId = report._id.toString();
  const heart = startHeart(message, lease, options);
  try {
    await Promise.race([makeReport(report, lease, making), heart.stopped]);
    return "made";
  } catch (error) {
    if (error instanceof Superseded) {
      logger.info("A report was cancelled, deleted or taken over", { reportId });
      await discardIfGone(report, making.storage);
      return "over";
    }
    if (error instanceof Hopeless) {
      await giveUp(report, { code: error.code, message: error.message });
      return "failed";
    }
    logger.error("A report was not made", { reportId, attempt, error });
    if (attempt >= maxReceiveCount) await giveUp(report, reportFailed);
    else {
      await lease.release();
      await hide(message, options, 5 * 3 ** (attempt - 1));
    }
    throw error;
  } finally {
    heart.stop();
  }
}

async function targetOf(body: string): Promise<Pick<ReportDocument, "_id" | "run"> | undefined> {
  const parsed = reportMessage.parse(JSON.parse(body));
  if ("reportId" in parsed) return { _id: new Types.ObjectId(parsed.reportId), run: parsed.run };
  const edition = await startEdition(parsed.scheduleId, parsed.scheduledFor);
  return edition && { _id: edition._id, run: 1 };
}

/**
 * Renews the lease and keeps the message hidden while the work goes on. `stopped` rejects when the lease is lost or the
 * function's time is up.
 */
function startHeart(message: Message, lease: Lease, options: WorkOptions) {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting for it any more.
  stopped.catch(() => {});
  let silent = false;
  const beat = async () => {
    await lease.renew();
    await hide(message, options, hiddenSeconds);
  };
  const onFailure = (error: unknown) => {
    if (error instanceof Superseded) reject(error);
    else logger.warn("A heartbeat was missed", { error });
  };
  // The first at once: it shortens the time until somebody notices that this worker died.
  beat().catch(onFailure);
  const timer = setInterval(() => {
    if (!silent) beat().catch(onFailure);
  }, beatMs);
  const timeUp = setTimeout(
    () => reject(new Error("The function's time is up before the report is made")),
    Math.max(0, options.remainingMs() - marginMs),
  );
  // They must not keep a process alive that has nothing else to do.
  timer.unref();
  timeUp.unref();
  return {
    stopped,
    stop() {
      silent = true;
      clearInterval(timer);
      clearTimeout(timeUp);
    },
  };
}

async function hide({ receiptHandle }: Message, { queue }: WorkOptions, seconds: number): Promise<void> {
  await queue.client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queue.url,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
}
