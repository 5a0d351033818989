import { Button } from "@mantine/core";
import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { formatNumber } from "../format/numbers.ts";
import classes from "./rows-preview.module.css";
import { RowsTable } from "./rows-table.tsx";
import { useRows } from "./use-rows.ts";

/** So many rows, and more and more when asked for; the last is the most that the API gives. */
const limits = [50, 250, 1000];

/** So many columns, and as many more when asked for: a browser has its difficulties with a table of a million cells. */
const columnStep = 60;

/** The first rows of the table, in the order of the file. */
export function RowsPreview({ dataset, onOpen }: { dataset: Dataset; onOpen: (column: string) => void }) {
  const [step, setStep] = useState(0);
  const [width, setWidth] = useState(columnStep);
  const query = useRows(dataset, limits[step] ?? 1000);
  const total = dataset.rowCount ?? 0;
  return (
    <LoadingPanel query={query} what="the first rows">
      {({ columns, rows }) => (
        <>
          <RowsTable
            columns={columns
              .slice(0, width)
              .map((plain) => dataset.columns.find(({ name }) => name === plain.name) ?? plain)}
            rows={rows}
            caption={`The first rows of ${dataset.name}`}
            onOpen={onOpen}
          />
          <div className={classes.foot}>
            <span data-testid="rows-shown" aria-live="polite">
              {shownWords(rows.length, total)}
            </span>
            {rows.length < total && step < limits.length - 1 && (
              <Button
                variant="default"
                size="compact-sm"
                loading={query.isPlaceholderData && query.isFetching}
                onClick={() => setStep(step + 1)}
              >
                Show up to {formatNumber(limits[step + 1] ?? 0)}
              </Button>
            )}
            {width < columns.length && (
              <Button variant="default" size="compact-sm" onClick={() => setWidth(width + columnStep)}>
                Show more of {formatNumber(columns.length)} columns
              </Button>
            )}
            {rows.length < total && step === limits.length - 1 && <span>Ask or write SQL to see others.</span>}
          </div>
        </>
      )}
    </LoadingPanel>
  );
}

function shownWords(shown: number, total: number): string {
  if (total === 0) return "The file has names of columns and no rows. If it should have some, look under File.";
  if (shown < total) return `The first ${formatNumber(shown)} of ${formatNumber(total)} rows`;
  return total === 1 ? "The only row" : `All ${formatNumber(total)} rows`;
}
