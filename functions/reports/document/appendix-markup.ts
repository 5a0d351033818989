import { rules } from "../facts/rules.ts";
import { formatCount } from "../facts/words.ts";
import type { SectionMaterial } from "../work/section.ts";
import { type Markup, markup } from "./markup.ts";
import { factNames } from "./section-markup.ts";

/** How each number was made: query, data, engine and planner of each chart, then the rules of the facts. */
export function appendixMarkup(materials: SectionMaterial[]): Markup {
  const kinds = new Set(materials.flatMap(({ section }) => section.facts.map(({ kind }) => kind)));
  const used = Object.entries(rules).flatMap(([kind, rule]) => {
    const name = Object.entries(factNames).find(([candidate]) => candidate === kind)?.[1] ?? kind;
    return [...kinds].some((known) => known === kind) ? [markup`<tr><td>${name}</td><td>${rule}</td></tr>`] : [];
  });
  return markup`<section class="appendix" id="appendix"><h2>How each number was made</h2>
${materials.map((material, index) => receiptMarkup(material, index + 1))}
<div class="rules"><table class="facts"><caption>Rules of the facts</caption><thead><tr><th scope="col">Kind</th><th scope="col">Rule and source</th></tr></thead><tbody>${used}</tbody></table></div>
</section>`;
}

/** Names of columns stand between backticks in what planners say. */
function withoutMarks(text: string): string {
  return text.replace(/`([^`]+)`/g, "“$1”");
}

function receiptMarkup({ chart, datasets, section }: SectionMaterial, number: number): Markup | undefined {
  if (chart === null) return undefined;
  const { receipt } = chart;
  const planned =
    receipt.planner === "sql"
      ? "written by hand"
      : receipt.planner === "offline"
        ? "planned offline"
        : `planned by ${receipt.model ?? "a language model"}`;
  const data = datasets.map(({ id, name, fileName, version, rowCount }) => {
    const eTag = receipt.datasetVersions.find(({ datasetId }) => datasetId === id)?.eTag.replaceAll('"', "");
    const rows = rowCount === null ? "" : `, ${formatCount(rowCount, "row")}`;
    return markup`<dt>Data</dt><dd>${name} (${fileName}), version ${version}${rows}${eTag ? `, ETag ${eTag}` : ""}</dd>`;
  });
  return markup`<div class="receipt"><h3>${number}. ${section.title}</h3><dl>
${data}
<dt>Computed</dt><dd>${withoutMarks(chart.explanation)}</dd>
${chart.assumptions.length > 0 ? markup`<dt>Assumed</dt><dd>${withoutMarks(chart.assumptions.join(" "))}</dd>` : undefined}
<dt>Query</dt><dd><pre>${receipt.sql}</pre></dd>
<dt>Run by</dt><dd>DuckDB ${receipt.engineVersion}, ${planned}, ${formatCount(chart.result.rowCount, "row")} in ${formatCount(Math.round(receipt.timings.queryMs), "millisecond")}</dd>
</dl></div>`;
}
