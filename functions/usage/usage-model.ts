import { model, Schema, type Types } from "mongoose";

/** What a workspace has used in one month. */
export interface UsageDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  /** `YYYY-MM`, of UTC. */
  month: string;
  charts: number;
  reports: number;
  modelTokens: number;
  costUsd: number;
  /** Tokens of models whose price is not known. */
  unpricedTokens: number;
}

const counter = { type: Number, required: true, default: 0 };

const schema = new Schema<UsageDocument>({
  workspaceId: { type: Schema.Types.ObjectId, ref: "Workspace", required: true },
  month: { type: String, required: true },
  charts: counter,
  reports: counter,
  modelTokens: counter,
  costUsd: counter,
  unpricedTokens: counter,
});
// The one document that counters are added to, whoever comes first.
schema.index({ workspaceId: 1, month: 1 }, { unique: true });

export const UsageModel = model("Usage", schema);
