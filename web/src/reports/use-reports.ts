import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type CreateReport, page, type Report, report } from "../../../contract/index.ts";
import { request, requestNothing } from "../api/client.ts";
import { findInWorkspaces } from "../api/find-in-workspaces.ts";
import { useMe } from "../session/use-me.ts";
import { isInFlight } from "./report-state.ts";

const reportPage = page(report);
const key = (reportId: string) => ["report", reportId];
const pathOf = ({ workspaceId, id }: Pick<Report, "workspaceId" | "id">) => `/workspaces/${workspaceId}/reports/${id}`;

export function cachedReport(client: QueryClient, reportId: string): Report | undefined {
  return client.getQueryData<Report>(key(reportId));
}

/** The reports of a workspace, or the editions of a schedule, newest first; kept fresh while one is being made. */
export function useReports(workspaceId: string | undefined, scheduleId?: string) {
  return useInfiniteQuery({
    queryKey: ["reports", workspaceId, scheduleId ?? "all"],
    enabled: workspaceId !== undefined,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: "25" });
      if (pageParam !== null) query.set("cursor", pageParam);
      if (scheduleId !== undefined) query.set("scheduleId", scheduleId);
      return request(`/workspaces/${workspaceId}/reports?${query}`, reportPage, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isInFlight)) ? 2000 : false),
  });
}

/** A report by its id alone, asked for again every second while it is being made. */
export function useReport(reportId: string) {
  const { data: me } = useMe();
  const client = useQueryClient();
  return useQuery({
    queryKey: key(reportId),
    enabled: me !== undefined,
    queryFn: async ({ signal }) => {
      const before = cachedReport(client, reportId);
      const workspaceIds = before ? [before.workspaceId] : (me?.workspaces ?? []).map(({ id }) => id);
      const found = await findInWorkspaces(workspaceIds, "This report", (workspaceId) =>
        request(pathOf({ workspaceId, id: reportId }), report, { signal }),
      );
      if (before && before.status !== found.status) invalidateLists(client, found.workspaceId);
      return found;
    },
    refetchInterval: ({ state }) => (state.data && isInFlight(state.data) ? 1000 : false),
  });
}

export function useCreateReport(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateReport) => request(`/workspaces/${workspaceId}/reports`, report, { method: "POST", body }),
    onSuccess: (created) => cacheReport(client, created),
  });
}

/** Makes a failed report again, or stops one in the making. */
export function useReportAction(subject: Report, action: "retry" | "cancel") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(`${pathOf(subject)}/${action}`, report, { method: "POST" }),
    onSuccess: (changed) => cacheReport(client, changed),
  });
}

export function useDeleteReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (subject: Report) => requestNothing(pathOf(subject), { method: "DELETE" }),
    onSuccess: (_nothing, { id, workspaceId }) => {
      client.removeQueries({ queryKey: key(id) });
      invalidateLists(client, workspaceId);
    },
  });
}

/** Downloads a report's file. Links end after minutes, so each click asks for a new one. */
export function useDownloadReport(subject: Pick<Report, "workspaceId" | "id">) {
  return useMutation({
    mutationFn: async (file: "pdf" | "html") => {
      const { downloadUrl, htmlUrl } = await request(pathOf(subject), report);
      const href = file === "pdf" ? downloadUrl : htmlUrl;
      if (href === null) throw new Error("The report has no file any more. Make it again.");
      // The storage answers it as an attachment, which leaves the page where it is.
      Object.assign(document.createElement("a"), { href }).click();
    },
  });
}

function cacheReport(client: QueryClient, changed: Report): void {
  client.setQueryData(key(changed.id), changed);
  invalidateLists(client, changed.workspaceId);
}

function invalidateLists(client: QueryClient, workspaceId: string): void {
  void client.invalidateQueries({ queryKey: ["reports", workspaceId] });
}
