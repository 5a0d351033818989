import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions whose words have a nearer reading than the one that first comes to hand, and those that have none. */
const asked: [file: string, answers: Answer[], refused: [question: string, named: string][]][] = [
  [
    "outings",
    [
      // Things are counted, and not the money that came in by them.
      ["kayaks per month", "SELECT date_trunc('month', Day)::DATE, count(*) FROM data WHERE Boat = 'Kayak' GROUP BY 1"],
      ["kayak takings by slipway", "SELECT Slipway, sum(Fee) FROM data WHERE Boat = 'Kayak' GROUP BY 1", /read as Fee/],
      // What is asked for beside a quantity is shown beside it.
      [
        "kayaks vs canoes, outings and money",
        "SELECT Boat, sum(Fee), count(*) FROM data WHERE Boat IN ('Kayak', 'Canoe') GROUP BY 1",
      ],
      ["outings and fees by slipway", "SELECT Slipway, sum(Fee), count(*) FROM data GROUP BY 1"],
      ["fees and outings per month", "SELECT date_trunc('month', Day)::DATE, sum(Fee), count(*) FROM data GROUP BY 1"],
      // Who came is counted in columns.
      ["people by slipway", "SELECT Slipway, sum(Adults + Kids) FROM data GROUP BY 1", /Adults plus Kids/],
      // What the rows are numbered by has no average.
      [
        "average outing by boat",
        "SELECT Boat, avg(Fee) FROM data GROUP BY 1",
        /“average outing” is read as that of Fee/,
      ],
      ["average outing value", "SELECT avg(Fee) FROM data"],
      ["fee per outing", "SELECT avg(Fee) FROM data"],
    ],
    [
      ["friendly fees by slipway", "“friendly”"],
      ["seals per month", "“seals”"],
      ["how full are we", "“full”"],
      ["occupancy by boat", "“occupancy”"],
    ],
  ],
  [
    "rentals",
    [["average rental by depot", "SELECT depot, avg(amount) FROM data GROUP BY 1", /read as that of amount/]],
    [],
  ],
  [
    "screenings",
    [
      // What was taken of the room there was, where both are known.
      ["occupancy by screen", `SELECT Screen, 100 * sum("Tickets Sold") / sum(Seats) FROM data GROUP BY 1`],
      [
        "how full is horror",
        `SELECT 100 * sum("Tickets Sold") / sum(Seats) FROM data WHERE Theme = 'Horror'`,
        /Tickets Sold divided by Seats/,
      ],
      [
        "seats filled by month",
        `SELECT date_trunc('month', "Shown On")::DATE, 100 * sum("Tickets Sold") / sum(Seats) FROM data GROUP BY 1`,
      ],
    ],
    [
      ["sold out screenings", "“sold out”"],
      ["bubbly takings", "“bubbly”"],
      ["is horror growing", "name a measure"],
    ],
  ],
];

for (const [file, answers, refused] of asked)
  suite(`nobody is misled about ${file}`, () => {
    let table: LoadedTable;

    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${file}.csv`), file);
    });

    after(() => table.remove());

    testAnswers(() => table, answers);

    for (const [question, named] of refused)
      test(`${question}: refused`, () => {
        assert.throws(
          () => planOffline({ question, type: undefined, tables: [table.plannable] }),
          (error) => error instanceof Unanswerable && error.message.includes(named),
        );
      });
  });
