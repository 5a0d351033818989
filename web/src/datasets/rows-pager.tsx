import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import classes from "./dataset-rows.module.css";
import { lastPage, pageOfRow, rowsPage, shownWords } from "./rows-paging.ts";

interface RowsPagerProps {
  shown: { offset: number; count: number };
  total: number;
  isLoading: boolean;
  /** Asks for the page that begins after so many rows. */
  onGo: (offset: number) => void;
}

/** Which rows are shown, and the ways to others. */
export function RowsPager({ shown: { offset, count }, total, isLoading, onGo }: RowsPagerProps) {
  const last = lastPage(total);
  // A page of very long texts may hold fewer rows than a page should.
  const next = offset + (count > 0 ? count : rowsPage);
  const isPaged = count < total;
  return (
    <>
      <span data-testid="rows-shown" aria-live="polite">
        {shownWords(offset, count, total)}
      </span>
      {isPaged && (
        <nav className={classes.pages} aria-label="Pages of rows">
          <Step to={0} isEnd={offset === 0} onGo={onGo} name="First" />
          <Step to={Math.max(0, offset - rowsPage)} isEnd={offset === 0} onGo={onGo} name="Previous" />
          <Step to={next} isEnd={next >= total} onGo={onGo} name="Next" isLoading={isLoading} />
          <Step to={last} isEnd={next >= total} onGo={onGo} name="Last" />
          <GoToRow onGo={(row) => onGo(pageOfRow(row, total))} />
        </nav>
      )}
    </>
  );
}

interface StepProps {
  name: string;
  to: number;
  isEnd: boolean;
  isLoading?: boolean;
  onGo: (offset: number) => void;
}

function Step({ name, to, isEnd, isLoading = false, onGo }: StepProps) {
  return (
    <Button variant="default" size="compact-sm" disabled={isEnd} loading={isLoading} onClick={() => onGo(to)}>
      {name}
    </Button>
  );
}

function GoToRow({ onGo }: { onGo: (row: number) => void }) {
  const [text, setText] = useState("");
  const row = Number(text.replace(/[^\d]/g, ""));
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (row > 0) onGo(row);
  };
  return (
    <form onSubmit={go} className={classes.go}>
      <TextInput
        size="xs"
        w={110}
        inputMode="numeric"
        aria-label="Number of a row"
        placeholder="Row"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" size="compact-sm" disabled={row === 0}>
        Go
      </Button>
    </form>
  );
}
