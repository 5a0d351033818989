import { createHash } from "node:crypto";
import type { Narrative } from "../../../contract/index.ts";
import type { Fonts } from "../../shared/fonts.ts";
import { formatCount } from "../facts/words.ts";
import type { SectionMaterial } from "../work/section.ts";
import { appendixMarkup } from "./appendix-markup.ts";
import { type Markup, markup, scriptJson } from "./markup.ts";
import { sectionMarkup } from "./section-markup.ts";
import { styles } from "./styles.ts";

/** What a report's document is made of. */
export interface DocumentParts {
  title: string;
  edition: number | null;
  madeAt: Date;
  narrative: Narrative;
  materials: SectionMaterial[];
}

/** What every report's document carries beside its own content. */
export interface PageAssets {
  /** The script that draws the charts, for a browser. */
  script: string;
  fonts: Fonts;
}

/** One file that needs nothing else. Data and titles stand in it as text only, and its policy lets no script but ours run. */
export function reportDocument(parts: DocumentParts, assets: PageAssets): { forPrint: string; forDownload: string } {
  const content = body(parts).html;
  const charts = scriptJson(parts.materials.flatMap(({ chart }) => (chart && isDrawn(chart) ? [drawable(chart)] : [])));
  const date = dateOf(parts.madeAt);
  const text = `${content}${charts}${parts.title}`;
  const letters = [...parts.title.replace(/\s+/g, " ")];
  const runningTitle = letters.length > 90 ? `${letters.slice(0, 89).join("")}…` : letters.join("");
  const script = assets.script.replaceAll("</script", "<\\/script");
  const whole = (printing: boolean) => {
    const style = `${assets.fonts.facesFor(text, { withEmoji: printing })}\n${styles({ runningTitle, date })}`;
    const policy = [
      "default-src 'none'",
      `script-src ${hashSource(script)}`,
      `style-src ${hashSource(style)}`,
      "font-src data:",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    return `<!doctype html>
<html lang="en"${printing ? ' data-printing="true"' : ""}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${markup`<title>${parts.title}</title>`.html}
<style>${style}</style>
</head>
<body>
${content}
<script type="application/json" id="charts">${charts}</script>
<script>${script}</script>
</body>
</html>`;
  };
  return { forPrint: whole(true), forDownload: whole(false) };
}

function body({ title, edition, madeAt, narrative, materials }: DocumentParts): Markup {
  const datasets = new Map(materials.flatMap((material) => material.datasets.map(({ id, name }) => [id, name])));
  const about = [
    formatCount(materials.length, "chart"),
    ...(datasets.size > 0 ? [formatCount(datasets.size, "data set")] : []),
    ...(edition === null ? [] : [`Edition ${edition}`]),
    `${dateOf(madeAt)}, ${madeAt.toISOString().slice(11, 16)} UTC`,
  ];
  const length = title.length > 300 ? "endless" : title.length > 70 ? "long" : "";
  const entry = (href: string, number: string, name: string) =>
    markup`<li><a href="#${href}"><span class="number">${number}</span><span class="name">${name}</span><span class="page" data-page-of="${href}"></span></a></li>`;
  const sections = materials.map(({ section }, index) =>
    entry(`section-${index + 1}`, String(index + 1), section.title),
  );
  return markup`<main><section class="cover"><p class="kicker">Report</p><h1 class="${length}">${title}</h1>
<p class="meta">${about.join(" · ")}</p>
<div class="summary"><h2>Summary</h2>${summaryMarkup(narrative)}</div>
<nav class="contents" aria-label="Contents"><h2>Contents</h2><ol>${sections}${entry("appendix", "", "How each number was made")}</ol></nav></section>
${materials.map((material, index) => sectionMarkup(material, index + 1))}
${appendixMarkup(materials)}</main>`;
}

function summaryMarkup({ sentences }: Narrative): Markup {
  const [opening, ...rest] = sentences;
  return markup`<p>${opening?.text ?? ""}</p><ul>${rest.map(({ text, facts }) => markup`<li>${text}${references(facts)}</li>`)}</ul>`;
}

/** Links to the sections that a sentence of the summary draws on. */
function references(facts: string[]): Markup[] {
  const numbers = [...new Set(facts.map((name) => name.split("/")[0] ?? ""))];
  return numbers.map(
    (number) => markup` <a class="reference" href="#section-${number}" aria-label="Section ${number}">${number}</a>`,
  );
}

function isDrawn({ type, result }: NonNullable<SectionMaterial["chart"]>): boolean {
  return type !== "table" && type !== "stat" && result.rowCount > 0;
}

function drawable({ id, type, data, options }: NonNullable<SectionMaterial["chart"]>) {
  return { id, type, data, options };
}

function dateOf(date: Date): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(date);
}

function hashSource(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
