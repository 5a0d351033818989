import { useMe } from "./use-me.ts";

/** Whether the signed-in person may change what is in a workspace; not before that is known. */
export function useCanEdit(workspaceId: string): boolean {
  const { data: me } = useMe();
  const role = me?.workspaces.find(({ id }) => id === workspaceId)?.role;
  return role !== undefined && role !== "viewer";
}
