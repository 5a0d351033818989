import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Types } from "mongoose";
import { z } from "zod";
import { id, type Role, role } from "../../contract/index.ts";
import { Forbidden, NotFound, Unauthorized } from "../shared/errors.ts";
import { UserModel } from "./user-model.ts";
import { WorkspaceModel } from "./workspace-model.ts";

/** Who the token says is calling. */
export interface Caller {
  subject: string;
  email: string;
  name: string;
}

/** A caller within a workspace that they belong to. */
export interface Member {
  userId: string;
  workspaceId: string;
  role: Role;
}

// What API Gateway's JWT authorizer passes on after it has verified the token; it makes strings of all claims.
const authorized = z.object({
  authorizer: z.object({
    jwt: z.object({
      claims: z.object({
        iss: z.string().min(1),
        sub: z.string().min(1),
        email: z.string().min(1),
        name: z.string().optional(),
      }),
    }),
  }),
});

/** Throws `Unauthorized` when the token lacks a claim that QuantiBI needs. */
export function identifyCaller(event: APIGatewayProxyEventV2): Caller {
  const parsed = authorized.safeParse(event.requestContext);
  if (!parsed.success) {
    throw new Unauthorized("The token has no subject or e-mail address", { cause: parsed.error });
  }
  const { iss, sub, email, name } = parsed.data.authorizer.jwt.claims;
  return { subject: `${iss}|${sub}`, email, name: name || email };
}

/** Throws `NotFound` unless the caller belongs to the workspace, `Forbidden` unless their role is at least `needed`. */
export async function requireMember(caller: Caller, workspaceId: string | undefined, needed: Role): Promise<Member> {
  const user = id.safeParse(workspaceId).success ? await findUserId(caller) : undefined;
  const workspace =
    user && (await WorkspaceModel.findOne({ _id: workspaceId, "members.userId": user }, { members: 1 }).lean());
  const member = workspace?.members.find(({ userId }) => userId.equals(user));
  if (!workspace || !member) throw new NotFound("There is no such workspace");
  if (rank(member.role) < rank(needed)) throw new Forbidden(`This needs the role ${needed}; yours is ${member.role}`);
  return { userId: member.userId.toString(), workspaceId: workspace._id.toString(), role: member.role };
}

const userIds = new Map<string, Types.ObjectId>();
const maxUserIds = 1_000;

/** A subject's user never becomes another, so a warm function need not ask for it with every request. */
async function findUserId({ subject }: Caller): Promise<Types.ObjectId | undefined> {
  const known = userIds.get(subject);
  if (known) return known;
  const user = await UserModel.findOne({ subject }, { _id: 1 }).lean();
  if (!user) return undefined;
  if (userIds.size >= maxUserIds) userIds.clear();
  userIds.set(subject, user._id);
  return user._id;
}

function rank(of: Role): number {
  // The enumeration runs from the most to the least powerful.
  return -role.options.indexOf(of);
}
