import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
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
import { containsWords } from "./search.ts";
import { TopValues } from "./top-values.tsx";

const atFirst = 24;

interface ColumnsProps {
  columns: readonly Column[];
  rowCount: number;
  onOpen: (name: string) => void;
}

/** What is in each column, in brief. */
export function Columns({ columns, rowCount, onOpen }: ColumnsProps) {
  const [limit, setLimit] = useState(atFirst);
  const [search, setSearch] = useState("");
  const found = columns.filter(({ name, label }) => containsWords(`${name} ${label ?? ""}`, search));
  const shown = found.slice(0, limit);
  return (
    <>
      {columns.length > atFirst && (
        <TextInput
          type="search"
          mb="md"
          maw={320}
          aria-label="Find a column"
          placeholder={`Find one of ${formatNumber(columns.length)} columns`}
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.length === 0 && <p aria-live="polite">No column is called “{search.trim()}”.</p>}
      <ul className={classes.grid} aria-label="Columns">
        {shown.map((column) => (
          <ColumnCard key={column.name} column={column} rowCount={rowCount} onOpen={() => onOpen(column.name)} />
        ))}
      </ul>
      {shown.length < found.length && (
        <Button variant="default" mt="md" onClick={() => setLimit(limit + 4 * atFirst)}>
          Show more of {formatNumber(found.length)} columns
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
