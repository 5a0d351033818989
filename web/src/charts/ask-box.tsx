import { Button, Kbd, SegmentedControl, Textarea } from "@mantine/core";
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
  const onKeyDown = (event: KeyboardEvent) => {
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
      <Textarea
        ref={ask.input}
        variant="unstyled"
        autosize
        autoFocus
        minRows={isSql ? 3 : 1}
        maxRows={16}
        maxLength={isSql ? 20_000 : 1000}
        spellCheck={!isSql}
        aria-label={isSql ? "SQL query" : "Question about this dataset"}
        placeholder={isSql ? "SELECT … FROM data" : `Ask anything${example ? `, like “${example}”` : ""}`}
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
