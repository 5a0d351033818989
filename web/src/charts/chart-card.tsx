import { IconAlertTriangle, IconInfoCircle, IconMessageQuestion } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { Chart } from "../../../contract/index.ts";
import { InlineText } from "../feedback/inline-text.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { Prose } from "../feedback/prose.tsx";
import { AddToReport } from "../reports/add-to-report.tsx";
import { ChartActions } from "./chart-actions.tsx";
import classes from "./chart-card.module.css";
import { ChartDrawing } from "./chart-drawing.tsx";
import { Doubts } from "./doubts.tsx";
import { ReceiptPanel } from "./receipt-panel.tsx";
import { ReceiptSummary } from "./receipt-summary.tsx";
import { ResultTable } from "./result-table.tsx";
import { SqlPanel } from "./sql-panel.tsx";
import { useUpdateChart } from "./use-charts.ts";

type Panel = "sql" | "data" | "receipt";

interface ChartCardProps {
  chart: Chart;
  /** Puts the chart's question back into the ask box. */
  onReuse: (question: string) => void;
  /** Makes the next question a follow-up to this chart. */
  onAskAbout: (chart: Chart) => void;
  /** Asks the chart's question in other words, as the follow-up that it was, if it was one. */
  onAskInstead: (question: string, chart: Chart) => void;
}

/** A chart with everything that lets its reader check and change it. */
export function ChartCard({ chart, onReuse, onAskAbout, onAskInstead }: ChartCardProps) {
  const id = useId();
  const update = useUpdateChart(chart);
  const { question } = chart;
  const doubted = new Set(chart.doubts.map(({ text }) => text));
  return (
    <article className={classes.card} aria-labelledby={id} data-testid="chart" data-type={chart.type}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {question !== null && question.toLowerCase() !== chart.title.toLowerCase() && (
            <button type="button" className={classes.question} title="Ask this again" onClick={() => onReuse(question)}>
              {question}
            </button>
          )}
          <InlineText
            value={chart.title}
            label="Title of the chart"
            maxLength={200}
            onSave={(title) => update.mutate({ title }, { onError: notifyFailure("Could not rename the chart") })}
          >
            <h2 id={id} data-testid="chart-title">
              {chart.title}
            </h2>
          </InlineText>
        </div>
        <ChartActions chart={chart} />
      </header>
      {chart.explanation && (
        <p className={classes.explanation} data-testid="chart-explanation">
          <Prose text={chart.explanation} />
        </p>
      )}
      <Notes items={chart.warnings} kind="warning" />
      <Doubts chart={chart} onAsk={(other) => onAskInstead(other, chart)} />
      <ChartDrawing chart={chart} />
      <Notes items={chart.assumptions.filter((text) => !doubted.has(text))} kind="assumption" />
      <Panels chart={chart} onAskAbout={onAskAbout} />
    </article>
  );
}

function Notes({ items, kind }: { items: readonly string[]; kind: "warning" | "assumption" }) {
  if (items.length === 0) return null;
  const Icon = kind === "warning" ? IconAlertTriangle : IconInfoCircle;
  return (
    <ul className={classes.notes} data-kind={kind} aria-label={kind === "warning" ? "Warnings" : "Assumptions"}>
      {items.map((item) => (
        <li key={item}>
          <Icon size={16} stroke={1.75} aria-hidden />
          <span>
            <Prose text={item} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Panels({ chart, onAskAbout }: Pick<ChartCardProps, "chart" | "onAskAbout">) {
  const id = useId();
  const [open, setOpen] = useState<Panel | null>(null);
  const names: [Panel, string][] = [
    ["sql", "SQL"],
    ["data", "Show data"],
    ["receipt", "How it was made"],
  ];
  // A table is its own data.
  const offered = names.filter(([panel]) => panel !== "data" || chart.type !== "table");
  return (
    <footer className={classes.footer}>
      <div className={classes.footerRow}>
        {offered.map(([panel, name]) => (
          <button
            key={panel}
            type="button"
            className={classes.toggle}
            aria-expanded={open === panel}
            aria-controls={`${id}-panel`}
            onClick={() => setOpen(open === panel ? null : panel)}
          >
            {name}
          </button>
        ))}
        <button type="button" className={classes.toggle} onClick={() => onAskAbout(chart)}>
          <IconMessageQuestion size={15} stroke={1.75} aria-hidden /> Ask about this
        </button>
        <AddToReport chart={chart} className={classes.toggle ?? ""} />
        <ReceiptSummary receipt={chart.receipt} />
      </div>
      <div id={`${id}-panel`} className={classes.panel} hidden={open === null}>
        {open === "sql" && <SqlPanel chart={chart} />}
        {open === "data" && (
          <ResultTable columns={chart.result.columns} rows={chart.result.rows} caption={`Data of ${chart.title}`} />
        )}
        {open === "receipt" && <ReceiptPanel receipt={chart.receipt} />}
      </div>
    </footer>
  );
}
