import { Button } from "@mantine/core";
import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { formatNumber } from "../format/numbers.ts";
import classes from "./dataset-rows.module.css";
import { type RowOrder, RowsOrder } from "./rows-order.tsx";
import { RowsPager } from "./rows-pager.tsx";
import { lastPage, rowsPage } from "./rows-paging.ts";
import { RowsTable } from "./rows-table.tsx";
import { useRows } from "./use-rows.ts";

/** So many columns, and as many more when asked for: a browser has its difficulties with a table of a million cells. */
const columnStep = 60;

/** All rows of the table, page by page, in the order of the file or of a column. */
export function DatasetRows({ dataset, onOpen }: { dataset: Dataset; onOpen: (column: string) => void }) {
  const [wanted, setOffset] = useState(0);
  const [chosen, setOrder] = useState<RowOrder>({ order: "asc" });
  const [width, setWidth] = useState(columnStep);
  const total = dataset.rowCount ?? 0;
  // Another version may have fewer rows, and other columns.
  const order = dataset.columns.some(({ name }) => name === chosen.sort) ? chosen : { order: chosen.order };
  const offset = Math.min(wanted, lastPage(total));
  const query = useRows(dataset, { limit: rowsPage, offset, ...order });
  return (
    <LoadingPanel query={query} what="the rows">
      {({ columns, rows, offset: shownOffset }) => (
        <>
          {total > 1 && (
            <RowsOrder
              columns={dataset.columns}
              value={order}
              onChange={(next) => {
                setOrder(next);
                setOffset(0);
              }}
            />
          )}
          <RowsTable
            columns={columns
              .slice(0, width)
              .map((plain) => dataset.columns.find(({ name }) => name === plain.name) ?? plain)}
            rows={rows}
            first={shownOffset + 1}
            caption={`Rows of ${dataset.name}`}
            onOpen={onOpen}
          />
          <div className={classes.foot}>
            <RowsPager
              shown={{ offset: shownOffset, count: rows.length }}
              total={total}
              isLoading={query.isPlaceholderData && query.isFetching}
              onGo={setOffset}
            />
            {width < columns.length && (
              <Button variant="default" size="compact-sm" onClick={() => setWidth(width + columnStep)}>
                Show more of {formatNumber(columns.length)} columns
              </Button>
            )}
          </div>
        </>
      )}
    </LoadingPanel>
  );
}
