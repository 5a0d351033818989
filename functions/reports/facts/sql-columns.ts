/** What a query's text says about the columns of its result. The SQL has passed DuckDB's parser; this only looks. */

/**
 * The expression that the SELECT gives a name to: the text before `AS <column>`, back to the comma or SELECT that begins
 * it. Undefined where the name stands nowhere so.
 */
export function expressionOf(column: string, sql: string): string | undefined {
  const escaped = column.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const named = (name: string) => new RegExp(`\\s+as\\s+${name}(?![\\w"])`, "i").exec(sql);
  // In quotes first: a column called date is not the DATE of a CAST.
  const match = named(`"${escaped.replaceAll('"', '""')}"`) ?? named(escaped);
  if (match === null) return undefined;
  let depth = 0;
  for (let index = match.index - 1; index >= 0; index -= 1) {
    const letter = sql[index];
    if (letter === ")") depth += 1;
    if (letter === "(") depth -= 1;
    if (depth < 0 || (depth === 0 && letter === ",")) return sql.slice(index + 1, match.index).trim();
    if (depth === 0 && /^select\b/i.test(sql.slice(index)) && !/\w/.test(sql[index - 1] ?? " ")) {
      return sql.slice(index + 6, match.index).trim();
    }
  }
  return sql.slice(0, match.index).trim();
}

/** Whether a column holds the years of dates: `year("date")`, `extract(year FROM …)`. */
export function isYearOf(expression: string | undefined): boolean {
  return /^(cast\s*\()?\s*(year\s*\(|extract\s*\(\s*'?year'?\s+from|date_?part\s*\(\s*'year')/i.test(expression ?? "");
}

/** The most rows that the query asks for: the LIMIT at its end. */
export function limitOf(sql: string): number | undefined {
  const limit = /\blimit\s+(\d+)(\s+offset\s+\d+)?\s*;?\s*$/i.exec(sql)?.[1];
  return limit === undefined ? undefined : Number(limit);
}
