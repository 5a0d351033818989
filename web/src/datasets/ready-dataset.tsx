import { Tabs } from "@mantine/core";
import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { Answers } from "../charts/answers.tsx";
import { AskBox } from "../charts/ask-box.tsx";
import { AskFailure } from "../charts/ask-failure.tsx";
import { useAsk } from "../charts/use-ask.ts";
import { useCharts } from "../charts/use-charts.ts";
import { formatNumber } from "../format/numbers.ts";
import { useUploadOf } from "../uploads/uploads-provider.tsx";
import { ColumnDetails } from "./column-details.tsx";
import { Columns } from "./columns.tsx";
import { Reading } from "./reading.tsx";
import { ReadingRefused } from "./reading-refused.tsx";
import classes from "./ready-dataset.module.css";
import { RejectsNotice } from "./rejects-notice.tsx";
import { RejectsTable } from "./rejects-table.tsx";
import { RowsPreview } from "./rows-preview.tsx";
import { SheetChoice } from "./sheet-choice.tsx";
import { Suggestions } from "./suggestions.tsx";

const tabs = ["answers", "columns", "rows", "rejects", "file"] as const;
type Tab = (typeof tabs)[number];

/** The work on a dataset: asking above, the answers and what is in the table below. */
export function ReadyDataset({ dataset }: { dataset: Dataset }) {
  const [enough, setEnough] = useState(10);
  const charts = useCharts(dataset.workspaceId, dataset.id, enough);
  const ask = useAsk(dataset);
  const [chosen, setTab] = useState<Tab | null>(null);
  const count = charts.data?.length ?? 0;
  const isNew = useUploadOf(dataset.id) !== undefined;
  const [openColumn, setOpenColumn] = useState<string | null>(null);
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
      <Tabs
        value={tab}
        onChange={(value) => setTab(tabs.find((name) => name === value) ?? null)}
        className={classes.tabs ?? ""}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="answers">Answers{count > 0 && <span className={classes.count}>{count}</span>}</Tabs.Tab>
          <Tabs.Tab value="columns">
            Columns<span className={classes.count}>{formatNumber(dataset.columns.length)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="rows">Rows</Tabs.Tab>
          {dataset.rejects.count > 0 && (
            <Tabs.Tab value="rejects">
              Left out<span className={classes.count}>{formatNumber(dataset.rejects.count)}</span>
            </Tabs.Tab>
          )}
          <Tabs.Tab value="file">File</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="answers">
          <Answers
            query={charts}
            asked={ask.isPending ? ask.asked : undefined}
            onReuse={ask.reuse}
            onAskAbout={ask.askAbout}
            onMore={() => setEnough(count + 10)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="columns">
          <Columns columns={dataset.columns} rowCount={dataset.rowCount ?? 0} onOpen={setOpenColumn} />
        </Tabs.Panel>
        <Tabs.Panel value="rows">
          <RowsPreview dataset={dataset} onOpen={setOpenColumn} />
        </Tabs.Panel>
        <Tabs.Panel value="rejects">
          <RejectsTable dataset={dataset} />
        </Tabs.Panel>
        <Tabs.Panel value="file">
          <Reading dataset={dataset} />
        </Tabs.Panel>
      </Tabs>
      <ColumnDetails dataset={dataset} name={openColumn} onClose={() => setOpenColumn(null)} />
    </>
  );
}

/** Whether a failure brings its own suggestions, which then take the place of the dataset's. */
function hasSuggestions(error: unknown): boolean {
  return error instanceof ApiError && error.suggestions.length > 0;
}
