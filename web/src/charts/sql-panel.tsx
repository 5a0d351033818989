import { Button, CopyButton, Group, Textarea } from "@mantine/core";
import { IconCheck, IconCopy, IconPencil } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import type { Chart } from "../../../contract/index.ts";
import { SqlError } from "./sql-error.tsx";
import classes from "./sql-panel.module.css";
import { useUpdateChart } from "./use-charts.ts";

/** A chart's SQL: to read, to copy, to change. */
export function SqlPanel({ chart }: { chart: Chart }) {
  const [draft, setDraft] = useState<string | null>(null);
  const update = useUpdateChart(chart);
  if (draft === null) {
    return (
      <>
        <pre className={classes.sql} data-testid="chart-sql">
          {chart.sql}
        </pre>
        <Group gap="xs" mt="sm">
          <CopyButton value={chart.sql}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                onClick={copy}
              >
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={14} />}
            onClick={() => setDraft(chart.sql)}
          >
            Edit
          </Button>
        </Group>
      </>
    );
  }
  const close = () => {
    setDraft(null);
    update.reset();
  };
  const run = () => draft.trim() !== "" && update.mutate({ sql: draft.trim() }, { onSuccess: close });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
    if (event.key === "Escape") close();
  };
  return (
    <>
      <Textarea
        aria-label="SQL of this chart"
        autosize
        autoFocus
        minRows={4}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: classes.editor ?? "" }}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {update.isError && <SqlError error={update.error} />}
      <Group gap="xs" mt="sm">
        <Button size="compact-sm" loading={update.isPending} disabled={draft.trim() === ""} onClick={run}>
          Run
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          Cancel
        </Button>
      </Group>
    </>
  );
}
