/** Numbers to six digits; text that is a number counts as one, since series are cast to text. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return "null";
  const text = String(value);
  if (typeof value !== "boolean" && text.trim() !== "" && Number.isFinite(Number(text)))
    return String(Number(Number(text).toPrecision(6)));
  return text;
}

function permutations(length: number): number[][] {
  if (length === 0) return [[]];
  return permutations(length - 1).flatMap((rest) =>
    Array.from({ length }, (_, at) => [...rest.slice(0, at), length - 1, ...rest.slice(at)]),
  );
}

/**
 * Whether two results hold the same rows by value, with the columns in any order. `ordered`: the rows must come in the
 * same order too, except that rows the reference leaves tied may swap; that is judged by each column's sequence.
 */
export function sameRows(ours: unknown[][], gold: unknown[][], ordered: boolean): boolean {
  if (ours.length !== gold.length) return false;
  const width = gold[0]?.length ?? 0;
  if ((ours[0]?.length ?? 0) !== width || width > 6) return width === 0;
  const wanted = gold.map((row) => row.map(plain));
  const found = ours.map((row) => row.map(plain));
  return permutations(width).some((order) => {
    const arranged = found.map((row) => order.map((at) => row[at] ?? ""));
    const key = (rows: string[][]) =>
      rows
        .map((row) => row.join("\u0001"))
        .sort()
        .join("\u0002");
    if (key(arranged) !== key(wanted)) return false;
    return !ordered || sameOrder(arranged, wanted);
  });
}

/** Equal sequences in at least one column, the one that the rows are ordered by. */
function sameOrder(ours: string[][], gold: string[][]): boolean {
  const width = gold[0]?.length ?? 0;
  return (
    Array.from({ length: width }, (_, at) => at).some(
      (at) => new Set(gold.map((row) => row[at])).size > 1 && ours.every((row, index) => row[at] === gold[index]?.[at]),
    ) || gold.length <= 1
  );
}
