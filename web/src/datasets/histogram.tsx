import type { Column } from "../../../contract/index.ts";
import { formatByColumn } from "../format/column-values.ts";
import { formatCount } from "../format/numbers.ts";
import classes from "./histogram.module.css";
import { histogramWords } from "./profile-words.ts";

/** How a column's values are spread; `ends` writes below where they begin and end. */
export function Histogram({ column, ends = false }: { column: Column; ends?: boolean }) {
  const bins = column.profile.histogram ?? [];
  const [first] = bins;
  const last = bins.at(-1);
  if (!first || !last) return null;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const write = (value: typeof first.from) => formatByColumn(value, column);
  return (
    <div className={classes.frame}>
      <div className={classes.bars} data-tall={ends || undefined} role="img" aria-label={histogramWords(column)}>
        {bins.map(({ from, to, count }) => (
          <span
            key={String(from)}
            data-empty={count === 0 || undefined}
            style={{ height: `${(count / most) * 100}%` }}
            title={`${write(from)} to ${write(to)}: ${formatCount(count, "row")}`}
          />
        ))}
      </div>
      {ends && (
        <div className={classes.ends} aria-hidden>
          <span>{write(first.from)}</span>
          <span>{write(last.to)}</span>
        </div>
      )}
    </div>
  );
}
