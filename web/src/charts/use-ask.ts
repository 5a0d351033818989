import { useRef, useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { useCreateChart } from "./use-charts.ts";

export type AskMode = "question" | "sql";

/** What was, or is to be, asked. */
export interface Asked {
  mode: AskMode;
  text: string;
}

/** The state of asking one dataset: the two drafts, what is under way, and what came of it. */
export function useAsk(dataset: Dataset) {
  const [mode, setMode] = useState<AskMode>("question");
  const [drafts, setDrafts] = useState<Record<AskMode, string>>({ question: "", sql: "" });
  const input = useRef<HTMLTextAreaElement>(null);
  const create = useCreateChart(dataset.workspaceId);
  const [asked, setAsked] = useState<Asked | undefined>();

  const setText = (text: string) => setDrafts((before) => ({ ...before, [mode]: text }));
  const submit = (next: Asked = { mode, text: drafts[mode] }) => {
    const text = next.text.trim();
    if (text === "" || create.isPending) return;
    setAsked({ mode: next.mode, text });
    setMode(next.mode);
    setDrafts((before) => ({ ...before, [next.mode]: next.text }));
    const datasetIds = [dataset.id];
    create.mutate(next.mode === "sql" ? { datasetIds, sql: text } : { datasetIds, question: text }, {
      // An answered question makes room for the next one; SQL is rather changed than written anew.
      onSuccess: () => next.mode === "question" && setDrafts((before) => ({ ...before, question: "" })),
      onSettled: () => input.current?.focus({ preventScroll: true }),
    });
  };
  const reuse = (question: string) => {
    setMode("question");
    setDrafts((before) => ({ ...before, question }));
    input.current?.focus();
  };
  return {
    mode,
    setMode,
    text: drafts[mode],
    setText,
    input,
    submit,
    reuse,
    asked,
    isPending: create.isPending,
    error: create.error,
    dismiss: create.reset,
  };
}
export type Ask = ReturnType<typeof useAsk>;
