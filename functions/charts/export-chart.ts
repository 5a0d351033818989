import type { ExportFormat, QueryResult } from "../../contract/index.ts";
import { QueryLimit } from "../shared/errors.ts";
import type { Fonts } from "../shared/fonts.ts";
import type { ChartDocument } from "./chart-model.ts";
import { csvOf } from "./csv.ts";
import { findChart } from "./find-charts.ts";
import { presentChart } from "./present-chart.ts";
import { type ChartMaking, openChartTables } from "./run-chart.ts";

export interface ExportMaking extends Pick<ChartMaking, "engine"> {
  /** Those of pictures; called for a picture only. */
  fonts: () => Fonts;
}

export interface ExportedFile {
  fileName: string;
  contentType: string;
  content: string | Uint8Array;
}

/** Below the 6 MB that a Lambda function may answer. */
const exportLimits = { maxRows: 500_000, maxBytes: 4_000_000 };

/** A chart as a file: its picture, or all of its rows. Throws `QueryLimit` when those are too many for one answer. */
export async function exportChart(
  workspaceId: string,
  chartId: string,
  format: ExportFormat,
  making: ExportMaking,
): Promise<ExportedFile> {
  const chart = await findChart(workspaceId, chartId);
  const fileName = `${chart.title
    .replace(/[\\/:*?"<>|]/g, " ")
    .trim()
    .slice(0, 100)}.${format}`;
  switch (format) {
    case "csv": {
      const content = csvOf(await completeResult(chart, making));
      return { fileName, contentType: "text/csv; charset=utf-8", content };
    }
    case "json": {
      const { columns, rows } = await completeResult(chart, making);
      const records = rows.map((row) =>
        Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
      );
      return { fileName, contentType: "application/json; charset=utf-8", content: JSON.stringify(records) };
    }
    case "png": {
      // Chart.js and Skia are loaded for whoever wants a picture, and not with the function.
      const { chartImage } = await import("./image/chart-image.ts");
      return { fileName, contentType: "image/png", content: chartImage(presentChart(chart), making.fonts()) };
    }
  }
}

/**
 * The rows that a chart keeps or, if it could not keep all, all of them, read again. Throws `QueryLimit` rather than
 * return a part: a file that silently lacks rows would be worse than none.
 */
async function completeResult(chart: ChartDocument, making: Pick<ChartMaking, "engine">): Promise<QueryResult> {
  if (!chart.result.truncated) return chart.result;
  const { opened: tables } = await openChartTables(chart, making);
  using opened = tables;
  const { result } = await opened.run(chart.sql, exportLimits);
  if (!result.truncated) return result;
  throw new QueryLimit(
    `The result is larger than the ${exportLimits.maxBytes / 1e6} MB that can be exported: filter or group it`,
  );
}
