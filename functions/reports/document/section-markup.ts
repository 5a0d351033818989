import type { FactKind } from "../../../contract/index.ts";
import { chartHeight } from "../../../web/src/charts/axis-names.ts";
import { measureName } from "../../shared/words.ts";
import { formatValue } from "../facts/format.ts";
import type { SectionMaterial } from "../work/section.ts";
import { dataTable } from "./data-table.ts";
import { type Markup, markup } from "./markup.ts";

export const factNames: Record<FactKind, string> = {
  unfinished: "Unfinished",
  overlap: "Left out",
  size: "Rows",
  partial: "Extent",
  total: "Total",
  typical: "Range",
  top: "Top",
  bottom: "Bottom",
  concentration: "Concentration",
  change: "Change",
  peak: "High and low",
  trend: "Trend",
  seasonality: "Seasonality",
  outlier: "Outliers",
  gap: "Gaps",
  correlation: "Correlation",
  distribution: "Distribution",
  value: "Value",
  rejects: "Not counted",
};

/** A section: title, chart, what it shows in words, and the facts behind it. */
export function sectionMarkup({ chart, section }: SectionMaterial, number: number): Markup {
  const { title, text, facts, notices } = section;
  const small = chart === null || chart.type === "stat" || chart.result.rowCount === 0;
  const question =
    chart?.question && bare(chart.question) !== bare(title)
      ? markup`<p class="question">${chart.question}</p>`
      : undefined;
  const warnings = chart === null ? [] : [...chart.warnings, ...chart.doubts.map(({ text }) => text)];
  const rows = facts.map(({ kind, statement }) => markup`<tr><td>${factNames[kind]}</td><td>${statement}</td></tr>`);
  const factTable = markup`<table class="facts"><caption>The facts behind it</caption><thead><tr><th scope="col">Kind</th><th scope="col">Fact</th></tr></thead><tbody>${rows}</tbody></table>`;
  return markup`<section class="section${small ? " small" : ""}" id="section-${number}">
<header><span class="number">${number}</span><h2${title.length > 120 ? markup` class="long"` : undefined}>${title}</h2></header>
${question}${[...notices, ...warnings].map((notice) => markup`<p class="notice">${notice}</p>`)}
${chart === null ? undefined : figure(chart, text)}
${text === "" ? undefined : markup`<p class="text">${text}</p>`}
${chart?.type === "table" && chart.result.rowCount > 0 ? dataTable(chart.result, chart.sql, undefined) : undefined}
${chart && isShort(chart) ? dataTable(chart.result, chart.sql, "The values") : undefined}
${facts.length === 0 ? undefined : factTable}
</section>`;
}

/** Letters and digits alone: what differs in nothing else says nothing new. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Whether a chart's values fit beside it. */
function isShort({ type, result }: NonNullable<SectionMaterial["chart"]>): boolean {
  return (
    type !== "table" && type !== "stat" && result.rowCount > 1 && result.rowCount <= 10 && result.columns.length <= 6
  );
}

function figure(chart: NonNullable<SectionMaterial["chart"]>, text: string): Markup | undefined {
  if (chart.type === "table" || chart.result.rowCount === 0) return undefined;
  if (chart.type === "stat") {
    const { columns, rows } = chart.result;
    const index = Math.max(
      0,
      columns.findIndex((_column, position) => typeof rows[0]?.[position] === "number"),
    );
    const value = rows[0]?.[index];
    return markup`<figure><div class="figure">${typeof value === "number" ? formatValue(value, columns[index]?.format) : String(value ?? "–")}</div><figcaption>${measureName(columns[index]?.name ?? "")}</figcaption></figure>`;
  }
  return markup`<figure><canvas id="chart-${chart.id}" width="658" height="${heightOf(chart)}" role="img" aria-label="${`${chart.title}: ${chart.type} chart. ${text}`}"></canvas></figure>`;
}

/** Pixels: bars that lie need room for each, and nothing may be higher than its page. */
function heightOf(chart: NonNullable<SectionMaterial["chart"]>): number {
  return Math.min(640, chartHeight(chart));
}
