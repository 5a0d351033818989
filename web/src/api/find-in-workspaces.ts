import { ApiError } from "./api-error.ts";

/** The page's addresses name a thing only; it is in one of the few workspaces of whoever asks. @throws {ApiError} */
export async function findInWorkspaces<Thing>(
  workspaceIds: readonly string[],
  /** As in "This report". */
  what: string,
  find: (workspaceId: string) => Promise<Thing>,
): Promise<Thing> {
  for (const workspaceId of workspaceIds) {
    try {
      return await find(workspaceId);
    } catch (error) {
      if (!(error instanceof ApiError && error.kind === "not-found")) throw error;
    }
  }
  throw new ApiError("not-found", `${what} does not exist, or you have no access to it.`, { status: 404 });
}
