import { flowKind, flowOf } from "../../language/flows.ts";
import { wordsIn } from "../../language/tokens.ts";
import type { Field, Table } from "../../link/fields.ts";
import type { Condition, Formula } from "../../query.ts";
import { doubt, type Reading } from "../../read/reading.ts";
import { computedField } from "../computed-field.ts";
import { differenceField } from "../ratios/quotients.ts";

/** How a table tells money that comes from money that goes: by a column for each, by the sign, or by another column. */
export type Ledger = OneColumn | { kind: "two columns"; in: Field; out: Field };

interface OneColumn {
  kind: "one column";
  amount: Field;
  /** The column that says which way, if the sign does not. */
  way: Field | null;
  in: Condition[];
  out: Condition[];
  /** Whether amounts that go have a sign of their own. */
  signed: boolean;
}

/** Null: the table tells no such thing, or more than one sum of money. */
export function ledgerOf({ fields }: Table): Ledger | null {
  return twoColumns(fields) ?? oneColumn(fields);
}

/** "Money in" and "Money out", `debit` and `credit`. */
function twoColumns(fields: Field[]): Ledger | null {
  const measures = fields.filter(({ numeric, role }) => numeric && role === "measure");
  const [comes, ...more] = measures.filter(({ id }) =>
    /(^|[^a-z])(in|credits?|deposits?|received|receipts?)$/i.test(id),
  );
  const [goes, ...others] = measures.filter(({ id }) => /(^|[^a-z])(out|debits?|withdrawals?|withdrawn)$/i.test(id));
  if (!comes || !goes || more.length + others.length > 0) return null;
  return { kind: "two columns", in: comes, out: goes };
}

/** One column of money that has both signs, or whose way another column tells. */
function oneColumn(fields: Field[]): Ledger | null {
  const amounts = fields.filter(
    ({ id, numeric, role, discrete }) =>
      numeric && role === "measure" && !discrete && /amount|amt|value|sum|total|betrag|money|payment/i.test(id),
  );
  const [amount, ...more] = amounts;
  if (!amount || more.length > 0) return null;
  const own = fields.filter(
    (field) =>
      field.numeric && field !== amount && wordsIn(field.id).some((word) => ![null, "balance"].includes(flowOf(word))),
  );
  if (own.length > 0) return null;
  const [min, max] = [Number(amount.column.profile.min), Number(amount.column.profile.max)];
  const compare = (comparison: ">" | "<"): Condition[] => [
    { kind: "compare", expression: { kind: "column", column: amount.id }, comparison, value: 0 },
  ];
  // A few refunds among the sales make no ledger: with them, "spending" is all of it.
  const often = Number(amount.column.profile.quartiles?.[0] ?? min) < 0;
  if (min < 0 && max > 0 && often)
    return { kind: "one column", amount, way: null, in: compare(">"), out: compare("<"), signed: true };
  for (const field of fields) {
    const { column, numeric, role } = field;
    if (numeric || role !== "dimension" || column.profile.distinctCount > 4) continue;
    const values = column.profile.topValues.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    const of = (way: "in" | "out") => values.filter((value) => flowKind(value) === way);
    if (of("in").length === 0 || of("out").length === 0 || min < 0) continue;
    const among = (way: "in" | "out"): Condition[] => [
      { kind: "in", column: field.id, values: of(way), negated: false },
    ];
    return { kind: "one column", amount, way: field, in: among("in"), out: among("out"), signed: false };
  }
  return null;
}

/** The columns that hold the money. */
export function amountsOf(ledger: Ledger): Field[] {
  return ledger.kind === "two columns" ? [ledger.in, ledger.out] : [ledger.amount];
}

/** What comes, what goes, or what is left of it. `said`: the word for it. */
export function flowField(reading: Reading, ledger: Ledger, flow: "in" | "out" | "net", said: string): Field {
  if (ledger.kind === "one column") return signedField(reading, ledger, flow, said);
  if (flow === "net") return differenceField(reading, ledger.in, ledger.out, "Net");
  reading.assumptions.add(`“${said}” is read as ${ledger[flow].name}.`);
  return ledger[flow];
}

function signedField(reading: Reading, ledger: OneColumn, flow: "in" | "out" | "net", said: string): Field {
  const { table, assumptions } = reading;
  const { amount, way, signed } = ledger;
  if (flow === "net" && signed) {
    assumptions.add(`What is left is the total of ${amount.name}, in which money that goes is below zero.`);
    return amount;
  }
  const part = (one: "in" | "out") => ({
    when: ledger[one],
    turned: flow === "out" ? signed : one === "out" && !signed,
  });
  const formula: Formula = {
    kind: "signed",
    column: amount.id,
    parts: flow === "net" ? [part("in"), part("out")] : [part(flow)],
  };
  const name = { in: "Income", out: "Expenses", net: "Net" }[flow];
  const says = way ? `${way.name} says which way` : "money that goes is below zero";
  const of = {
    in: "what comes in",
    out: "what goes out, told without its sign",
    net: "what comes in less what goes out",
  };
  const read = `${name} is ${of[flow]}, of ${amount.name}: ${says}.`;
  if (flow === "net") assumptions.add(read);
  else doubt(reading, read, [{ said, instead: amount.name }]);
  const max = Math.max(Math.abs(Number(amount.column.profile.max)), Math.abs(Number(amount.column.profile.min)));
  return computedField(table, `${name} (${amount.name})`, formula, {
    additive: true,
    min: flow === "net" ? -max : 0,
    max,
    distinct: amount.column.profile.distinctCount,
  });
}
