import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Driving lessons: when each was booked, and the times of day that it began and ended at. */
const aboutLessons: Answer[] = [
  ["how many lessons before 10am", `SELECT count(*) FROM data WHERE "Start" < '10:00'`, /goes by Start/],
  ["how many lessons start after 6pm", `SELECT count(*) FROM data WHERE "Start" >= '18:00'`],
  ["lessons ending after 8pm", `SELECT "Lesson No" FROM data WHERE "End" >= '20:00'`],
  ["lessons booked before 9am", `SELECT "Lesson No" FROM data WHERE hour("Booked at") < 9`],
  ["who comes the most", `SELECT "Pupil", count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`],
  [
    "which pupil has the least per mile",
    `SELECT "Pupil", sum("Fee (£)") / sum("Miles") FROM data GROUP BY 1 ORDER BY 2 LIMIT 1`,
    /no measure is named/,
  ],
  ["lessons in the morning", `SELECT "Lesson No" FROM data WHERE "Start" >= '06:00' AND "Start" < '12:00'`],
  ["fees by time of day", `SELECT hour("Start"), sum("Fee (£)") FROM data GROUP BY 1`],
  ["what is the busiest time of day", `SELECT hour("Start"), count(*) FROM data GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1`],
];

/** Rents and repairs: sums of one row beside each other. */
const aboutMending: Answer[] = [
  ["parts vs labour", `SELECT sum("Parts (€)"), sum("Labour (€)") FROM data`],
  [
    "parts vs labour by month",
    `SELECT date_trunc('month', "Date In")::DATE, sum("Parts (€)"), sum("Labour (€)") FROM data GROUP BY 1`,
  ],
  ["relationship between parts and labour", `SELECT "Parts (€)", "Labour (€)" FROM data`],
];

const aboutRents: Answer[] = [
  [
    "net rent vs utilities by month",
    `SELECT strptime("Month", '%Y-%m')::DATE, sum("Net rent"), sum("Utilities") FROM data GROUP BY 1`,
  ],
  [
    "net rent vs amount actually paid by month",
    `SELECT strptime("Month", '%Y-%m')::DATE, sum("Net rent"), sum("Amount paid") FROM data GROUP BY 1`,
  ],
];

/** Members with a fee of each month, of whom some have left. */
const aboutMemberships: Answer[] = [
  ["what do we take per month", `SELECT sum("Monthly fee") FROM data WHERE "Left" IS NULL`, /for each row/],
  [
    "what do we take per month by plan",
    `SELECT "Plan", sum("Monthly fee") FROM data WHERE "Left" IS NULL GROUP BY 1`,
    /for each row/,
  ],
];

const tables = { memberships: aboutMemberships, lessons: aboutLessons, mending: aboutMending, rents: aboutRents };

for (const [name, answers] of Object.entries(tables))
  suite(`what is asked every day about ${name}`, () => {
    let table: LoadedTable;
    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${name}.csv`), name);
    });
    after(() => table.remove());
    testAnswers(() => table, answers);
  });
