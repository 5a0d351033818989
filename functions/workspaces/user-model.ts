import { model, Schema, type Types } from "mongoose";

export interface User {
  _id: Types.ObjectId;
  /** Issuer and subject of the token: who this is, whatever the e-mail address becomes. */
  subject: string;
  email: string;
  name: string;
}

const schema = new Schema<User>(
  {
    subject: { type: String, required: true, unique: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
  },
  { timestamps: true },
);

export const UserModel = model("User", schema);
