import { stem } from "./stem.ts";

/** What columns are called for short, each with what it stands for. */
const written: Record<string, string> = {
  acct: "account",
  addr: "address",
  adm: "admission",
  amt: "amount",
  arr: "arrival",
  appt: "appointment",
  avg: "average",
  bal: "balance",
  bldg: "building",
  cat: "category",
  cntry: "country",
  cust: "customer",
  dept: "department",
  dep: "departure",
  desc: "description",
  dest: "destination",
  disch: "discharge",
  dist: "distance district",
  div: "division",
  dob: "birthdate birthday",
  emp: "employee",
  est: "estimate",
  ext: "extension",
  freq: "frequency",
  gen: "gender",
  hr: "hour",
  hrs: "hour",
  inc: "income",
  int: "interest",
  inv: "invoice",
  lang: "language",
  loc: "location",
  max: "maximum",
  mfr: "manufacturer",
  mgr: "manager",
  min: "minimum minute",
  mins: "minute",
  mo: "month",
  mos: "month",
  msg: "message",
  no: "number",
  nr: "number",
  num: "number",
  occ: "occupation",
  org: "organization",
  pax: "passenger",
  pct: "percent percentage",
  perf: "performance",
  pmt: "payment",
  pop: "population",
  prod: "product",
  pt: "patient",
  qty: "quantity",
  qtr: "quarter",
  ref: "reference",
  reg: "region",
  req: "request",
  resp: "respondent response",
  rev: "revenue",
  sal: "salary",
  sec: "second",
  secs: "second",
  spec: "specialty",
  sq: "square",
  std: "standard",
  ft: "feet foot",
  tel: "telephone phone",
  temp: "temperature",
  txn: "transaction",
  usd: "dollar",
  vol: "volume",
  whse: "warehouse",
  wt: "weight",
  yr: "year",
  yrs: "year",
};

const meanings = new Map(
  Object.entries(written).map(([short, long]) => [stem(short), new Set(long.split(" ").map(stem))]),
);

/** What a word of a name stands for, if it is short for something. */
export function longFormsOf(word: string): Iterable<string> {
  return meanings.get(word) ?? [];
}

/** Whether one of two stems is short for the other. */
export function isShortFor(one: string, other: string): boolean {
  return (meanings.get(one)?.has(other) || meanings.get(other)?.has(one)) ?? false;
}
