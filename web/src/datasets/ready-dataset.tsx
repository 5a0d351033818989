import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { Answers } from "../charts/answers.tsx";
import { AskBox } from "../charts/ask-box.tsx";
import { AskFailure } from "../charts/ask-failure.tsx";
import { useAsk } from "../charts/use-ask.ts";
import { useCharts } from "../charts/use-charts.ts";
import { useUploadOf } from "../uploads/uploads-provider.tsx";
import { type DatasetTab, DatasetTabs } from "./dataset-tabs.tsx";
import { ReadingRefused } from "./reading-refused.tsx";
import { RejectsNotice } from "./rejects-notice.tsx";
import { SheetChoice } from "./sheet-choice.tsx";
import { Suggestions } from "./suggestions.tsx";

/** The work on a dataset: asking above, the answers and what is in the table below. */
export function ReadyDataset({ dataset }: { dataset: Dataset }) {
  const [enough, setEnough] = useState(10);
  const charts = useCharts(dataset.workspaceId, dataset.id, enough);
  const ask = useAsk(dataset);
  const [chosen, setTab] = useState<DatasetTab | null>(null);
  const count = charts.data?.length ?? 0;
  const isNew = useUploadOf(dataset.id) !== undefined;
  // Until something has been asked, what there is to ask about comes first.
  const asked = chosen === "rejects" && dataset.rejects.count === 0 ? "columns" : chosen;
  const tab = asked ?? (count > 0 || (charts.data === undefined && !isNew) ? "answers" : "columns");
  const submit = () => {
    setTab("answers");
    ask.submit();
  };
  const askFor = (question: string) => {
    setTab("answers");
    ask.submit({ mode: "question", text: question });
  };
  return (
    <>
      <ReadingRefused dataset={dataset} onChange={() => setTab("file")} />
      <SheetChoice dataset={dataset} />
      {tab !== "rejects" && <RejectsNotice rejects={dataset.rejects} onShow={() => setTab("rejects")} />}
      <AskBox ask={ask} onSubmit={submit} example={dataset.suggestions[0]} />
      {ask.mode === "question" && !hasSuggestions(ask.error) && (
        <Suggestions questions={dataset.suggestions} disabled={ask.isPending} onAsk={askFor} />
      )}
      <AskFailure ask={ask} onAsk={askFor} />
      <DatasetTabs
        dataset={dataset}
        tab={tab}
        onTab={setTab}
        answerCount={count}
        answers={
          <Answers
            query={charts}
            asked={ask.isPending ? ask.asked : undefined}
            answered={ask.answered}
            onReuse={ask.reuse}
            onAskAbout={ask.askAbout}
            onAskInstead={(question, { parentChartId }) => {
              const about = parentChartId === null ? null : { id: parentChartId, title: "" };
              ask.submit({ mode: "question", text: question, about });
            }}
            onMore={() => setEnough(count + 10)}
          />
        }
      />
    </>
  );
}

/** Whether a failure brings its own suggestions, which then take the place of the dataset's. */
function hasSuggestions(error: unknown): boolean {
  return error instanceof ApiError && error.suggestions.length > 0;
}
