import { Button, Skeleton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Chart } from "../../../contract/index.ts";
import { ErrorBoundary } from "../feedback/error-boundary.tsx";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import classes from "./answers.module.css";
import { ChartCard } from "./chart-card.tsx";
import type { Asked } from "./use-ask.ts";
import type { useCharts } from "./use-charts.ts";

interface AnswersProps {
  query: ReturnType<typeof useCharts>;
  /** What is being answered right now. */
  asked: Asked | undefined;
  /** The chart that came of the last question. */
  answered: Chart | undefined;
  onReuse: (question: string) => void;
  onAskAbout: (chart: Chart) => void;
  onAskInstead: (question: string, chart: Chart) => void;
  onMore: () => void;
}

/** The charts of a dataset, the newest on top. */
export function Answers({ query, asked, answered, onReuse, onAskAbout, onAskInstead, onMore }: AnswersProps) {
  return (
    <div className={classes.list}>
      <p role="status" className="visually-hidden" data-testid="ask-status">
        {asked ? working(asked) : answered ? `Answered: ${answered.title}` : ""}
      </p>
      {asked && <PendingAnswer asked={asked} />}
      <LoadingPanel query={query} what="the charts" skeleton={<Skeleton h={320} radius="lg" />}>
        {(charts) => (
          <>
            {charts.length === 0 && !asked && <NoAnswers />}
            {charts.map((chart: Chart) => (
              <ErrorBoundary key={chart.id} what="this chart">
                <ChartCard chart={chart} onReuse={onReuse} onAskAbout={onAskAbout} onAskInstead={onAskInstead} />
              </ErrorBoundary>
            ))}
          </>
        )}
      </LoadingPanel>
      {query.hasNextPage && (
        <Button variant="default" className={classes.more ?? ""} loading={query.isFetchingNextPage} onClick={onMore}>
          Show earlier charts
        </Button>
      )}
    </div>
  );
}

/** What is asked from within a chart is answered above it, perhaps out of sight. */
function PendingAnswer({ asked }: { asked: Asked }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={place} className={classes.pending} data-testid="pending-answer">
      <p>{working(asked)}</p>
      <Skeleton h={220} radius="md" />
    </div>
  );
}

function working({ mode, text }: Asked): string {
  return mode === "sql" ? "Running your query…" : `Working on “${text}”…`;
}

function NoAnswers() {
  return <p className={classes.none}>Nothing has been asked yet. Your charts will be here, the newest on top.</p>;
}
