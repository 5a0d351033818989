import { randomUUID } from "node:crypto";
import type { UpdateQuery } from "mongoose";
import { type ReportDocument, ReportModel } from "../report-model.ts";

/** How long a worker that has gone silent keeps others from its report. */
export const leaseMs = 25_000;

/** Somebody else has the report now: it was cancelled, deleted, or taken over. */
export class Superseded extends Error {}

export type Claim =
  | { kind: "claimed"; report: ReportDocument; lease: Lease }
  /** There is nothing to do: the report is over or gone, or a later run has begun. */
  | { kind: "over" }
  /** Another worker is at it, with another message. */
  | { kind: "busy"; until: Date };

/**
 * Takes a report for one worker. A message that comes again takes the report over at once, since SQS hands it out again only
 * when its worker no longer holds it; for another message of the same report, the lease must have run out.
 */
export async function claimReport(
  { _id, run }: Pick<ReportDocument, "_id" | "run">,
  messageId: string,
  now = new Date(),
): Promise<Claim> {
  const token = randomUUID();
  const mine = { _id, run, status: { $in: ["queued", "running"] as const }, deletedAt: { $exists: false } };
  const report = await ReportModel.findOneAndUpdate(
    { ...mine, $or: [{ lease: null }, { "lease.messageId": messageId }, { "lease.until": { $lt: now } }] },
    { $set: { status: "running", lease: { messageId, token, until: new Date(now.getTime() + leaseMs) } } },
    { returnDocument: "after" },
  ).lean();
  if (report) return { kind: "claimed", report, lease: new Lease(report, token) };
  const held = await ReportModel.findOne(mine, { lease: 1 }).lean();
  return held?.lease ? { kind: "busy", until: held.lease.until } : { kind: "over" };
}

/** The right to work on a report, as long as nobody else has it. */
export class Lease {
  private readonly of: { _id: ReportDocument["_id"]; run: number; "lease.token": string };

  constructor({ _id, run }: Pick<ReportDocument, "_id" | "run">, token: string) {
    this.of = { _id, run, "lease.token": token };
  }

  /** Changes the report. Throws `Superseded` if the lease is lost; then nothing has changed. */
  async write(update: UpdateQuery<ReportDocument>): Promise<void> {
    const { matchedCount } = await ReportModel.updateOne(this.of, update);
    if (matchedCount === 0) throw new Superseded("The report has another worker, or needs none any more");
  }

  async renew(): Promise<void> {
    await this.write({ $set: { "lease.until": new Date(Date.now() + leaseMs) } });
  }

  /** Lets the next attempt begin at once. */
  async release(): Promise<void> {
    await ReportModel.updateOne(this.of, { $set: { lease: null } });
  }
}
