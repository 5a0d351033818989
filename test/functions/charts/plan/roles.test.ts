import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const answers: [what: string, answers: Answer[]][] = [
  [
    "what rows are numbered by is counted and never added up",
    [
      ["jobs per month", "SELECT date_trunc('month', \"Date in\")::DATE, count(*) FROM data GROUP BY 1"],
      ["how many jobs did Sam do", "SELECT count(*) FROM data WHERE Mechanic = 'Sam'"],
      ["which mechanic does the most jobs", "SELECT Mechanic, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
      ["jobs by bay", "SELECT Bay, count(*) FROM data GROUP BY 1"],
      ["charge by bay", 'SELECT Bay, sum("Charge (£)") FROM data GROUP BY 1'],
    ],
  ],
  [
    "the unit of a column says whether it adds up",
    [
      ["labour by mechanic", 'SELECT Mechanic, sum("Labour (h)") FROM data GROUP BY 1'],
      ["parts by type of work", 'SELECT "Type of work", sum("Parts (£)") FROM data GROUP BY 1'],
      ["rate by mechanic", 'SELECT Mechanic, avg("Rate (£/h)") FROM data GROUP BY 1'],
      ["wait by mechanic", 'SELECT Mechanic, avg("Wait (min)") FROM data GROUP BY 1'],
      ["odometer by type of work", 'SELECT "Type of work", avg("Odometer reading") FROM data GROUP BY 1'],
      ["rating per type of work", 'SELECT "Type of work", avg("Rating /5") FROM data GROUP BY 1'],
      ["parts fitted by mechanic", 'SELECT Mechanic, sum("Parts fitted (pcs)") FROM data GROUP BY 1'],
    ],
  ],
  [
    "a column called after what was done tells who did it or how, and not what it was",
    [
      ["bookings by month", "SELECT date_trunc('month', \"Date in\")::DATE, count(*) FROM data GROUP BY 1"],
      ["how many bookings were made by Kim", "SELECT count(*) FROM data WHERE \"Booked by\" = 'Kim'"],
      ["jobs by booked by", 'SELECT "Booked by", count(*) FROM data GROUP BY 1'],
    ],
  ],
  [
    "a name is said in other orders, and its unit is no other column",
    [
      ["average waiting time by mechanic", 'SELECT Mechanic, avg("Wait (min)") FROM data GROUP BY 1'],
      [
        "top 3 mechanics by parts amount",
        'SELECT Mechanic, sum("Parts (£)") FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 3',
      ],
      [
        "complaint reasons",
        'SELECT "Complaint reason", count(*) FROM data WHERE "Complaint reason" IS NOT NULL GROUP BY 1',
        /rows without Complaint reason are left out/,
      ],
      [
        "share of brakes vs tyres",
        "SELECT \"Type of work\", count(*) FROM data WHERE \"Type of work\" IN ('Brakes', 'Tyres') GROUP BY 1",
      ],
    ],
  ],
];

for (const [what, asked] of answers)
  suite(what, () => {
    let garage: LoadedTable;

    before(async () => {
      garage = await LoadedTable.load(join(fixtures, "garage.csv"), "garage");
    });

    after(() => garage.remove());

    testAnswers(() => garage, asked);
  });
