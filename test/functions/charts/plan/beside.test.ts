import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** One beside the other: what has something and what has not, two sums, two groups. */
const answers: [file: string, answers: Answer[]][] = [
  [
    "works",
    [
      ["satisfaction renewed vs not renewed", `SELECT "Renewed", avg("Satisfaction (1-5)") FROM data GROUP BY 1`],
      [
        "do unhappy clients renew less",
        `SELECT "Satisfaction (1-5)", 100 * avg(("Renewed" = 'Yes')::INT) FROM data GROUP BY 1`,
      ],
      ["are those who renewed more satisfied", `SELECT "Renewed", avg("Satisfaction (1-5)") FROM data GROUP BY 1`],
      ["does the actual cost go up with the duration", `SELECT "Actual Cost €", "Duration (min)" FROM data`],
    ],
  ],
  [
    "repairs",
    [
      ["average cost with vs without warranty", "SELECT warranty, avg(cost) FROM data GROUP BY 1"],
      ["do heavier repairs cost more", "SELECT weight_kg, cost FROM data"],
      [
        "is a warranty more common with brakes",
        "SELECT category, 100 * avg((warranty = 'Yes')::INT) FROM data GROUP BY 1",
      ],
      ["do brakes take more parts", "SELECT category, avg(parts) FROM data GROUP BY 1"],
    ],
  ],
];

for (const [file, asked] of answers)
  suite(`beside each other, in ${file}`, () => {
    let table: LoadedTable;

    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${file}.csv`), file);
    });

    after(() => table.remove());

    testAnswers(() => table, asked);
  });

suite("what no column tells apart", () => {
  let table: LoadedTable;

  before(async () => {
    table = await LoadedTable.load(join(fixtures, "lines.csv"), "lines");
  });

  after(() => table.remove());

  for (const [question, named] of [
    ["cancelled vs items", "“cancelled vs items”"],
    ["do cancelled customers complain more", "“complain”"],
  ] as const)
    test(`${question}: refused`, () => {
      assert.throws(
        () => planOffline({ question, type: undefined, tables: [table.plannable] }),
        (error) => error instanceof Unanswerable && error.message.includes(named),
      );
    });
});
