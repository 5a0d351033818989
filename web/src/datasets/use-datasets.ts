import { useInfiniteQuery } from "@tanstack/react-query";
import { dataset, page } from "../../../contract/index.ts";
import { request } from "../api/client.ts";
import { isPending } from "./use-dataset.ts";

const datasetPage = page(dataset);

/** The datasets of a workspace, newest first, in pages; kept fresh while one of them is being read. */
export function useDatasets(workspaceId: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["datasets", workspaceId],
    enabled: workspaceId !== undefined,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return request(`/workspaces/${workspaceId}/datasets?limit=50${cursor}`, datasetPage, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isPending)) === true ? 3000 : false,
  });
}
