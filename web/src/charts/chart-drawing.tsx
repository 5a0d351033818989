import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import type { Chart } from "../../../contract/index.ts";
import { formatNumber } from "../format/numbers.ts";
import { plainProse } from "../format/prose.ts";
import { chartHeight } from "./axis-names.ts";
import { statText } from "./chart-config.ts";
import classes from "./chart-drawing.module.css";
import { ResultTable } from "./result-table.tsx";
import { statComparison } from "./stat-comparison.ts";

// Chart.js is a third of the page's code and not needed before the first answer.
const ChartCanvas = lazy(() => import("./chart-canvas.tsx"));

/** A chart's result in the form that its type names. */
export function ChartDrawing({ chart }: { chart: Chart }) {
  const { type, result } = chart;
  return (
    <figure className={classes.figure}>
      <Drawing chart={chart} />
      {result.truncated && (
        <figcaption className={classes.note}>
          The first {formatNumber(result.rowCount)} rows; the query has more.
        </figcaption>
      )}
      {type === "stat" && statText(chart) === "–" && (
        <figcaption className={classes.note}>There is no value: no row matches, or none of them has one.</figcaption>
      )}
      {result.rows.length === 0 && <figcaption className={classes.note}>No rows match.</figcaption>}
    </figure>
  );
}

const arrows = { up: "▲", down: "▼", same: "＝" } as const;

function StatChange({ chart }: { chart: Chart }) {
  const comparison = statComparison(chart);
  if (!comparison) return null;
  return (
    <span data-testid="stat-comparison">
      <span aria-hidden>{arrows[comparison.direction]}</span> {comparison.text}
    </span>
  );
}

function Drawing({ chart }: { chart: Chart }) {
  const { type } = chart;
  const narrow = useMediaQuery("(max-width: 560px)") ?? false;
  if (type === "table" || chart.result.rows.length === 0) {
    return <ResultTable columns={chart.result.columns} rows={chart.result.rows} caption={chart.title} />;
  }
  if (type === "stat") {
    return (
      <p className={classes.stat} data-testid="stat">
        <strong>{statText(chart)}</strong>
        <span>{chart.data.datasets[0]?.label}</span>
        <StatChange chart={chart} />
      </p>
    );
  }
  const height = chartHeight(chart, narrow);
  return (
    <div className={classes.canvas} style={{ height }}>
      <Suspense fallback={<Skeleton h={height} radius="md" />}>
        <ChartCanvas
          narrow={narrow}
          chart={{ type, data: chart.data, options: chart.options }}
          label={[chart.title, plainProse(chart.explanation)].filter((text) => text !== "").join(". ")}
        />
      </Suspense>
    </div>
  );
}
