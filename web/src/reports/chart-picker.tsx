import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { type Chart, type Dataset, reportLimits } from "../../../contract/index.ts";
import { chartTypes } from "../charts/chart-types.ts";
import { useDatasets } from "../datasets/use-datasets.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { type ReportContent, toggleChart } from "./content.ts";
import classes from "./report-form.module.css";
import { useWorkspaceCharts } from "./use-workspace-charts.ts";

interface ChartPickerProps {
  workspaceId: string;
  content: ReportContent;
  onChange: (content: ReportContent) => void;
}

/** The workspace's charts, to choose from. */
export function ChartPicker({ workspaceId, content, onChange }: ChartPickerProps) {
  const [wanted, setWanted] = useState("");
  const query = useWorkspaceCharts(workspaceId);
  const datasets = useDatasets(workspaceId).data ?? [];
  return (
    <section className={classes.panel} aria-labelledby="chart-picker">
      <h2 id="chart-picker" className={classes.panelHeading}>
        Charts of this workspace
      </h2>
      <LoadingPanel query={query} what="the charts">
        {(charts) =>
          charts.length === 0 ? (
            <p className={classes.hint}>There are no charts yet. Ask a dataset something first.</p>
          ) : (
            <>
              <TextInput
                size="sm"
                mb={8}
                aria-label="Find a chart"
                placeholder="Find a chart"
                leftSection={<IconSearch size={15} stroke={1.75} />}
                value={wanted}
                onChange={(event) => setWanted(event.currentTarget.value)}
              />
              <ul className={classes.charts}>
                {charts
                  .filter((chart) => matches(chart, wanted))
                  .map((chart) => (
                    <ChartChoice
                      key={chart.id}
                      chart={chart}
                      datasets={datasets}
                      isChosen={content.charts.some(({ id }) => id === chart.id)}
                      isFull={content.charts.length >= reportLimits.charts}
                      onToggle={() => onChange(toggleChart(content, chart))}
                    />
                  ))}
              </ul>
              {query.hasNextPage && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  mt={6}
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Show earlier charts
                </Button>
              )}
            </>
          )
        }
      </LoadingPanel>
    </section>
  );
}

interface ChartChoiceProps {
  chart: Chart;
  datasets: readonly Dataset[];
  isChosen: boolean;
  isFull: boolean;
  onToggle: () => void;
}

function ChartChoice({ chart, datasets, isChosen, isFull, onToggle }: ChartChoiceProps) {
  const { name, Icon } = chartTypes[chart.type];
  const sources = datasets.filter(({ id }) => chart.datasetIds.includes(id)).map((dataset) => dataset.name);
  return (
    <li className={classes.chart} data-testid="chart-choice">
      <Checkbox
        size="sm"
        styles={{ body: { alignItems: "center" }, label: { padding: "0 0 0 10px" } }}
        checked={isChosen}
        disabled={isFull && !isChosen}
        onChange={onToggle}
        label={
          <span className={classes.chartText}>
            {chart.title}
            <small>{[name, ...sources].join(" · ")}</small>
          </span>
        }
      />
      <span style={{ flex: 1 }} />
      <Icon size={18} stroke={1.5} aria-hidden />
    </li>
  );
}

function matches({ title, question }: Chart, wanted: string): boolean {
  const text = `${title} ${question ?? ""}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
