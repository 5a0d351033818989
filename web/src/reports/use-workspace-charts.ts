import { useInfiniteQuery } from "@tanstack/react-query";
import { chart, page } from "../../../contract/index.ts";
import { request } from "../api/client.ts";

const chartPage = page(chart);

/** All charts of a workspace, newest first, in pages; asked for anew each time that somebody comes to choose. */
export function useWorkspaceCharts(workspaceId: string) {
  return useInfiniteQuery({
    queryKey: ["charts-to-choose", workspaceId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return request(`/workspaces/${workspaceId}/charts?limit=50${cursor}`, chartPage, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    staleTime: 0,
  });
}
