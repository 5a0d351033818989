import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Dataset, type RowsQuery, tableRows } from "../../../contract/index.ts";
import { request } from "../api/client.ts";
import { contentKey } from "./dataset-state.ts";

/** A page of a dataset's rows; the one before stays while the file is read again or another is fetched. */
export function useRows(dataset: Dataset, { limit, offset, sort, order }: RowsQuery) {
  const { id, workspaceId, status } = dataset;
  const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
  if (sort !== undefined) {
    query.set("sort", sort);
    query.set("order", order);
  }
  return useQuery({
    queryKey: ["rows", ...contentKey(dataset), query.toString()],
    enabled: status === "ready",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => ({
      ...(await request(`/workspaces/${workspaceId}/datasets/${id}/rows?${query}`, tableRows, { signal })),
      offset,
    }),
  });
}
