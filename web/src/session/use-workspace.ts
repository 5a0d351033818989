import { useLocalStorage } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import type { Workspace } from "../../../contract/index.ts";
import { cachedDataset } from "../datasets/use-dataset.ts";
import { useRoute } from "../routing/navigation.tsx";
import { useMe } from "./use-me.ts";

/** The workspace on the screen: that of the open dataset, else the one chosen last, else the first. */
export function useWorkspace(): { workspace: Workspace | undefined; choose: (id: string) => void } {
  const { data: me } = useMe();
  const route = useRoute();
  const client = useQueryClient();
  const [chosen, choose] = useLocalStorage<string | null>({ key: "quantibi.workspace", defaultValue: null });
  const open = route.page === "dataset" ? cachedDataset(client, route.datasetId)?.workspaceId : undefined;
  const byId = (id: string | null | undefined) => me?.workspaces.find((workspace) => workspace.id === id);
  return { workspace: byId(open) ?? byId(chosen) ?? me?.workspaces[0], choose };
}
