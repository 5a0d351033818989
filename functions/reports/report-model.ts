import { model, Schema, type Types } from "mongoose";
import { type Report, reportStatus } from "../../contract/index.ts";

export interface ReportDocument
  extends Pick<
    Report,
    | "title"
    | "instructions"
    | "status"
    | "progress"
    | "error"
    | "narrative"
    | "fileName"
    | "pageCount"
    | "model"
    | "edition"
  > {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  /** In the order of the report. The title is what a section is called whose chart is gone. */
  charts: { chartId: Types.ObjectId; title: string }[];
  /** Grows with each retry; messages of an earlier run are void. */
  run: number;
  /** When the message of this run was last sent; null: not yet, as far as is known. */
  sentAt: Date | null;
  /** How often the sweeper has sent this run again because its worker had gone silent. */
  resent: number;
  /** Who works on it. Everything that a worker writes is written under its token, so that nobody overwrites a successor. */
  lease: { messageId: string; token: string; until: Date } | null;
  /** Positions of the charts whose sections lie in the bucket. */
  finished: number[];
  pdfKey: string | null;
  pdfBytes: number | null;
  htmlKey: string | null;
  scheduleId: Types.ObjectId | null;
  /** The time that the schedule named for this edition. */
  scheduledFor?: string;
  completedAt: Date | null;
  expiresAt: Date | null;
  /** Set when deletion has begun; the document goes last. */
  deletedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** Charts in their order, as reports and schedules keep them. */
export const chartsSchema = [
  { _id: false, chartId: { type: Schema.Types.ObjectId, ref: "Chart", required: true }, title: { type: String } },
];

const schema = new Schema<ReportDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, ref: "Workspace", required: true },
    title: { type: String, required: true },
    instructions: { type: String, default: null },
    charts: chartsSchema,
    status: { type: String, enum: reportStatus.options, required: true },
    run: { type: Number, required: true },
    sentAt: { type: Date, default: null },
    resent: { type: Number, default: 0 },
    lease: { type: Schema.Types.Mixed, default: null },
    progress: { type: Schema.Types.Mixed, required: true },
    finished: { type: [Number], required: true },
    error: { type: Schema.Types.Mixed, default: null },
    // Written as a whole by the worker, typed by the contract.
    narrative: { type: Schema.Types.Mixed, default: null },
    model: { type: Schema.Types.Mixed, default: null },
    pdfKey: { type: String, default: null },
    pdfBytes: { type: Number, default: null },
    htmlKey: { type: String, default: null },
    fileName: { type: String, default: null },
    pageCount: { type: Number, default: null },
    scheduleId: { type: Schema.Types.ObjectId, ref: "ReportSchedule", default: null },
    scheduledFor: String,
    edition: { type: Number, default: null },
    completedAt: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
    deletedAt: Date,
  },
  { timestamps: true, minimize: false },
);
schema.index({ workspaceId: 1, _id: -1 });
schema.index({ scheduleId: 1, _id: -1 });
// A schedule's run makes one edition, however often its message comes.
schema.index(
  { scheduleId: 1, scheduledFor: 1 },
  { unique: true, partialFilterExpression: { scheduledFor: { $exists: true } } },
);
// What the sweeper looks for.
schema.index({ status: 1, updatedAt: 1 });
schema.index({ expiresAt: 1 }, { partialFilterExpression: { expiresAt: { $exists: true } } });
schema.index({ deletedAt: 1 }, { partialFilterExpression: { deletedAt: { $exists: true } } });

export const ReportModel = model("Report", schema);
