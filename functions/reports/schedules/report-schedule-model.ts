import { model, Schema, type Types } from "mongoose";
import type { Repetition } from "../../../contract/index.ts";
import { chartsSchema, type ReportDocument } from "../report-model.ts";

export interface ReportScheduleDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  title: string;
  instructions: string | null;
  charts: ReportDocument["charts"];
  repetition: Repetition;
  paused: boolean;
  /** Editions made so far. */
  editions: number;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<ReportScheduleDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, ref: "Workspace", required: true },
    title: { type: String, required: true },
    instructions: { type: String, default: null },
    charts: chartsSchema,
    repetition: { type: Schema.Types.Mixed, required: true },
    paused: { type: Boolean, required: true },
    editions: { type: Number, required: true },
  },
  { timestamps: true, minimize: false },
);
schema.index({ workspaceId: 1, _id: -1 });

export const ReportScheduleModel = model("ReportSchedule", schema);
