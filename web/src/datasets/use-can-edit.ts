import { useWorkspace } from "../session/use-workspace.ts";

/** Whether the person may change what is in the workspace on the screen. */
export function useCanEdit(): boolean {
  const { workspace } = useWorkspace();
  return workspace !== undefined && workspace.role !== "viewer";
}
