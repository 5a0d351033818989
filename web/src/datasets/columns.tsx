import { Button } from "@mantine/core";
import { IconAbc, IconCalendar, IconHash, IconToggleLeft } from "@tabler/icons-react";
import { useState } from "react";
import type { Column } from "../../../contract/index.ts";
import { columnKind, formatCell, typeName } from "../format/cells.ts";
import { formatNumber, formatShare } from "../format/numbers.ts";
import classes from "./columns.module.css";

const icons = { number: IconHash, time: IconCalendar, boolean: IconToggleLeft, text: IconAbc };
const atFirst = 24;

/** What is in each column. */
export function Columns({ columns, rowCount }: { columns: readonly Column[]; rowCount: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? columns : columns.slice(0, atFirst);
  return (
    <>
      <ul className={classes.grid} aria-label="Columns">
        {shown.map((column) => (
          <ColumnCard key={column.name} column={column} rowCount={rowCount} />
        ))}
      </ul>
      {shown.length < columns.length && (
        <Button variant="default" mt="md" onClick={() => setAll(true)}>
          Show all {formatNumber(columns.length)} columns
        </Button>
      )}
    </>
  );
}

function ColumnCard({ column, rowCount }: { column: Column; rowCount: number }) {
  const { name, label, type, description, profile } = column;
  const Icon = icons[columnKind(type)];
  const hasRange = columnKind(type) !== "text" && profile.min !== null && profile.max !== null;
  return (
    <li className={classes.card} data-testid="column">
      <h3>
        <Icon size={16} stroke={1.75} aria-hidden />
        <span className={classes.name}>{label ?? name}</span>
      </h3>
      <p className={classes.type} title={type}>
        {typeName(type)}
        {label !== null && label !== name && <> · {name}</>}
      </p>
      {description && <p className={classes.type}>{description}</p>}
      {hasRange && (
        <p className={classes.range}>
          {formatCell(profile.min, column)} <span>to</span> {formatCell(profile.max, column)}
        </p>
      )}
      {typeof profile.mean === "number" && columnKind(type) === "number" && (
        <p className={classes.type}>{formatNumber(profile.mean)} on average</p>
      )}
      {!hasRange && <TopValues column={column} rowCount={rowCount} />}
      <p className={classes.counts}>
        <span>{formatNumber(profile.distinctCount)} different</span>
        <span>
          {profile.nullCount === 0 ? "none empty" : `${formatShare(profile.nullCount / Math.max(1, rowCount))} empty`}
        </span>
      </p>
    </li>
  );
}

function TopValues({ column, rowCount }: { column: Column; rowCount: number }) {
  const top = column.profile.topValues.slice(0, 3);
  const [most] = top;
  // Where hardly anything repeats, three values out of many would say nothing with bars.
  const repeats = most !== undefined && most.count > 1;
  return (
    <ul className={classes.top} aria-label={`Most frequent values of ${column.name}`}>
      {top.map(({ value, count }) => (
        <li key={String(value)}>
          <span className={classes.value}>{formatCell(value, column)}</span>
          {repeats && <span className={classes.amount}>{formatShare(count / Math.max(1, rowCount))}</span>}
          {repeats && <span className={classes.bar} style={{ width: `${(count / most.count) * 100}%` }} aria-hidden />}
        </li>
      ))}
    </ul>
  );
}
