import { z } from "zod";

const chosenChart = z.object({ id: z.string(), title: z.string() });
export type ChosenChart = z.infer<typeof chosenChart>;

/** What a report is to be made of, while somebody puts it together. */
const reportContent = z.object({
  title: z.string(),
  instructions: z.string(),
  /** In the order of the report. The titles are what the charts were called when they were chosen. */
  charts: z.array(chosenChart),
});
export type ReportContent = z.infer<typeof reportContent>;

export const emptyContent: ReportContent = { title: "", instructions: "", charts: [] };

/** With the chart at the end; without it, if it was chosen already. */
export function toggleChart(content: ReportContent, { id, title }: ChosenChart): ReportContent {
  const others = content.charts.filter((chart) => chart.id !== id);
  const charts = others.length < content.charts.length ? others : [...others, { id, title }];
  return { ...content, charts };
}

/** With the chart that stands at `from` at `to`; unchanged where there is no such place. */
export function moveChart(content: ReportContent, from: number, to: number): ReportContent {
  const moved = content.charts[from];
  if (!moved || to < 0 || to >= content.charts.length) return content;
  return { ...content, charts: content.charts.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

/** What the API takes: without instructions where there are none. */
export function reportBody({ title, instructions, charts }: ReportContent) {
  return {
    title: title.trim(),
    chartIds: charts.map(({ id }) => id),
    ...(instructions.trim() !== "" && { instructions: instructions.trim() }),
  };
}

/** What was stored as a draft, if it is one. */
export function parseContent(stored: string | undefined): ReportContent {
  try {
    return reportContent.parse(JSON.parse(stored ?? ""));
  } catch {
    return emptyContent;
  }
}
