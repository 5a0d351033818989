import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** What is a part, and what the whole, as people mean it. */
const answers: [file: string, answers: Answer[]][] = [
  [
    "rentals",
    [
      [
        "share of cancelled rentals on weekends",
        "SELECT 100 * avg((isCancelled = 'Y')::INT) FROM data WHERE isodow(pickedUpOn) > 5",
        /100 % is the number of rows where Part of the week of picked Up On is Weekend\./,
      ],
      [
        "what percentage of women use gps",
        `SELECT 100 * avg("Has GPS"::INT) FROM data WHERE renter_sex = 'F'`,
        /100 % is the number of rows where renter sex is F\./,
      ],
      [
        "percentage of women who cancelled",
        "SELECT 100 * avg((isCancelled = 'Y')::INT) FROM data WHERE renter_sex = 'F'",
      ],
      [
        "share of women among cancellations",
        "SELECT 100 * avg((renter_sex = 'F')::INT) FROM data WHERE isCancelled = 'Y'",
      ],
      [
        "share of women by depot",
        "SELECT depot, 100 * avg((renter_sex = 'F')::INT) FROM data GROUP BY 1",
        /100 % is the number of rows of each depot\./,
      ],
    ],
  ],
  [
    "crossings",
    [
      [
        "what percentage of tickets were paid by voucher",
        `SELECT 100 * count(DISTINCT ticket_no) FILTER (WHERE payment_method = 'Voucher') / count(DISTINCT ticket_no) FROM data`,
        /100 % is the number of different ticket no\./,
      ],
    ],
  ],
  [
    "works",
    [
      [
        "share of roof time by site",
        `SELECT "Site", 100 * sum("Duration (min)") FILTER (WHERE "Trade" = 'Roof') / sum("Duration (min)") FROM data GROUP BY 1`,
        /“time” is read as Duration/,
      ],
    ],
  ],
];

for (const [file, asked] of answers)
  suite(`shares of ${file}`, () => {
    let table: LoadedTable;

    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${file}.csv`), file);
    });

    after(() => table.remove());

    testAnswers(() => table, asked);

    if (file === "rentals")
      test("the title says what the whole is", () => {
        const question = "share of cancelled rentals on weekends";
        const { title } = planOffline({ question, type: undefined, tables: [table.plannable] });
        assert.match(title, /is Y \(%\) among rows where Part of the week/);
      });
  });
