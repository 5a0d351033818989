import type { Fact, FactKind, ReportSection, Sentence } from "../../../contract/index.ts";
import { formatCount, formatList, shortName } from "../facts/format.ts";
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
const mostHeadlines = 6;

/** The one fact of a section that a summary would mention. */
export function headline({ facts }: ReportSection): Fact | undefined {
  for (const kind of headlines) {
    const found = facts.find((fact) => fact.kind === kind);
    if (found) return found;
  }
  return undefined;
}

/** A summary made of the sections' headlines, in their order. */
export function summaryFromTemplates(sections: ReportSection[], datasets: string[]): Sentence[] {
  const opening = `This report brings together ${formatCount(sections.length, "chart")}${datasets.length > 0 ? ` of ${formatList(datasets.slice(0, 3).map(shortName))}` : ""}${datasets.length > 3 ? " and other data" : ""}.`;
  const told = sections.flatMap((section, index) => {
    const fact = headline(section);
    return fact ? [{ text: phraseAlone(fact), facts: [`${index + 1}/${fact.id}`] }] : [];
  });
  const absent = sections.filter(({ facts }) => facts.length === 0).length;
  const closing =
    absent === 0
      ? []
      : [{ text: `${formatCount(absent, "chart")} could not be shown; its section says why.`, facts: [] }];
  return [
    { text: opening, facts: [] },
    ...told.slice(0, mostHeadlines),
    ...closing.map(({ text, facts }) => ({
      text: absent === 1 ? text : text.replace("its section says", "their sections say"),
      facts,
    })),
  ];
}
