import type { Types } from "mongoose";
import type { CreateWorkspace, ListQuery, Me, Page, Workspace } from "../../contract/index.ts";
import { listPage } from "../shared/list-page.ts";
import { isDuplicateKey } from "../shared/mongo.ts";
import type { Caller } from "./access.ts";
import { type User, UserModel } from "./user-model.ts";
import { type WorkspaceDocument, WorkspaceModel } from "./workspace-model.ts";

/** The caller as a user with their workspaces. The first call makes the user and a personal workspace. */
export async function readMe(caller: Caller): Promise<Me> {
  const user = await ensureUser(caller);
  const workspaces = await WorkspaceModel.find({ "members.userId": user._id }).sort({ _id: 1 }).limit(100).lean();
  return {
    id: user._id.toString(),
    email: user.email,
    name: user.name,
    workspaces: workspaces.map((workspace) => asSeenBy(user._id, workspace)),
  };
}

export async function createWorkspace(caller: Caller, { name }: CreateWorkspace): Promise<Workspace> {
  const user = await ensureUser(caller);
  const workspace = await WorkspaceModel.create({ name, members: [{ userId: user._id, role: "owner" }] });
  return asSeenBy(user._id, workspace);
}

export async function listWorkspaces(caller: Caller, query: ListQuery): Promise<Page<Workspace>> {
  const user = await ensureUser(caller);
  return listPage(WorkspaceModel, { "members.userId": user._id }, query, (workspace) => asSeenBy(user._id, workspace));
}

async function ensureUser({ subject, email, name }: Caller): Promise<User> {
  const user = await once(() =>
    UserModel.findOneAndUpdate(
      { subject },
      { $set: { email, name } },
      { upsert: true, returnDocument: "after" },
    ).orFail(),
  );
  await once(() =>
    WorkspaceModel.updateOne(
      { personalTo: user._id },
      { $setOnInsert: { name: `${user.name}'s workspace`, members: [{ userId: user._id, role: "owner" }] } },
      { upsert: true },
    ),
  );
  return user;
}

/** Repeats an upsert that lost a race for the same document: the second time it finds what the winner made. */
async function once<Result>(upsert: () => Promise<Result>): Promise<Result> {
  try {
    return await upsert();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return upsert();
  }
}

function asSeenBy(userId: Types.ObjectId, workspace: WorkspaceDocument): Workspace {
  const member = workspace.members.find((candidate) => candidate.userId.equals(userId));
  if (!member) throw new Error(`User ${userId} is no member of workspace ${workspace._id}`);
  return { id: workspace._id.toString(), name: workspace.name, role: member.role };
}
