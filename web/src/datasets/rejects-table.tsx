import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { type Dataset, maxKeptRejects, type Reject } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatNumber } from "../format/numbers.ts";
import classes from "./rejects-table.module.css";
import { rangeOf, rejectsSummary } from "./rejects-words.ts";
import { useDownloadRejects, useRejects } from "./use-rejects.ts";

const pageSize = 50;

/** The ledger: every row and cell of the file that did not become data, and why. */
export function RejectsTable({ dataset }: { dataset: Dataset }) {
  const query = useRejects(dataset, pageSize);
  const [index, setIndex] = useState(0);
  const download = useDownloadRejects(dataset);
  const { count } = dataset.rejects;
  const kept = Math.min(count, maxKeptRejects);
  return (
    <div>
      <div className={classes.head}>
        <p>{rejectsSummary(dataset.rejects)}</p>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={15} />}
          loading={download.isPending}
          onClick={() => download.mutate(undefined, { onError: notifyFailure("Could not download the list") })}
        >
          Download as CSV
        </Button>
      </div>
      <KeptOnly kept={kept} count={count} />
      <LoadingPanel query={query} what="what was left out">
        {({ pages }) => {
          const shown = Math.min(index, pages.length - 1);
          const items = pages[shown]?.items ?? [];
          const isLast = shown === pages.length - 1;
          const next = () => (isLast ? query.fetchNextPage().then(() => setIndex(shown + 1)) : setIndex(shown + 1));
          return (
            <>
              <Entries items={items} />
              <div className={classes.foot}>
                <Button variant="default" size="compact-sm" disabled={shown === 0} onClick={() => setIndex(shown - 1)}>
                  Previous
                </Button>
                <span aria-live="polite" data-testid="rejects-range">
                  {rangeOf(shown * pageSize, items.length, kept)}
                </span>
                <Button
                  variant="default"
                  size="compact-sm"
                  disabled={isLast && !query.hasNextPage}
                  loading={query.isFetchingNextPage}
                  onClick={() => void next()}
                >
                  Next
                </Button>
              </div>
            </>
          );
        }}
      </LoadingPanel>
    </div>
  );
}

/** Says so where the ledger holds fewer than there are. */
function KeptOnly({ kept, count }: { kept: number; count: number }) {
  if (kept >= count) return null;
  return (
    <p className={classes.note} role="status">
      Of {formatNumber(count)}, {formatNumber(kept)} are kept with their row and value: rows and cells, picked from all
      over the file. They are what is listed and downloaded; the other {formatNumber(count - kept)} are only counted.
    </p>
  );
}

function Entries({ items }: { items: readonly Reject[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="What was left out, by row">
      <table className={classes.table} data-testid="rejects">
        <caption className="visually-hidden">Rows and cells of the file that did not become data</caption>
        <thead>
          <tr>
            <th scope="col">Row of the file</th>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ row, column, value, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries of a page have no identity but their place
            <tr key={index}>
              <td>{row === null ? "–" : formatNumber(row)}</td>
              <td>{column ?? <i>the whole row</i>}</td>
              <td>{value === null ? <i>nothing</i> : value === "" ? <i>empty text</i> : <code>{value}</code>}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
