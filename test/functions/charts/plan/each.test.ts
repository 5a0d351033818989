import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const firstStay = `("Guest Name", "Arrival") IN (SELECT "Guest Name", min("Arrival") FROM data GROUP BY 1)`;
const nights = `date_diff('day', "Arrival", "Departure")`;

const aboutStays: Answer[] = [
  // What is told of somebody by all their rows.
  ["new guests per year", `SELECT year(Arrival), count(DISTINCT "Guest Name") FROM data WHERE ${firstStay} GROUP BY 1`],
  [
    "how many guests came for the first time in 2023",
    `SELECT count(DISTINCT "Guest Name") FROM data WHERE ${firstStay} AND year(Arrival) = 2023`,
    /first Arrival in the data/,
  ],
  ["repeat guests", `SELECT "Guest Name" FROM data GROUP BY 1 HAVING count(*) > 1`],
  ["guests who came more than 4 times", `SELECT "Guest Name" FROM data GROUP BY 1 HAVING count(*) > 4`],
  [
    "how many guests came more than twice",
    `SELECT count(*) FROM (SELECT "Guest Name" FROM data GROUP BY 1 HAVING count(*) > 2)`,
  ],
  ["when did each guest last arrive", `SELECT "Guest Name", max("Arrival") FROM data GROUP BY 1`],
  // Nights that no column counts.
  ["total price per night by room", `SELECT "Room", sum("Total Price") / sum(${nights}) FROM data GROUP BY 1`],
  ["nights by room", `SELECT "Room", sum(${nights}) FROM data GROUP BY 1`],
  ["bookings with more than 9 nights", `SELECT "Ref", "Total Price" FROM data WHERE ${nights} > 9`],
  ["stays longer than 9 days", `SELECT "Ref" FROM data WHERE "Status" = 'Stayed' AND ${nights} > 9`],
  // A number beside rows, and the time that they are from.
  ["bookings above 900", `SELECT "Ref" FROM data WHERE "Total Price" > 900`, /Total Price/],
  [
    "list bookings from march 2024",
    `SELECT "Ref" FROM data WHERE "Booked On" BETWEEN '2024-03-01' AND '2024-03-31'`,
    /not since then/,
  ],
  ["bookings from march 2024 on", `SELECT "Ref" FROM data WHERE "Booked On" >= '2024-03-01'`],
];

const today = `(SELECT max(greatest("Date In", "Date Out")) FROM data)`;

const aboutMending: Answer[] = [
  ["how many jobs are out of warranty", `SELECT count(*) FROM data WHERE "Warranty Until" < ${today}`, /is before/],
  [
    "repairs still under warranty by device",
    `SELECT "Device", count(*) FROM data WHERE "Warranty Until" >= ${today} GROUP BY 1`,
  ],
  [
    "which warranties expire in the next 90 days",
    `SELECT "Job No" FROM data WHERE "Warranty Until" > ${today} AND "Warranty Until" <= ${today} + 90`,
  ],
  [
    "how many jobs came in yesterday",
    `SELECT count(*) FROM data WHERE "Date In" = (SELECT max("Date In") - 1 FROM data)`,
    /the day before/,
  ],
  ["which repairs are still open", `SELECT "Job No" FROM data WHERE "Date Out" IS NULL`],
  ["quotes not accepted by device", `SELECT "Device", count(*) FROM data WHERE "Quote Accepted" = 'no' GROUP BY 1`],
  // A number of each row, and not of all rows of a kind; of a few kinds the rows are listed.
  ["devices with more than 2 earlier repairs", `SELECT "Job No", "Device" FROM data WHERE "Earlier Repairs" > 2`],
  ["which devices are out of warranty", `SELECT "Job No" FROM data WHERE "Warranty Until" < ${today}`],
  ["latest 5 jobs", `SELECT "Job No", "Customer" FROM data ORDER BY "Date In" DESC LIMIT 5`],
];

const aboutStalls: Answer[] = [
  ["what % of days were rainy", `SELECT 100.0 * count(*) FILTER ("Weather" = 'rain') / count(*) FROM data`],
  ["average takings on sunny days", `SELECT avg("Takings") FROM data WHERE "Weather" = 'sunny'`],
  ["which days had no waste", `SELECT "Day", "Pitch" FROM data WHERE "Waste (kg)" = 0`],
  ["what share of takings goes on wages", `SELECT 100 * sum("Wages") / sum("Takings") FROM data`],
  ["how much of the takings is spent on ingredients", `SELECT 100 * sum("Ingredients") / sum("Takings") FROM data`],
];

suite("what is told by several rows, by days and by parts of money, against SQL written by hand", () => {
  let stays: LoadedTable;
  let mending: LoadedTable;
  let stalls: LoadedTable;
  before(async () => {
    stays = await LoadedTable.load(join(fixtures, "lodgings.csv"), "Stays");
    mending = await LoadedTable.load(join(fixtures, "mending.csv"), "Repairs");
    stalls = await LoadedTable.load(join(fixtures, "stalls.csv"), "Stalls");
  });
  after(() => Promise.all([stays.remove(), mending.remove(), stalls.remove()]));

  suite("of stays", () => testAnswers(() => stays, aboutStays));
  suite("of repairs", () => testAnswers(() => mending, aboutMending));
  suite("of days at a market", () => testAnswers(() => stalls, aboutStalls));
});
