import { QueryLimit } from "../shared/errors.ts";
import { findChart } from "./find-charts.ts";
import { type ChartMaking, openChartTables } from "./run-chart.ts";

/** Below the 6 MB that a Lambda function may answer. */
const exportLimits = { maxRows: 500_000, maxBytes: 4_000_000 };

/**
 * A chart's rows as a file: those that it keeps or, if it could not keep all, all of them, read again. Throws `QueryLimit`
 * when they are too many for one answer: a file that silently lacks rows would be worse.
 */
export async function exportChart(
  workspaceId: string,
  chartId: string,
  format: "csv" | "json",
  making: Pick<ChartMaking, "engine">,
): Promise<{ fileName: string; contentType: string; content: string }> {
  const chart = await findChart(workspaceId, chartId);
  let { result } = chart;
  if (result.truncated) {
    const { opened } = await openChartTables(chart, making);
    ({ result } = await opened.run(chart.sql, exportLimits));
  }
  if (result.truncated) {
    throw new QueryLimit(
      `The result is larger than the ${exportLimits.maxBytes / 1e6} MB that can be exported: filter or group it`,
    );
  }
  const names = result.columns.map(({ name }) => name);
  const fileName = `${chart.title
    .replace(/[\\/:*?"<>|]/g, " ")
    .trim()
    .slice(0, 100)}.${format}`;
  if (format === "csv") {
    const lines = [names, ...result.rows].map((cells) => cells.map(csvCell).join(","));
    return { fileName, contentType: "text/csv; charset=utf-8", content: `${lines.join("\r\n")}\r\n` };
  }
  const records = result.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  return { fileName, contentType: "application/json; charset=utf-8", content: JSON.stringify(records) };
}

/** RFC 4180: quotes around what holds a comma, a quote or a line end; quotes within are doubled. */
function csvCell(cell: string | number | boolean | null): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
