import { Button, CloseButton, Kbd, SegmentedControl, Textarea } from "@mantine/core";
import { IconArrowUp, IconPlayerPlay } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import classes from "./ask-box.module.css";
import type { Ask } from "./use-ask.ts";

interface AskBoxProps {
  ask: Ask;
  onSubmit: () => void;
  /** A question that works, shown where nothing has been typed. */
  example: string | undefined;
}

/** Takes a question in plain words, or SQL. */
export function AskBox({ ask, onSubmit, example }: AskBoxProps) {
  const isSql = ask.mode === "sql";
  const about = isSql ? null : ask.about;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") ask.leaveChart();
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey) return;
    if (isSql && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <form
      className={classes.box}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {about && (
        <p className={classes.about} data-testid="ask-about">
          <span>
            About <strong>{about.title}</strong>
          </span>
          <CloseButton size="sm" aria-label="Ask about the whole dataset instead" onClick={ask.leaveChart} />
        </p>
      )}
      <Textarea
        ref={ask.input}
        variant="unstyled"
        autosize
        autoFocus
        minRows={isSql ? 3 : 1}
        maxRows={16}
        maxLength={isSql ? 20_000 : 1000}
        spellCheck={!isSql}
        aria-label={isSql ? "SQL query" : about ? `Question about ${about.title}` : "Question about this dataset"}
        placeholder={placeholder(isSql, about !== null, example)}
        classNames={{ input: isSql ? (classes.sql ?? "") : (classes.question ?? "") }}
        value={ask.text}
        onChange={(event) => ask.setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        data-testid="ask-input"
      />
      <div className={classes.row}>
        <SegmentedControl
          size="xs"
          aria-label="How to ask"
          value={ask.mode}
          onChange={(value) => {
            ask.setMode(value === "sql" ? "sql" : "question");
            requestAnimationFrame(() => ask.input.current?.focus());
          }}
          data={[
            { value: "question", label: "Question" },
            { value: "sql", label: "SQL" },
          ]}
        />
        <span className={classes.hint}>
          {isSql ? (
            <>
              The table is called <code>data</code>. <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd> runs it.
            </>
          ) : (
            <>
              <Kbd size="xs">Enter</Kbd> asks
            </>
          )}
        </span>
        <Button
          type="submit"
          loading={ask.isPending}
          disabled={ask.text.trim() === ""}
          leftSection={isSql ? <IconPlayerPlay size={16} /> : <IconArrowUp size={16} stroke={2.25} />}
        >
          {isSql ? "Run" : "Ask"}
        </Button>
      </div>
    </form>
  );
}

function placeholder(isSql: boolean, isFollowUp: boolean, example: string | undefined): string {
  if (isSql) return "SELECT … FROM data";
  if (isFollowUp) return "Change it, like “only 2019”, “as a pie” or “top 5”";
  return `Ask anything${example ? `, like “${example}”` : ""}`;
}
