import type { Column } from "../../../contract/index.ts";
import { formatByColumn } from "../format/column-values.ts";
import { formatNumber, formatShare } from "../format/numbers.ts";
import classes from "./top-values.module.css";

interface TopValuesProps {
  column: Column;
  rowCount: number;
  /** So many are shown. */
  limit: number;
  /** With how many rows have each, where there is room. */
  counts?: boolean;
}

/** Whether values repeat, so that some are more frequent than others. */
export function hasFrequent({ topValues: [most] }: Column["profile"]): boolean {
  return most !== undefined && most.count > 1;
}

/** A column's most frequent values, or some of them where each is there once. */
export function TopValues({ column, rowCount, limit, counts = false }: TopValuesProps) {
  const top = column.profile.topValues.slice(0, limit);
  const [most] = top;
  // Where hardly anything repeats, a few values out of many would say nothing with bars.
  const repeats = hasFrequent(column.profile);
  return (
    <ul className={classes.list} aria-label={`${repeats ? "Most frequent" : "Some"} values of ${column.name}`}>
      {top.map(({ value, count }) => (
        <li key={String(value)}>
          <span className={classes.value}>{value === "" ? <i>empty text</i> : formatByColumn(value, column)}</span>
          {repeats && (
            <span className={classes.amount}>
              {counts && `${formatNumber(count)} · `}
              {formatShare(count / Math.max(1, rowCount))}
            </span>
          )}
          {repeats && (
            <span className={classes.bar} style={{ width: `${(count / (most?.count ?? 1)) * 100}%` }} aria-hidden />
          )}
        </li>
      ))}
    </ul>
  );
}
