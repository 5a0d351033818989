import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useRef } from "react";
import { formatCount } from "../format/numbers.ts";
import { moveChart, type ReportContent, toggleChart } from "./content.ts";
import classes from "./report-form.module.css";
import { useWorkspaceCharts } from "./use-workspace-charts.ts";

interface ChosenChartsProps {
  workspaceId: string;
  content: ReportContent;
  onChange: (content: ReportContent) => void;
}

/** The charts of the report, which can be put in order. */
export function ChosenCharts({ workspaceId, content, onChange }: ChosenChartsProps) {
  const { charts } = content;
  const { data: existing, hasNextPage } = useWorkspaceCharts(workspaceId);
  // Known only once all charts are loaded.
  const isGone = (chartId: string) =>
    existing !== undefined && !hasNextPage && !existing.some(({ id }) => id === chartId);
  const list = useRef<HTMLOListElement>(null);
  const move = (from: number, to: number) => {
    onChange(moveChart(content, from, to));
    // The focus goes with the chart, so that pressing again moves it on.
    const direction = to < from ? "up" : "down";
    requestAnimationFrame(() => {
      const row = list.current?.children[to];
      const same = row?.querySelector<HTMLButtonElement>(`[data-move="${direction}"]:not(:disabled)`);
      (same ?? row?.querySelector<HTMLButtonElement>("[data-move]:not(:disabled)"))?.focus();
    });
  };
  return (
    <section className={classes.panel} aria-labelledby="chosen-charts">
      <h2 id="chosen-charts" className={classes.panelHeading}>
        In the report
        <span>{charts.length > 0 && formatCount(charts.length, "chart")}</span>
      </h2>
      {charts.length === 0 ? (
        <p className={classes.hint}>
          Nothing yet. Each chart becomes a section, in the order in which they stand here.
        </p>
      ) : (
        <ol className={classes.charts} ref={list}>
          {charts.map(({ id, title }, index) => (
            <li key={id} className={classes.chart} data-testid="chosen-chart">
              <span className={classes.number}>{index + 1}</span>
              <span className={classes.chartText}>
                {title}
                {isGone(id) && <small className={classes.gone}>It was deleted. Take it out.</small>}
              </span>
              <span className={classes.buttons}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Move up: ${title}`}
                  title="Move up"
                  data-move="up"
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={16} stroke={1.75} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Move down: ${title}`}
                  title="Move down"
                  data-move="down"
                  disabled={index === charts.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={16} stroke={1.75} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Take out: ${title}`}
                  title="Take out"
                  onClick={() => onChange(toggleChart(content, { id, title }))}
                >
                  <IconX size={16} stroke={1.75} />
                </ActionIcon>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
