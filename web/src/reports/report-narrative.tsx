import type { Narrative, ReportSection } from "../../../contract/index.ts";
import classes from "./report-narrative.module.css";

/** What a report says, with the facts behind each section. */
export function ReportNarrative({ narrative }: { narrative: Narrative }) {
  const [opening, ...points] = narrative.sentences;
  return (
    <div className={classes.narrative}>
      <section className={classes.summary} aria-labelledby="report-summary" data-testid="report-summary">
        <h2 id="report-summary">Summary</h2>
        <p>{opening?.text}</p>
        {points.length > 0 && (
          <ul>
            {points.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </section>
      <ol className={classes.sections}>
        {narrative.sections.map((section, index) => (
          <Section key={section.chartId} section={section} number={index + 1} />
        ))}
      </ol>
      <p className={classes.byline}>{bylines[narrative.writtenBy]}</p>
    </div>
  );
}

function Section({ section: { title, text, facts, notices }, number }: { section: ReportSection; number: number }) {
  return (
    <li className={classes.section} data-testid="report-section">
      <h2>
        <span className={classes.number}>{number}</span>
        {title}
      </h2>
      {notices.map((notice) => (
        <p key={notice} className={classes.notice}>
          {notice}
        </p>
      ))}
      {text !== "" && <p>{text}</p>}
      {facts.length > 0 && (
        <details>
          <summary>The facts behind it</summary>
          <ul>
            {facts.map(({ id, statement }) => (
              <li key={id}>{statement}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

const bylines: Record<Narrative["writtenBy"], string> = {
  templates: "Written from computed facts, without a language model.",
  model: "Written by a language model from computed facts; each number and name was checked against them.",
  both: "Written in part by a language model, from computed facts; each number and name was checked against them.",
};
