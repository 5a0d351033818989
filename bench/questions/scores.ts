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

/** Prints execution accuracy and chart-type accuracy by source and kind, and how long a plan takes. */
export function printScores(outcomes: Scored[]): void {
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
  console.table(rows);
  const times = outcomes.map(({ planMs }) => planMs).sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]?.toFixed(2);
  console.log(`plan: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`);
}
