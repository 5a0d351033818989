import { IconFileCheck, IconFilePlus } from "@tabler/icons-react";
import { type Chart, reportLimits } from "../../../contract/index.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { toggleChart } from "./content.ts";
import { useReportDraft } from "./use-report-draft.ts";

/** Puts a chart into the report that is being put together, or takes it out again. */
export function AddToReport({ chart, className }: { chart: Chart; className: string }) {
  const { draft, setDraft } = useReportDraft(chart.workspaceId);
  const canEdit = useCanEdit(chart.workspaceId);
  const isIn = draft.charts.some(({ id }) => id === chart.id);
  if (!canEdit) return null;
  const Icon = isIn ? IconFileCheck : IconFilePlus;
  return (
    <button
      type="button"
      className={className}
      aria-pressed={isIn}
      disabled={!isIn && draft.charts.length >= reportLimits.charts}
      onClick={() => setDraft(toggleChart(draft, chart))}
    >
      <Icon size={15} stroke={1.75} aria-hidden /> {isIn ? "In the report" : "Add to report"}
    </button>
  );
}
