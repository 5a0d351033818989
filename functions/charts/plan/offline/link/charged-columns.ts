import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "./fields.ts";

const stems = (words: string) => new Set(words.split(" ").map(stem));

/** What somebody is asked to pay, which is income to whoever asks it. */
const charged = stems("fee charge bill fare due toll rent tuition fine penalty levy invoiced billed");
const prices = stems("price tariff");
/** Of one thing of several, of what was never asked, or money that goes the other way. */
const other = stems(
  `unit each per hourly daily asking list market cost costs expense spend salary pay wage tax vat discount refund budget loss damage
  rate pct percent margin profit index change growth late insurance legal`,
);

const notPaid =
  /\b(unpaid|unsettled|uncollected|owed|owes?|owing|outstanding|overdue|arrears|not (yet )?(been )?paid|(has|have)n't paid)\b/i;

/** A sum that is not what was paid, where it is asked what is not: "unpaid tickets over 100" are of their fines. Null: none. */
export function owedColumn(question: string, field: Field, table: Table): Field | null {
  const paid = /(^|[^a-z])(paid|received|collected|settled)(?![a-z])/i.test(field.id);
  return paid && notPaid.test(question) ? chargedColumn(table) : field;
}

/**
 * What is taken in from each row, though it is called after what the other side pays: a `Fee`, a `Bill`, the `Fare` of a
 * ride; a price where nothing else is. Null: none, or more than one.
 */
export function chargedColumn({ fields }: Table): Field | null {
  const measures = fields.filter(({ numeric, role, intensive }) => numeric && role === "measure" && !intensive);
  for (const kind of [charged, prices]) {
    const found = measures.filter(({ id, name }) => {
      const words = [...wordsIn(id), ...wordsIn(name)].map(stem);
      return words.some((word) => kind.has(word)) && !words.some((word) => other.has(word));
    });
    const [only] = found;
    if (only) return found.length === 1 ? only : null;
  }
  return null;
}
