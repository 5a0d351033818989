import type { Fact, FactKind, ReportSection, Sentence } from "../../../contract/index.ts";
import { formatList } from "../../shared/words.ts";
import { formatCount, shortName } from "../facts/words.ts";
import { phraseAlone } from "./templates.ts";

/** The kinds that a summary draws on, the most telling first. */
const headlines: FactKind[] = [
  "change",
  "top",
  "correlation",
  "value",
  "distribution",
  "seasonality",
  "trend",
  "total",
  "typical",
];
const mostHeadlines = 7;

/** The one fact of a section that a summary would mention. */
export function headline({ facts }: ReportSection): Fact | undefined {
  for (const kind of headlines) {
    const found = facts.find((fact) => fact.kind === kind);
    if (found) return found;
  }
  return undefined;
}

/** What a summary says of the data that the sections rest on. */
export interface SummarizedDataset {
  name: string;
  rowCount: number | null;
}

/** A summary made of the sections' headlines, in their order; what one has said already, no other repeats. */
export function summaryFromTemplates(sections: ReportSection[], datasets: SummarizedDataset[]): Sentence[] {
  const told = new Map<string, Sentence>();
  for (const [index, section] of sections.entries()) {
    const fact = headline(section);
    const text = fact && phraseAlone(fact, section.chartId);
    if (!fact || text === undefined || told.has(fact.statement)) continue;
    told.set(fact.statement, { text, facts: [`${index + 1}/${fact.id}`] });
  }
  const absent = sections.filter(({ facts }) => facts.length === 0).length;
  const closing = `${formatCount(absent, "chart")} could not be shown; ${absent === 1 ? "its section says" : "their sections say"} why.`;
  return [
    { text: openingOf(sections.length, datasets), facts: [] },
    ...[...told.values()].slice(0, mostHeadlines),
    ...(absent === 0 ? [] : [{ text: closing, facts: [] }]),
  ];
}

function openingOf(charts: number, datasets: SummarizedDataset[]): string {
  const count = formatCount(charts, "chart");
  if (datasets.length === 0) return `${count}.`;
  const named = datasets.slice(0, 3).map(({ name, rowCount }) => {
    const rows = rowCount === null ? "" : ` (${formatCount(rowCount, "row")})`;
    return `${shortName(name)}${rows}`;
  });
  const more = datasets.length > 3 ? [formatCount(datasets.length - 3, "further data set")] : [];
  return `This report shows ${formatList([...named, ...more])} in ${count}.`;
}
