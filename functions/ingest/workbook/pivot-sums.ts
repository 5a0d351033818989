type Cells = readonly (string | null)[];

/** So many of the sums have to be of more than one row: any row is the sum of one that is like it. */
const fewestSums = 2;

/**
 * The rows, by index, that add up those right below them, as a pivot table has them: "North" with its sums, then the rows of
 * North. All other rows are added up by one of them, and `total`, the row that ends the table, adds them up; else none.
 */
export function sumsOfRowsBelow(rows: readonly Cells[], total: Cells): Set<number> {
  const none = new Set<number>();
  const values = rows.map((cells) => numbersOf(cells));
  const ofTotal = numbersOf(total);
  if (ofTotal === undefined || values.some((one) => one === undefined)) return none;
  const numbers = values.flatMap((one) => (one ? [one] : []));
  const sums = partition(numbers);
  const parents = [...sums.keys()].map((index) => numbers[index] ?? []);
  const several = [...sums.values()].filter((count) => count > 1).length;
  return several >= fewestSums && isSum(ofTotal, parents) ? new Set(sums.keys()) : none;
}

/** The numbers behind a row's label, blanks as 0; undefined for a row that has something else, or no number. */
function numbersOf([label, ...cells]: Cells): number[] | undefined {
  if (label === null || label === undefined || label.trim() === "") return undefined;
  const numbers = cells.map((cell) => (cell === null || cell.trim() === "" ? 0 : Number(cell)));
  return numbers.some((one) => one !== 0) && numbers.every(Number.isFinite) ? numbers : undefined;
}

/** Splits the rows into sums and what they add up: how many rows each of the sums has, by its index; empty if that can't be. */
function partition(rows: readonly (readonly number[])[]): Map<number, number> {
  /** By index, how many rows the sum there has, if all from there on can be split. */
  const counts = new Map<number, number>();
  for (let index = rows.length - 2; index >= 0; index -= 1) {
    for (let count = 1; index + count < rows.length; count += 1) {
      const end = index + count + 1;
      const isSplit = end === rows.length || counts.has(end);
      if (isSplit && isSum(rows[index] ?? [], rows.slice(index + 1, end))) counts.set(index, count);
    }
  }
  const found = new Map<number, number>();
  for (let index = 0; index < rows.length; ) {
    const count = counts.get(index);
    if (count === undefined) return new Map();
    found.set(index, count);
    index += count + 1;
  }
  return found;
}

function isSum(sum: readonly number[], rows: readonly (readonly number[])[]): boolean {
  return sum.every((value, column) => {
    const added = rows.reduce((all, row) => all + (row[column] ?? 0), 0);
    return Math.abs(value - added) <= 1e-6 * Math.max(1, Math.abs(value));
  });
}
