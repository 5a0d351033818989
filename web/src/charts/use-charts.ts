import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type Chart,
  type CreateChart,
  chart,
  type ExportFormat,
  type Page,
  page,
  type UpdateChart,
} from "../../../contract/index.ts";
import { request, requestFile, requestNothing } from "../api/client.ts";

const chartPage = page(chart);
type ChartPages = InfiniteData<Page<Chart>, string | null>;

const key = (workspaceId: string, datasetId?: string) => ["charts", workspaceId, ...(datasetId ? [datasetId] : [])];
const pathOf = ({ workspaceId, id }: Pick<Chart, "workspaceId" | "id">) => `/workspaces/${workspaceId}/charts/${id}`;

/** A dataset's charts, newest first; pages are fetched until there are `enough`. */
export function useCharts(workspaceId: string, datasetId: string, enough: number) {
  const query = useInfiniteQuery({
    queryKey: key(workspaceId, datasetId),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      const path = `/workspaces/${workspaceId}/charts?limit=25&datasetId=${datasetId}${cursor}`;
      return request(path, chartPage, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    staleTime: 60_000,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const wantsMore = data !== undefined && data.length < enough && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  return query;
}

export function useCreateChart(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateChart) => request(`/workspaces/${workspaceId}/charts`, chart, { method: "POST", body }),
    onSuccess: (created) => {
      for (const datasetId of created.datasetIds) {
        changePages(client, key(workspaceId, datasetId), (charts, index) =>
          index === 0 ? [created, ...charts] : charts,
        );
      }
    },
  });
}

export function useUpdateChart(subject: Chart) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateChart) => request(pathOf(subject), chart, { method: "PATCH", body: change }),
    onSuccess: (changed) => replaceChart(client, changed),
  });
}

export function useRefreshChart(subject: Chart) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(`${pathOf(subject)}/refresh`, chart, { method: "POST" }),
    onSuccess: (changed) => replaceChart(client, changed),
  });
}

export function useDeleteChart(subject: Chart) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => requestNothing(pathOf(subject), { method: "DELETE" }),
    onSuccess: () =>
      changePages(client, key(subject.workspaceId), (charts) => charts.filter(({ id }) => id !== subject.id)),
  });
}

/** Hands the chart's result to the browser as a file. */
export function useExportChart(subject: Chart) {
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const url = URL.createObjectURL(await requestFile(`${pathOf(subject)}/export?format=${format}`));
      const anchor = Object.assign(document.createElement("a"), { href: url, download: fileName(subject, format) });
      anchor.click();
      // Firefox reads the URL after the click has returned.
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    },
  });
}

function fileName({ title }: Chart, extension: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return `${name.slice(0, 80) || "chart"}.${extension}`;
}

function replaceChart(client: QueryClient, changed: Chart): void {
  changePages(client, key(changed.workspaceId), (charts) =>
    charts.map((old) => (old.id === changed.id ? changed : old)),
  );
}

/** Changes the lists whose keys begin with this one, page by page. */
function changePages(client: QueryClient, queryKey: string[], change: (charts: Chart[], index: number) => Chart[]) {
  client.setQueriesData<ChartPages>(
    { queryKey },
    (data) => data && { ...data, pages: data.pages.map((one, index) => ({ ...one, items: change(one.items, index) })) },
  );
}
