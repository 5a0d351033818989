/**
 * Whether the values of a result column may be added up to something that means the same: sums and counts may, means,
 * medians, extremes and ratios may not. Told by the expression that the SELECT names so, else by the column's name.
 */
export function isAdditive(column: string, sql: string): boolean {
  if (
    /\b(avg|average|mean|median|rate|ratio|share|percent|pct|per|price|score|rating|age|index|cumulative|running)\b|%/i.test(
      words(column),
    )
  ) {
    return false;
  }
  const expression = expressionOf(column, sql);
  if (expression === undefined)
    return /\b(sum|total|count|number|amount|revenue|sales|quantity)\b/i.test(words(column));
  const bare = expression.replace(/^\s*(round|coalesce|cast|try_cast)\s*\(/i, "").trim();
  return /^(sum|count|count_if|countif)\s*\(/i.test(bare) && !/\/|\bover\s*\(|\bdistinct\b/i.test(bare);
}

function words(column: string): string {
  return column.replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
}

/** The text before `AS <column>` back to the comma or SELECT that begins it; undefined where it stands nowhere so. */
function expressionOf(column: string, sql: string): string | undefined {
  const escaped = column.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [match] = sql.matchAll(new RegExp(`\\s+as\\s+("${escaped.replaceAll('"', '""')}"|${escaped})(?![\\w"])`, "gi"));
  if (match === undefined) return undefined;
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
