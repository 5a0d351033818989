/** Which way money goes, or what of it is left. */
export type Flow = "in" | "out" | "net" | "balance";

const words: [Flow, RegExp][] = [
  [
    "in",
    /^(incomes?|earnings?|earn|earns|earned|revenues?|receipts|takings|proceeds|turnover|inflows?|deposits?|credits?|deposited|received|incoming)$/,
  ],
  [
    "out",
    /^(expenses?|expenditures?|spend|spends|spent|spending|costs?|outflows?|outgoings?|withdrawals?|debits?|withdrawn|outlays?|paid out)$/,
  ],
  ["net", /^(net|profits?|surplus|saved?|cash ?flow)$/],
  ["balance", /^balances?$/],
];

/** "spent", "income", "net", "balance". */
export function flowOf(word: string): Flow | null {
  return words.find(([, pattern]) => pattern.test(word.toLowerCase()))?.[0] ?? null;
}

const kinds: Record<"in" | "out", RegExp> = {
  in: /^(in|income|incomes|incoming|credit|cr|c|deposit|deposits|revenue|receipt|receipts|inflow|earning|earnings|money in)$/i,
  out: /^(out|expense|expenses|outgoing|debit|dr|d|withdrawal|withdrawals|cost|costs|payment|outflow|spend|spending|expenditure|money out)$/i,
};

/** Which way money goes where a column says so in one of its values. */
export function flowKind(value: string): "in" | "out" | null {
  return kinds.in.test(value.trim()) ? "in" : kinds.out.test(value.trim()) ? "out" : null;
}
