interface Scored {
  source: string;
  kind: string;
  right: boolean;
  chartRight: boolean | null;
  planMs: number;
}

/** Whether the chart's type is the one that was drawn or asked for; null where the source names none. */
export function countRight(chart: string | null, type: string): boolean | null {
  if (chart === null) return null;
  const wanted = chart.toLowerCase();
  if (wanted.includes("scatter")) return type === "scatter";
  if (wanted.includes("bar")) return type === "bar";
  if (wanted.includes("line")) return type === "line";
  return wanted.includes("pie") ? type === "pie" : null;
}

const percent = (part: number, whole: number) => (whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`);

function summary(name: string, outcomes: Scored[]) {
  const charted = outcomes.filter(({ chartRight }) => chartRight !== null);
  return {
    name,
    questions: outcomes.length,
    right: outcomes.filter(({ right }) => right).length,
    accuracy: percent(outcomes.filter(({ right }) => right).length, outcomes.length),
    chartType: percent(charted.filter(({ chartRight }) => chartRight).length, charted.length),
  };
}

/** Execution accuracy and chart-type accuracy by source and kind. */
export function scoresOf(outcomes: Scored[]) {
  const rows = [];
  for (const source of new Set(outcomes.map((one) => one.source))) {
    const own = outcomes.filter((one) => one.source === source);
    rows.push(summary(source, own));
    for (const kind of [...new Set(own.map((one) => one.kind))].sort())
      rows.push(
        summary(
          `  ${kind}`,
          own.filter((one) => one.kind === kind),
        ),
      );
  }
  rows.push(summary("all", outcomes));
  return rows;
}

/** Median and 95th percentile, in milliseconds. */
export function spread(times: number[]): { median: number; p95: number } {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2));
  return { median: at(0.5), p95: at(0.95) };
}
