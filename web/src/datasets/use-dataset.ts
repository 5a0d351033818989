import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Dataset, dataset, type UpdateDataset } from "../../../contract/index.ts";
import { request, requestNothing } from "../api/client.ts";
import { findInWorkspaces } from "../api/find-in-workspaces.ts";
import { useMe } from "../session/use-me.ts";
import { isPending, pollMs } from "./dataset-state.ts";

const key = (datasetId: string) => ["dataset", datasetId];

export function cachedDataset(client: QueryClient, datasetId: string): Dataset | undefined {
  return client.getQueryData<Dataset>(key(datasetId));
}

/** Puts a dataset that some call answered with where pages and lists find it. */
export function cacheDataset(client: QueryClient, changed: Dataset): void {
  client.setQueryData(key(changed.id), changed);
  void client.invalidateQueries({ queryKey: ["datasets", changed.workspaceId] });
}

/** Lets go of all that is known of a dataset that has been deleted. */
export function forgetDataset(client: QueryClient, workspaceId: string, datasetId: string): void {
  client.removeQueries({ queryKey: key(datasetId) });
  void client.invalidateQueries({ queryKey: ["datasets", workspaceId] });
  void client.invalidateQueries({ queryKey: ["charts", workspaceId] });
}

/** A dataset by its id alone, asked for again until nothing of it is under way. */
export function useDataset(datasetId: string) {
  const { data: me } = useMe();
  const client = useQueryClient();
  return useQuery({
    queryKey: key(datasetId),
    enabled: me !== undefined,
    queryFn: async ({ signal }) => {
      const before = cachedDataset(client, datasetId);
      const workspaceIds = before ? [before.workspaceId] : (me?.workspaces ?? []).map(({ id }) => id);
      const found = await findInWorkspaces(workspaceIds, "This dataset", (workspaceId) =>
        request(`/workspaces/${workspaceId}/datasets/${datasetId}`, dataset, { signal }),
      );
      if (before && (before.status !== found.status || before.nextVersion?.status !== found.nextVersion?.status)) {
        void client.invalidateQueries({ queryKey: ["datasets", found.workspaceId] });
        // Charts may be made anew with a new version.
        if (!isPending(found)) void client.invalidateQueries({ queryKey: ["charts", found.workspaceId] });
      }
      return found;
    },
    refetchInterval: ({ state }) => (state.data ? pollMs(state.data) : false),
  });
}

export function useUpdateDataset({ id, workspaceId }: Pick<Dataset, "id" | "workspaceId">) {
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
    onSuccess: (_nothing, { id, workspaceId }) => forgetDataset(client, workspaceId, id),
  });
}
