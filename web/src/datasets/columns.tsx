import { Button } from "@mantine/core";
import { useState } from "react";
import type { Column } from "../../../contract/index.ts";
import { columnKind } from "../format/cells.ts";
import { formatByColumn } from "../format/column-values.ts";
import { roleWords, valueKind } from "../format/column-words.ts";
import { formatCount, formatNumber } from "../format/numbers.ts";
import { ColumnIcon } from "./column-icon.tsx";
import classes from "./columns.module.css";
import { Histogram } from "./histogram.tsx";
import { distinctWords, emptyWords } from "./profile-words.ts";
import { TopValues } from "./top-values.tsx";

const atFirst = 24;

interface ColumnsProps {
  columns: readonly Column[];
  rowCount: number;
  onOpen: (name: string) => void;
}

/** What is in each column, in brief. */
export function Columns({ columns, rowCount, onOpen }: ColumnsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? columns : columns.slice(0, atFirst);
  return (
    <>
      <ul className={classes.grid} aria-label="Columns">
        {shown.map((column) => (
          <ColumnCard key={column.name} column={column} rowCount={rowCount} onOpen={() => onOpen(column.name)} />
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

interface ColumnCardProps {
  column: Column;
  rowCount: number;
  onOpen: () => void;
}

function ColumnCard({ column, rowCount, onOpen }: ColumnCardProps) {
  const { name, label, type, role, description, rejectCount = 0, profile } = column;
  const hasRange = columnKind(type) !== "text" && profile.min !== null && profile.max !== null;
  return (
    <li className={classes.card} data-testid="column">
      <h3>
        <ColumnIcon type={type} />
        <button type="button" className={classes.open} onClick={onOpen} title={`Details of ${label ?? name}`}>
          {label ?? name}
        </button>
      </h3>
      <p className={classes.type} title={type}>
        {[valueKind(column), role && roleWords[role].name, label !== null && label !== name && name]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {description && <p className={classes.type}>{description}</p>}
      {hasRange && columnKind(type) !== "boolean" ? (
        <>
          <Histogram column={column} />
          <p className={classes.range}>
            {formatByColumn(profile.min, column)}
            {profile.min !== profile.max && (
              <>
                {" "}
                <span>to</span> {formatByColumn(profile.max, column)}
              </>
            )}
          </p>
        </>
      ) : (
        <TopValues column={column} rowCount={rowCount} limit={3} />
      )}
      {rejectCount > 0 && <p className={classes.rejects}>{formatCount(rejectCount, "cell")} could not be read</p>}
      <p className={classes.counts}>
        <span>{distinctWords(profile)}</span>
        <span>{emptyWords(profile, rowCount)}</span>
      </p>
    </li>
  );
}
