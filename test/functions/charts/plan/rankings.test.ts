import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** The SQL of a ranking of a nursery's sales. */
const ranked = (by: string, what: string, order: "DESC" | "ASC", limit: number, where = "true") =>
  `SELECT ${by}, ${what} FROM data WHERE ${where} GROUP BY 1 ORDER BY 2 ${order} LIMIT ${limit}`;
const takings = `sum("Total (EUR)")`;

/** What is best, and which of two has more, where the question leaves open by what. */
const answers: [file: string, answers: Answer[]][] = [
  [
    "nursery",
    [
      ["top 3 customers", ranked(`"Customer"`, takings, "DESC", 3), /“top” is read as that of Total \(EUR\)/],
      ["top 3 customers by pots", ranked(`"Customer"`, `sum("Pots")`, "DESC", 3)],
      [
        "top 2 plants per area",
        `SELECT "Plant", "Area", ${takings} FROM data GROUP BY 1, 2
         QUALIFY row_number() OVER (PARTITION BY "Area" ORDER BY ${takings} DESC) <= 2`,
      ],
      ["which month was the worst", ranked(`date_trunc('month', "Sold on")::DATE`, takings, "ASC", 1)],
      ["which area is the strongest", ranked(`"Area"`, takings, "DESC", 1)],
      ["which plant sells best", ranked(`"Plant"`, takings, "DESC", 1)],
      ["which customer spends the least", ranked(`"Customer"`, takings, "ASC", 1)],
      ["who sold the most pots", ranked(`"Sold by"`, `sum("Pots")`, "DESC", 1), /“who” is read as Sold by/],
      ["who bought the most pots", ranked(`"Customer"`, `sum("Pots")`, "DESC", 1), /“who” is read as Customer/],
      ["which plant gets returned the most", ranked(`"Plant"`, "count(*)", "DESC", 1, `"Returned?" = 'Yes'`)],
      ["sales by group", `SELECT "Group", ${takings} FROM data GROUP BY 1`],
      [
        "biggest receipts",
        `SELECT "Receipt No", "Total (EUR)" FROM data ORDER BY 2 DESC LIMIT 10`,
        /“biggest” is read as the top 10/,
      ],
      [
        "Jonas vs Miriam",
        `SELECT "Sold by", ${takings} FROM data WHERE "Sold by" IN ('Jonas', 'Miriam') GROUP BY 1`,
        /They are compared by Total \(EUR\)/,
      ],
      [
        "Jonas or Pete, who sold more in 2025",
        `SELECT "Sold by", ${takings} FROM data WHERE "Sold by" IN ('Jonas', 'Pete') AND year("Sold on") = 2025 GROUP BY 1`,
      ],
      [
        "did the north take more than the south",
        `SELECT "Area", ${takings} FROM data WHERE "Area" IN ('North', 'South') GROUP BY 1`,
      ],
      [
        "were there more receipts in 2025 than in 2026",
        `SELECT year("Sold on"), count(*) FROM data WHERE year("Sold on") IN (2025, 2026) GROUP BY 1`,
      ],
      [
        "average pots before and after January 2026",
        `SELECT CASE WHEN "Sold on" < '2026-01-01' THEN 'before 2026-01-01' ELSE 'from 2026-01-01 on' END, avg("Pots")
         FROM data GROUP BY 1`,
        /days before 2026-01-01 beside/,
      ],
      [
        "last receipt of City Parks",
        `SELECT "Receipt No", "Sold on" FROM data WHERE "Customer" = 'City Parks' ORDER BY 2 DESC LIMIT 1`,
      ],
    ],
  ],
  ["charters", [["which captain sails the most", ranked("captain", "sum(dist_km)", "DESC", 1)]]],
];

for (const [file, asked] of answers)
  suite(`rankings of ${file}`, () => {
    let table: LoadedTable;

    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${file}.csv`), file);
    });

    after(() => table.remove());

    testAnswers(() => table, asked);
  });
