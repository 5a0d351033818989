import type { Dataset } from "../../../contract/index.ts";
import { formatCount } from "../format/numbers.ts";
import classes from "./rejects-notice.module.css";

/** Says which part of the file is missing from the table. */
export function RejectsNotice({ rejects: { count, sample } }: Pick<Dataset, "rejects">) {
  if (count === 0) return null;
  return (
    <details className={classes.notice}>
      <summary>{formatCount(count, "row")} of the file could not be read as the table's columns and types</summary>
      <ul>
        {sample.map(({ row, column, value, reason }) => (
          <li key={`${row} ${column} ${reason}`}>
            {[row === null ? null : `Row ${row}`, column, value === null ? null : `“${value}”`]
              .filter((part) => part !== null)
              .join(", ")}
            : {reason}
          </li>
        ))}
        {sample.length < count && <li>…</li>}
      </ul>
    </details>
  );
}
