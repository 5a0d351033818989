import type { Receipt } from "../../../contract/index.ts";
import classes from "./receipt.module.css";
import { receiptFacts } from "./receipt-text.ts";

/** Everything needed to say how a chart's numbers were made. */
export function ReceiptPanel({ receipt }: { receipt: Receipt }) {
  return (
    <dl className={classes.facts} data-testid="chart-receipt">
      {receiptFacts(receipt).map(([name, value]) => (
        <div key={name + value}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
