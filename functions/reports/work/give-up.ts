import { type ReportDocument, ReportModel } from "../report-model.ts";

export const reportFailed = {
  code: "report-failed",
  message:
    "The report could not be made because of a fault on our side. Try again; if it fails again, tell the operator.",
};

/** What is wrong is not ours to mend by trying again; the message is for the person who wants the report. */
export class Hopeless extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Ends a report whose last attempt has failed. */
export async function giveUp({ _id, run }: Pick<ReportDocument, "_id" | "run">, error = reportFailed): Promise<void> {
  await ReportModel.updateOne(
    { _id, run, status: { $in: ["queued", "running"] } },
    { $set: { status: "failed", error, lease: null } },
  );
}
