/** How people write quarters of a year; `%q` is the quarter, the other marks are those of `strptime`. */
const ways = [
  /^(?<y>\d{4})(?<s>[-/. ]?)(?<q>Q)[1-4]$/i,
  /^(?<q>Q)[1-4](?<s>[-/. ]|\/|, )?(?<y>\d{4}|\d{2})$/i,
  /^[1-4](?<q>Q)(?<s>[-/. ])?(?<y>\d{4}|\d{2})$/i,
];

/** The pattern in which the cell writes a quarter of a year, such as `%Y-Q%q`; undefined for what is none. */
export function quarterPattern(cell: string): string | undefined {
  if (cell.length < 4 || cell.length > 9) return undefined;
  for (const [index, way] of ways.entries()) {
    const groups = way.exec(cell)?.groups;
    if (!groups) continue;
    const { y = "", s = "", q = "" } = groups;
    const year = y.length === 4 ? "%Y" : "%y";
    if (y.length === 4 && !/^(1[5-9]|2[01])/.test(y)) return undefined;
    return [`${year}${s}${q}%q`, `${q}%q${s}${year}`, `%q${q}${s}${year}`][index];
  }
  return undefined;
}

/** SQL of the first day of the quarter that `text` writes in this pattern; null for other text. */
export function quarterSql(text: string, pattern: string): string {
  const parts = pattern.replaceAll(".", "\\.");
  const matching = (wanted: "%q" | "%y") =>
    parts.replaceAll(/%[Yyq]/g, (mark) => {
      const digits = mark === "%q" ? "[1-4]" : mark === "%Y" ? "[0-9]{4}" : "[0-9]{2}";
      return mark.toLowerCase() === wanted ? `(${digits})` : digits;
    });
  const part = (wanted: "%q" | "%y") => `regexp_extract(${text}, '^${matching(wanted)}$', 1)`;
  // As `strptime` has it, two digits from 69 on are of the last century.
  const year = pattern.includes("%Y")
    ? `${part("%y")}::INTEGER`
    : `${part("%y")}::INTEGER + CASE WHEN ${part("%y")} >= '69' THEN 1900 ELSE 2000 END`;
  return `CASE WHEN regexp_matches(${text}, '^${matching("%q")}$') THEN make_date(${year}, ${part("%q")}::INTEGER * 3 - 2, 1) END`;
}
