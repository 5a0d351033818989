import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usage } from "../../../contract/index.ts";
import { request } from "../api/client.ts";

/** What a workspace has used in a month (`YYYY-MM`); another month takes the place of one on the screen when it is there. */
export function useUsage(workspaceId: string | undefined, month: string) {
  return useQuery({
    queryKey: ["usage", workspaceId, month],
    queryFn: ({ signal }) => request(`/workspaces/${workspaceId}/usage?month=${month}`, usage, { signal }),
    enabled: workspaceId !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
