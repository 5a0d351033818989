import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Dataset, tableRows } from "../../../contract/index.ts";
import { request } from "../api/client.ts";
import { contentKey } from "./dataset-state.ts";

/** The first rows of a dataset; those from before stay while the file is read again or more are fetched. */
export function useRows(dataset: Dataset, limit: number) {
  const { id, workspaceId, status } = dataset;
  return useQuery({
    queryKey: ["rows", ...contentKey(dataset), limit],
    enabled: status === "ready",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request(`/workspaces/${workspaceId}/datasets/${id}/rows?limit=${limit}`, tableRows, { signal }),
  });
}
