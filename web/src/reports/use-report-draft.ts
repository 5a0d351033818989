import { useLocalStorage } from "@mantine/hooks";
import { emptyContent, parseContent, type ReportContent } from "./content.ts";

/** The report that is being put together in a workspace; it waits in this browser until it is made or emptied. */
export function useReportDraft(workspaceId: string) {
  const [draft, setDraft, clearDraft] = useLocalStorage<ReportContent>({
    key: `quantibi.report-draft.${workspaceId}`,
    defaultValue: emptyContent,
    getInitialValueInEffect: false,
    deserialize: parseContent,
  });
  return { draft, setDraft, clearDraft };
}
