import type { Column } from "../../contract/index.ts";
import { planOffline } from "../../functions/charts/plan/offline/plan-offline.ts";
import type { PlannableTable } from "../../functions/charts/plan/planner.ts";

const subjects = "order customer product store supplier invoice shipment return campaign contract".split(" ");
const texts = ["name", "city"];
const numbers = ["amount", "discount"];

function column(name: string, type: string, profile: Partial<Column["profile"]>): Column {
  const known = { nullCount: 0, distinctCount: 1000, min: null, max: null, topValues: [], ...profile };
  return { name, label: null, description: null, type, profile: known };
}

/** As many frequent values as ingest keeps of a column. */
const kept = 20;

/** Fifty columns, twenty of them of text with a thousand different values each. */
function wideTable(): PlannableTable {
  const values = (prefix: string) =>
    Array.from({ length: kept }, (_, at) => ({ value: `${prefix} ${syllables(at)}`, count: 100 - (at % 50) }));
  const columns = subjects.flatMap((subject) => [
    ...texts.map((text) => column(`${subject}_${text}`, "VARCHAR", { topValues: values(`${subject} ${text}`) })),
    ...numbers.map((number) => column(`${subject}_${number}`, "DOUBLE", { min: 0, max: 9_000 })),
    column(`${subject}_date`, "DATE", { min: "2020-01-01", max: "2024-12-31" }),
  ]);
  return { name: "data", label: "Wide", rowCount: 100_000, columns };
}

/** A word of its own for each number. */
function syllables(number: number): string {
  return ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"]
    .map((_, at, all) => all[Math.floor(number / 10 ** (at % 3)) % 10])
    .slice(0, 3)
    .join("");
}

const questions = [
  "total order amount by store city",
  "average discount per customer",
  "top 10 suppliers by invoice amount",
  "order amount over time",
  "number of returns per month in 2023",
  "which product has the highest order amount",
  "share of order amount by store city in percent",
  "order amount vs order discount",
  "distribution of shipment amount",
  "store city bababa order amount by quarter since 2022",
  "orders with amount over 5000 and discount below 10",
  "top 3 products in each store city by order amount",
  "running total of invoice amount by month",
  "total campain amount by suplier name",
  "contract amount between march and june 2023 by customer city",
];

/** Milliseconds that planning takes on {@link wideTable}, several times over. */
export function planTimes(): number[] {
  const table = wideTable();
  const times: number[] = [];
  for (let round = 0; round < 12; round++)
    for (const question of questions) {
      const started = performance.now();
      planOffline({ question, type: undefined, tables: [table] });
      if (round > 1) times.push(performance.now() - started);
    }
  return times;
}
