/** So many different months tell a series of them from the first days of a year. */
const fewestMonths = 4;

/**
 * Dates like `01/04/2022`, each of which could have the day or the month first. Those of a monthly series all have the
 * same day, the first, and many months: the part that never changes is the day.
 */
export class FirstsOfMonths {
  private readonly parts = [new Set<string>(), new Set<string>(), new Set<string>()] as const;

  add(cell: string): void {
    const parts = /^0?(\d{1,2})\D0?(\d{1,2})\D(\d+)/.exec(cell);
    for (const [at, known] of this.parts.entries()) known.add(parts?.[at + 1] ?? "");
  }

  /** Which part is the day, as far as the dates tell. */
  get dayFirst(): boolean | undefined {
    const [first, second, year] = this.parts;
    const isSeries = (days: Set<string>, months: Set<string>) =>
      days.size === 1 && days.has("1") && (months.size >= fewestMonths || (months.size > 1 && year.size > 1));
    if (isSeries(first, second)) return true;
    return isSeries(second, first) ? false : undefined;
  }
}
