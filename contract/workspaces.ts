import { z } from "zod";
import { id } from "./lists.ts";

export const role = z.enum(["owner", "editor", "viewer"]);
export type Role = z.infer<typeof role>;

export const workspace = z.object({ id, name: z.string(), role });
export type Workspace = z.infer<typeof workspace>;

export const createWorkspace = z.strictObject({ name: z.string().trim().min(1).max(100) });
export type CreateWorkspace = z.infer<typeof createWorkspace>;

export const me = z.object({ id, email: z.string(), name: z.string(), workspaces: z.array(workspace) });
export type Me = z.infer<typeof me>;

export const workspacePath = z.object({ workspaceId: id });
