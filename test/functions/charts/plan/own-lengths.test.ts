import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const tables: Record<string, Answer[]> = {
  callouts: [
    ["how long does each type take", 'SELECT Type, avg("Duration (min)") FROM data GROUP BY 1', /Duration/],
    ["how long is a visit", 'SELECT avg("Duration (min)") FROM data'],
    ["how long is the drive", 'SELECT avg("Drive time (min)") FROM data'],
    [
      "how long do boiler jobs take by engineer",
      "SELECT Engineer, avg(\"Duration (min)\") FROM data WHERE Type = 'Boiler' GROUP BY 1",
    ],
    ["how long does it take from log to visit", `SELECT avg("Visit date" - Logged) FROM data`],
    ["how many days does it take from log to visit", `SELECT avg("Visit date" - Logged) FROM data`],
  ],
  "farm-stays": [
    ["how long does cleaning take by room", 'SELECT Room, avg("Cleaning (hrs)") FROM data GROUP BY 1'],
    ["how long is cleaning on average", 'SELECT avg("Cleaning (hrs)") FROM data'],
    ["how long are stays on average", "SELECT avg(Departure - Arrival) FROM data"],
  ],
};

for (const [name, answers] of Object.entries(tables))
  suite(`how long it takes, of ${name}`, () => {
    let table: LoadedTable;
    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${name}.csv`), name);
    });
    after(() => table.remove());
    testAnswers(() => table, answers);
  });
