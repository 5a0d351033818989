import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CreateReportSchedule,
  page,
  type ReportSchedule,
  reportSchedule,
  type UpdateReportSchedule,
} from "../../../contract/index.ts";
import { request, requestNothing } from "../api/client.ts";
import { findInWorkspaces } from "../api/find-in-workspaces.ts";
import { useMe } from "../session/use-me.ts";

const schedulePage = page(reportSchedule);
const key = (scheduleId: string) => ["report-schedule", scheduleId];
const listKey = (workspaceId: string | undefined) => ["report-schedules", workspaceId];
const pathOf = ({ workspaceId, id }: Pick<ReportSchedule, "workspaceId" | "id">) =>
  `/workspaces/${workspaceId}/report-schedules/${id}`;

export function cachedSchedule(client: QueryClient, scheduleId: string): ReportSchedule | undefined {
  return client.getQueryData<ReportSchedule>(key(scheduleId));
}

export function useSchedules(workspaceId: string | undefined) {
  return useInfiniteQuery({
    queryKey: listKey(workspaceId),
    enabled: workspaceId !== undefined,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${encodeURIComponent(pageParam)}`;
      return request(`/workspaces/${workspaceId}/report-schedules?limit=50${cursor}`, schedulePage, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}

/** A schedule by its id alone. */
export function useSchedule(scheduleId: string) {
  const { data: me } = useMe();
  const client = useQueryClient();
  return useQuery({
    queryKey: key(scheduleId),
    enabled: me !== undefined,
    queryFn: ({ signal }) => {
      const before = cachedSchedule(client, scheduleId);
      const workspaceIds = before ? [before.workspaceId] : (me?.workspaces ?? []).map(({ id }) => id);
      return findInWorkspaces(workspaceIds, "This schedule", (workspaceId) =>
        request(pathOf({ workspaceId, id: scheduleId }), reportSchedule, { signal }),
      );
    },
  });
}

export function useCreateSchedule(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateReportSchedule) =>
      request(`/workspaces/${workspaceId}/report-schedules`, reportSchedule, { method: "POST", body }),
    onSuccess: (created) => cacheSchedule(client, created),
  });
}

export function useUpdateSchedule(subject: ReportSchedule) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateReportSchedule) =>
      request(pathOf(subject), reportSchedule, { method: "PATCH", body: change }),
    onSuccess: (changed) => cacheSchedule(client, changed),
  });
}

export function useDeleteSchedule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (subject: ReportSchedule) => requestNothing(pathOf(subject), { method: "DELETE" }),
    onSuccess: (_nothing, { id, workspaceId }) => {
      client.removeQueries({ queryKey: key(id) });
      void client.invalidateQueries({ queryKey: listKey(workspaceId) });
    },
  });
}

function cacheSchedule(client: QueryClient, changed: ReportSchedule): void {
  client.setQueryData(key(changed.id), changed);
  void client.invalidateQueries({ queryKey: listKey(changed.workspaceId) });
}
