import { useLocalStorage } from "@mantine/hooks";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Workspace } from "../../../contract/index.ts";
import { cachedDataset } from "../datasets/use-dataset.ts";
import { cachedReport } from "../reports/use-reports.ts";
import { cachedSchedule } from "../reports/use-schedules.ts";
import { useRoute } from "../routing/navigation.tsx";
import type { Route } from "../routing/routes.ts";
import { useMe } from "./use-me.ts";

/** The workspace on the screen: that of the open dataset or report, else the one chosen last, else the first. */
export function useWorkspace(): { workspace: Workspace | undefined; choose: (id: string) => void } {
  const { data: me } = useMe();
  const route = useRoute();
  const client = useQueryClient();
  const [chosen, choose] = useLocalStorage<string | null>({ key: "quantibi.workspace", defaultValue: null });
  const open = workspaceOf(client, route);
  const byId = (id: string | null | undefined) => me?.workspaces.find((workspace) => workspace.id === id);
  return { workspace: byId(open) ?? byId(chosen) ?? me?.workspaces[0], choose };
}

/** The workspace of what is open, as soon as it has been loaded. */
function workspaceOf(client: QueryClient, route: Route): string | undefined {
  if (route.page === "dataset") return cachedDataset(client, route.datasetId)?.workspaceId;
  if (route.page === "report") return cachedReport(client, route.reportId)?.workspaceId;
  if (route.page === "report-schedule") return cachedSchedule(client, route.scheduleId)?.workspaceId;
  return undefined;
}
