import { model, Schema, type Types } from "mongoose";
import { type Role, role } from "../../contract/index.ts";

export interface WorkspaceDocument {
  _id: Types.ObjectId;
  name: string;
  members: { userId: Types.ObjectId; role: Role }[];
  /** The user whose personal workspace this is; there is one for each. */
  personalTo?: Types.ObjectId;
}

const schema = new Schema<WorkspaceDocument>(
  {
    name: { type: String, required: true },
    members: [
      {
        _id: false,
        userId: { type: Schema.Types.ObjectId, ref: "User", required: true },
        role: { type: String, enum: role.options, required: true },
      },
    ],
    personalTo: { type: Schema.Types.ObjectId, ref: "User" },
  },
  { timestamps: true },
);
schema.index({ "members.userId": 1, _id: -1 });
schema.index({ personalTo: 1 }, { unique: true, partialFilterExpression: { personalTo: { $exists: true } } });

export const WorkspaceModel = model("Workspace", schema);
