import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { ApiError } from "../api/api-error.ts";
import { Suggestions } from "../datasets/suggestions.tsx";
import { FailureNotice } from "../feedback/failure-notice.tsx";
import classes from "./ask-failure.module.css";
import { SqlError } from "./sql-error.tsx";
import type { Ask } from "./use-ask.ts";

/** What became of a question that has no answer, and what to ask instead. */
export function AskFailure({ ask, onAsk }: { ask: Ask; onAsk: (question: string) => void }) {
  const { error } = ask;
  if (!error) return null;
  const isSqlProblem = error instanceof ApiError && isAboutSql(error) && ask.asked?.mode === "sql";
  return (
    <div className={classes.outcome} data-testid="ask-failure">
      {isSqlProblem ? (
        <SqlError error={error} />
      ) : (
        <FailureNotice
          tone={isUnanswerable(error) ? "notice" : "danger"}
          error={error}
          title={titleOf(error)}
          onRetry={() => ask.submit(ask.asked)}
        >
          {error instanceof ApiError && error.suggestions.length > 0 && (
            <Suggestions questions={error.suggestions} onAsk={onAsk} disabled={ask.isPending} />
          )}
        </FailureNotice>
      )}
      <ActionIcon
        className={classes.close ?? ""}
        variant="subtle"
        color="gray"
        aria-label="Dismiss"
        onClick={ask.dismiss}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

/** An honest no is not a fault. */
function isUnanswerable(error: Error): boolean {
  return error instanceof ApiError && error.kind === "unanswerable";
}

function isAboutSql({ kind }: ApiError): boolean {
  return kind === "sql-error" || kind === "unsafe-sql" || kind === "query-limit";
}

function titleOf(error: Error): string {
  const kind = error instanceof ApiError ? error.kind : undefined;
  if (kind === "unanswerable") return "This can't be answered from the data";
  if (kind === "query-limit") return "This takes more time or memory than a question may";
  if (kind === "not-ready") return "The dataset is not ready yet";
  return kind === "network" ? "The question did not get through" : "The question could not be answered";
}
