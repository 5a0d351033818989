import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { dataset, page } from "../../../contract/index.ts";
import { request } from "../api/client.ts";
import { isPending } from "./dataset-state.ts";

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

/** Fetches what is left of a list, page after page, while that is wanted. */
export function useAllPages(
  query: Pick<ReturnType<typeof useDatasets>, "hasNextPage" | "isFetching" | "isError" | "fetchNextPage">,
  wanted: boolean,
): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const goOn = wanted && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
}
