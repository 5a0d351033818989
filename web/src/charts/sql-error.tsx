import { ApiError } from "../api/api-error.ts";
import classes from "./sql-panel.module.css";

const titles: Partial<Record<ApiError["kind"], string>> = {
  "unsafe-sql": "Only one SELECT on this data is run",
  "sql-error": "DuckDB can't run this",
  "query-limit": "This takes more time or memory than a query may",
};

/** DuckDB's own words on a query, with the line breaks that make its markers point at the right place. */
export function SqlError({ error }: { error: Error }) {
  const kind = error instanceof ApiError ? error.kind : undefined;
  return (
    <div className={classes.error} role="alert" data-testid="sql-error">
      <strong>{(kind && titles[kind]) ?? "The query did not run"}</strong>
      <pre>{error.message}</pre>
    </div>
  );
}
