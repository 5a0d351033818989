/** Why a subtotal is none of the table's rows: charts would count what it adds up twice. */
export const isSubtotal = "The row is a subtotal of rows above it";

const words = "sub-?totals?|totals?|sum|zwischensumme|teilsumme|summe|gesamt|ergebnis|totaux|totale|suma|totaal";
const behind = new RegExp(`^(.*\\S)[\\s:–-]+(?:${words})$`, "i");
const before = new RegExp(`^(?:${words})[\\s:–-]+(?:(?:for|of|von|für|pour|de) )?(.*\\S)$`, "i");

/** Tells rows that add up a group, such as "North Total" below rows of "North", as spreadsheet programs put them between rows. */
export class Subtotals {
  /** The value that each column had last. */
  private readonly last: string[] = [];

  /** Takes the table's rows in their order. */
  has(cells: readonly (string | null)[]): boolean {
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] ?? "";
      const code = cell.charCodeAt(0);
      // Groups have names, and most cells are numbers.
      if (cell === "" || code < 65) continue;
      const group = cell.length < 200 && hasWord.test(cell) ? (behind.exec(cell) ?? before.exec(cell))?.[1] : undefined;
      if (group !== undefined && this.last[index]?.toLowerCase() === group.toLowerCase()) return true;
      this.last[index] = cell;
    }
    return false;
  }
}

/** Quick to tell of most cells. */
const hasWord = /tot|sum|gesamt|ergebnis/i;
