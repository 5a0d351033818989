import type { NumberedRow } from "./layout.ts";

const textFormula = /^="(.*)"$/s;

/** Whether some cells are formulas of a text (`="00123"`), by which programs have spreadsheets keep its zeros. */
export function holdTextFormulas(rows: readonly NumberedRow[]): boolean {
  return rows.some(({ cells }) => cells.some((cell) => textFormula.test(cell)));
}

/** The row with the texts that such formulas mean. */
export function withTexts<Row extends NumberedRow>(row: Row): Row {
  return { ...row, cells: row.cells.map((cell) => textFormula.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell) };
}
