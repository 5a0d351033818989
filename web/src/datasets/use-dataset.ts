import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Dataset, dataset, tableRows, type UpdateDataset } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { request, requestNothing } from "../api/client.ts";
import { useMe } from "../session/use-me.ts";

const key = (datasetId: string) => ["dataset", datasetId];

/** Whether a dataset is still on its way to `ready` or `failed`. */
export function isPending({ status }: Pick<Dataset, "status">): boolean {
  return status === "awaiting-upload" || status === "ingesting";
}

export function cachedDataset(client: QueryClient, datasetId: string): Dataset | undefined {
  return client.getQueryData<Dataset>(key(datasetId));
}

/** Puts a dataset that some call answered with where pages and lists find it. */
export function cacheDataset(client: QueryClient, changed: Dataset): void {
  client.setQueryData(key(changed.id), changed);
  void client.invalidateQueries({ queryKey: ["datasets", changed.workspaceId] });
}

/** A dataset by its id alone, asked for again every second until it is ready or has failed. */
export function useDataset(datasetId: string) {
  const { data: me } = useMe();
  const client = useQueryClient();
  return useQuery({
    queryKey: key(datasetId),
    enabled: me !== undefined,
    queryFn: async ({ signal }) => {
      const before = cachedDataset(client, datasetId);
      const workspaceIds = before ? [before.workspaceId] : (me?.workspaces ?? []).map(({ id }) => id);
      const found = await findDataset(workspaceIds, datasetId, signal);
      if (before && before.status !== found.status) {
        void client.invalidateQueries({ queryKey: ["datasets", found.workspaceId] });
      }
      return found;
    },
    refetchInterval: ({ state }) => (state.data && isPending(state.data) ? 1000 : false),
  });
}

/** The page's addresses name the dataset only; it is in one of the few workspaces of whoever asks. */
async function findDataset(workspaceIds: string[], datasetId: string, signal: AbortSignal): Promise<Dataset> {
  for (const workspaceId of workspaceIds) {
    try {
      return await request(`/workspaces/${workspaceId}/datasets/${datasetId}`, dataset, { signal });
    } catch (error) {
      if (!(error instanceof ApiError && error.kind === "not-found")) throw error;
    }
  }
  throw new ApiError("not-found", "This dataset does not exist, or you have no access to it.", { status: 404 });
}

/** The first rows of a dataset that is ready. */
export function useRows({ id, workspaceId, version, status }: Dataset, limit: number) {
  return useQuery({
    queryKey: ["rows", id, version, limit],
    enabled: status === "ready",
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      request(`/workspaces/${workspaceId}/datasets/${id}/rows?limit=${limit}`, tableRows, { signal }),
  });
}

export function useUpdateDataset({ id, workspaceId }: Dataset) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateDataset) =>
      request(`/workspaces/${workspaceId}/datasets/${id}`, dataset, { method: "PATCH", body: change }),
    onSuccess: (changed) => cacheDataset(client, changed),
  });
}

export function useDeleteDataset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, workspaceId }: Pick<Dataset, "id" | "workspaceId">) =>
      requestNothing(`/workspaces/${workspaceId}/datasets/${id}`, { method: "DELETE" }),
    onSuccess: (_nothing, { id, workspaceId }) => {
      client.removeQueries({ queryKey: key(id) });
      void client.invalidateQueries({ queryKey: ["datasets", workspaceId] });
      void client.invalidateQueries({ queryKey: ["charts", workspaceId] });
    },
  });
}
