import { model, Schema, type Types } from "mongoose";
import { type Chart, chartType, planner } from "../../contract/index.ts";

export interface ChartDocument
  extends Pick<
    Chart,
    | "question"
    | "title"
    | "type"
    | "sql"
    | "data"
    | "options"
    | "result"
    | "explanation"
    | "assumptions"
    | "doubts"
    | "warnings"
    | "planner"
    | "receipt"
  > {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  datasetIds: Types.ObjectId[];
  parentChartId: Types.ObjectId | null;
  /** Whether the values of groups add up, see `Plan`. */
  additive: boolean;
  /** Whether a measure is an average or an extreme, which no pie can show. */
  averages: boolean;
  /** What follows from the type that is drawn; `warnings` here are those of the data and the planning. */
  drawingWarnings: string[];
  tables: { datasetId: Types.ObjectId; name: string }[];
  createdAt: Date;
  updatedAt: Date;
}

// What the chart's own code writes as a whole, typed by the contract.
const whole = { type: Schema.Types.Mixed, required: true };

const schema = new Schema<ChartDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, ref: "Workspace", required: true },
    datasetIds: [{ type: Schema.Types.ObjectId, ref: "Dataset", required: true }],
    tables: [
      {
        _id: false,
        datasetId: { type: Schema.Types.ObjectId, ref: "Dataset", required: true },
        name: { type: String, required: true },
      },
    ],
    question: { type: String, default: null },
    parentChartId: { type: Schema.Types.ObjectId, ref: "Chart", default: null },
    additive: { type: Boolean, default: false },
    averages: { type: Boolean, default: false },
    title: { type: String, required: true },
    type: { type: String, enum: chartType.options, required: true },
    sql: { type: String, required: true },
    data: whole,
    options: whole,
    result: whole,
    // Empty text is a value here, which mongoose's `required` would refuse.
    explanation: { type: String, default: "" },
    assumptions: { type: [String], required: true },
    doubts: {
      type: [{ _id: false, text: String, alternatives: [{ _id: false, label: String, question: String }] }],
      default: [],
    },
    warnings: { type: [String], required: true },
    drawingWarnings: { type: [String], default: [] },
    planner: { type: String, enum: planner.options, required: true },
    receipt: whole,
  },
  { timestamps: true, minimize: false },
);
schema.index({ workspaceId: 1, _id: -1 });
schema.index({ datasetIds: 1 });

export const ChartModel = model("Chart", schema);
