import { useRef, useState } from "react";
import type { Chart, Dataset } from "../../../contract/index.ts";
import { useCreateChart } from "./use-charts.ts";

export type AskMode = "question" | "sql";

/** What was, or is to be, asked. */
export interface Asked {
  mode: AskMode;
  text: string;
  /** The chart that a question follows up on. */
  about?: Pick<Chart, "id" | "title"> | null;
}

/** The state of asking one dataset: the two drafts, what is under way, and what came of it. */
export function useAsk(dataset: Dataset) {
  const [mode, setMode] = useState<AskMode>("question");
  const [drafts, setDrafts] = useState<Record<AskMode, string>>({ question: "", sql: "" });
  /** The chart that the next question is about. */
  const [about, setAbout] = useState<Pick<Chart, "id" | "title"> | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const create = useCreateChart(dataset.workspaceId);
  const [asked, setAsked] = useState<Asked | undefined>();

  const setText = (text: string) => setDrafts((before) => ({ ...before, [mode]: text }));
  const submit = (next: Asked = { mode, text: drafts[mode], about }) => {
    const text = next.text.trim();
    if (text === "" || create.isPending) return;
    setAsked({ ...next, text });
    setMode(next.mode);
    setDrafts((before) => ({ ...before, [next.mode]: next.text }));
    const datasetIds = [dataset.id];
    const parent = next.about ? { parentChartId: next.about.id } : {};
    create.mutate(next.mode === "sql" ? { datasetIds, sql: text } : { datasetIds, question: text, ...parent }, {
      // An answered question makes room for the next one; SQL is rather changed than written anew.
      onSuccess: () => {
        if (next.mode !== "question") return;
        setDrafts((before) => ({ ...before, question: "" }));
        setAbout(null);
      },
      onSettled: () => input.current?.focus({ preventScroll: true }),
    });
  };
  const reuse = (question: string) => {
    setMode("question");
    setDrafts((before) => ({ ...before, question }));
    input.current?.focus();
  };
  const askAbout = (chart: Pick<Chart, "id" | "title">) => {
    setMode("question");
    setAbout(chart);
    input.current?.focus();
  };
  return {
    about,
    askAbout,
    leaveChart: () => setAbout(null),
    mode,
    setMode,
    text: drafts[mode],
    setText,
    input,
    submit,
    reuse,
    asked,
    isPending: create.isPending,
    /** What came of the last question, if it has an answer. */
    answered: create.data,
    error: create.error,
    dismiss: create.reset,
  };
}
export type Ask = ReturnType<typeof useAsk>;
