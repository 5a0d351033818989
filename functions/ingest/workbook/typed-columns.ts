import type { CellKind } from "./cell-reader.ts";
import type { SurveyedRow } from "./survey-sheet.ts";

/** The most cells that at least two rows fill; a single note may be wider. */
export function tableWidth(head: SurveyedRow[]): number {
  const sizes = head.map(({ cells }) => cells.size).sort((one, other) => other - one);
  return sizes[1] ?? sizes[0] ?? 0;
}

/** Whether a cell holds something else than text. */
export function isTyped(kind: CellKind | undefined): boolean {
  return kind !== undefined && kind !== "text";
}

/** Columns that hold mostly something else than text. */
export function typedColumns(rows: SurveyedRow[]): number[] {
  const counts = new Map<number, { typed: number; all: number }>();
  for (const { cells } of rows) {
    for (const [column, { kind }] of cells) {
      const count = counts.get(column) ?? { typed: 0, all: 0 };
      count.all += 1;
      if (isTyped(kind)) count.typed += 1;
      counts.set(column, count);
    }
  }
  return [...counts].filter(([, { typed, all }]) => typed * 2 >= all && typed > 0).map(([column]) => column);
}
