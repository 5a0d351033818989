import { groupOf } from "./row-groups.ts";

/** Why a subtotal is none of the table's rows: charts would count what it adds up twice. */
export const isSubtotal = "The row is a total of rows above it";
/** Why the line of a group is none of the table's rows where it has the sums of the group too. */
export const isSumOfRowsBelow = "The row adds up the rows below it: its name is their group";

const words =
  "sub-?totals?|totals?|sum|zwischensumme|teilsumme|summe|gesamt|ergebnis|sous-total|totaux|totale|suma|totaal";
const behind = new RegExp(`^(.*\\S)[\\s:–-]+(?:${words})$`, "i");
const before = new RegExp(`^(?:${words})[\\s:–-]+(?:(?:for|of|von|für|pour|de) )?(.*\\S)$`, "i");
const alone = new RegExp(`^\\W*(?:${words}|carried forward|brought forward|übertrag|à reporter)\\W*$`, "i");
/** A pattern, for RE2 and without regard to case, of cells that may name a total. */
export const perhapsTotal = `(^|[\\s:–-])(${words})($|[\\s:–-])`;
const mostGroups = 10_000;

/** Tells rows that add up a group, such as "North Total" below rows of "North", as spreadsheet programs put them between rows. */
export class Subtotals {
  /** The value that each column had last. */
  private readonly last: string[] = [];
  /** The row before. */
  private above: readonly (string | null)[] = [];
  /** Names of groups on lines of their own. */
  private readonly groups = new Set<string>();

  /** Takes the table's rows in their order. */
  has(cells: readonly (string | null)[]): boolean {
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] ?? "";
      const code = cell.charCodeAt(0);
      // Groups have names, and most cells are numbers.
      if (cell === "" || (code < 65 && code > 32 && code !== 42)) continue;
      if (cell.length < 200 && hasWord.test(cell)) {
        const group = groupAddedUp(cell)?.toLowerCase();
        if (group !== undefined && (this.last[index]?.trim().toLowerCase() === group || this.groups.has(group)))
          return true;
        if (alone.test(cell) && this.lacksWords(cells, index)) return true;
      }
      this.last[index] = cell;
    }
    const group = this.groups.size < mostGroups && isShort(cells) ? groupOf(cells) : undefined;
    if (group !== undefined) this.groups.add(group.toLowerCase());
    else this.above = cells;
    return false;
  }

  /** Whether the row has, besides its label, numbers alone, and no words or dates where the row above has some. */
  private lacksWords(cells: readonly (string | null)[], label: number): boolean {
    const others = cells.filter((cell, index) => index !== label && (cell ?? "").trim() !== "");
    const isLacking = this.above.some(
      (cell, index) => index !== label && /\p{L}|\d[./-]\d/u.test(cell ?? "") && (cells[index] ?? "").trim() === "",
    );
    return isLacking && others.length > 0 && others.every((cell) => /\d/.test(cell ?? ""));
  }
}

/** The group that a cell such as "North Total" names. */
export function groupAddedUp(cell: string): string | undefined {
  return (behind.exec(cell.trim()) ?? before.exec(cell.trim()))?.[1];
}

/** Only such rows may name a group. */
function isShort(cells: readonly (string | null)[]): boolean {
  return cells.length > 0 && (cells.length === 1 || (cells[1] ?? "") === "");
}

/** Quick to tell of most cells. */
const hasWord = /tot|sum|gesamt|ergebnis|forward|übertrag|reporter/i;
