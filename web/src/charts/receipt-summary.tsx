import type { Receipt } from "../../../contract/index.ts";
import { formatDuration } from "../format/numbers.ts";
import classes from "./receipt.module.css";
import { plannerName } from "./receipt-text.ts";

/** Who planned a chart and how long it took, in a line. */
export function ReceiptSummary({ receipt }: { receipt: Receipt }) {
  return (
    <span className={classes.summary}>
      <span className={classes.planner} data-planner={receipt.planner} data-testid="chart-planner">
        {plannerName(receipt)}
      </span>
      <span>{formatDuration(receipt.timings.totalMs)}</span>
    </span>
  );
}
