import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { type Dataset, page, type Reject, reject } from "../../../contract/index.ts";
import { request } from "../api/client.ts";
import { contentKey } from "./dataset-state.ts";
import { rejectsCsv } from "./rejects-words.ts";
import { saveFile } from "./save-file.ts";

const rejectPage = page(reject);

function fetchPage({ workspaceId, id }: Dataset, limit: number, cursor: string | null, signal?: AbortSignal) {
  const from = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  return request(`/workspaces/${workspaceId}/datasets/${id}/rejects?limit=${limit}${from}`, rejectPage, { signal });
}

/** The ledger of a dataset in pages of `size`; those that have been fetched are kept. */
export function useRejects(dataset: Dataset, size: number) {
  return useInfiniteQuery({
    queryKey: ["rejects", ...contentKey(dataset), size],
    enabled: dataset.status === "ready",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => fetchPage(dataset, size, pageParam, signal),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Hands the kept part of the ledger to the browser as a CSV file; answers how many entries that is. */
export function useDownloadRejects(dataset: Dataset) {
  return useMutation({
    mutationFn: async () => {
      const all: Reject[] = [];
      let cursor: string | null = null;
      do {
        const { items, nextCursor }: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(dataset, 100, cursor);
        all.push(...items);
        cursor = nextCursor;
      } while (cursor !== null);
      saveFile(new Blob([rejectsCsv(all)], { type: "text/csv" }), `${dataset.name} - left out.csv`);
      return all.length;
    },
  });
}
