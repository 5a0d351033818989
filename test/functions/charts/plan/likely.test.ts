import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions in words that the table does not have, of which each can only mean one thing in it. */
const likely: Answer[] = [
  [
    "revenue by customer",
    "SELECT acct_name, sum(Fee) FROM data GROUP BY 1",
    /“revenue” is read as Fee.*“customer” is read as acct name/,
  ],
  ["which captain earns the most", "SELECT captain, sum(Fee) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
  ["which captain earns the least", "SELECT captain, sum(Fee) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1"],
  ["top 2 captains by revenue", "SELECT captain, sum(Fee) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 2"],
  ["income per town", "SELECT Location, sum(Fee) FROM data GROUP BY 1", /“town” is read as Location/],
  [
    ["revenue by month", "only luxury"],
    "SELECT CAST(date_trunc('month', sailed_on) AS DATE), sum(Fee) FROM data WHERE svc_lvl = 'luxury' GROUP BY 1",
  ],
  ["average waight by service level", "SELECT svc_lvl, avg(wt_kg) FROM data GROUP BY 1"],
  ["kilometres per captain", "SELECT captain, sum(dist_km) FROM data GROUP BY 1"],
  [
    "how many people did we take out in 2023",
    "SELECT sum(guests) FROM data WHERE year(sailed_on) = 2023",
    /“people” is read as guests/,
  ],
  ["how much did Piet bring in", "SELECT sum(Fee) FROM data WHERE captain = 'Piet'", /“how much” is read as Fee/],
  ["how much did we earn per guest", "SELECT sum(Fee) / sum(guests) FROM data"],
  [
    "where do most guests come from",
    "SELECT Location, sum(guests) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    /“where” is read as Location/,
  ],
  ["where do our charters start", "SELECT Location, count(*) FROM data GROUP BY 1"],
  ["total kilometers sailed per boat", "SELECT boat, sum(dist_km) FROM data GROUP BY 1"],
  ["idle by line", "SELECT ferry_line, avg(idle_min) FROM data GROUP BY 1", /“line” is read as ferry line/],
  ["hours of idle in total", "SELECT sum(idle_min / 60.0) FROM data"],
  ["average price per night", 'SELECT avg("Rate/Night") FROM data', /“price” is read as Rate\/Night/],
  ["total captains per location", "SELECT Location, count(DISTINCT captain) FROM data GROUP BY 1"],
  ["fee per ship", "SELECT boat, sum(Fee) FROM data GROUP BY 1", /“ship” is read as boat/],
  [
    "how much money did we make per month",
    "SELECT CAST(date_trunc('month', sailed_on) AS DATE), sum(Fee) FROM data GROUP BY 1",
  ],
  [
    "bookings per month",
    "SELECT CAST(date_trunc('month', sailed_on) AS DATE), count(*) FROM data GROUP BY 1",
    /“bookings” are read as the rows of the table/,
  ],
  ["how many luxury trips have we had so far", "SELECT count(*) FROM data WHERE svc_lvl = 'luxury'"],
  [
    "latest job of Piet",
    "SELECT charter, sailed_on FROM data WHERE captain = 'Piet' ORDER BY 2 DESC LIMIT 1",
    /“job” is read as a row/,
  ],
  [
    "how much do we actually charge in Husum",
    "SELECT sum(Fee) FROM data WHERE Location = 'Husum'",
    /“actually” was not understood and is not part/,
  ],
  ["averge fee by captian", "SELECT captain, avg(Fee) FROM data GROUP BY 1", /“averge” is read as “average”/],
  [
    "montly fee",
    "SELECT CAST(date_trunc('month', sailed_on) AS DATE), sum(Fee) FROM data GROUP BY 1",
    /“montly” is read as “monthly”/,
  ],
  [
    "how many charters in septmeber 2023",
    "SELECT count(*) FROM data WHERE year(sailed_on) = 2023 AND month(sailed_on) = 9",
  ],
  ["which boat sails most often", "SELECT boat, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
];

/** Questions about what the data does not have, however near something of it may be. */
const absent = [
  "occupancy rate",
  "cancellation rate by boat",
  "drivers with the most charters",
  "who earns the most",
  "profit by captain",
  "profit margin",
  "average salary by captain",
  "average age of captains",
  "customer satisfaction by boat",
  "discount by location",
  "fuel consumption by boat",
  "expected revenue per country",
  "late fee revenue by boat",
  "conversion rate by location",
  "how many volunteers by boat",
  "books by captain",
  "shoes by captain",
  "charters by county court",
  "which boat comes back most",
];

/** What a superlative, a unit or a sign of money leaves to be said, where one thing of the table is by far the likeliest. */
const leftOpen: Record<string, Answer[]> = {
  invoices: [
    [
      "biggest customers",
      "SELECT customer, sum(amount) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
      /“biggest” is read as that of amount/,
    ],
    ["top 3 biggest amounts", "SELECT invoice_no, amount FROM data ORDER BY 2 DESC LIMIT 3"],
    ["most expensive invoice", "SELECT invoice_no, amount FROM data ORDER BY 2 DESC LIMIT 1"],
    ["how many invoices under €500", "SELECT count(*) FROM data WHERE amount < 500", /“€500” is compared with amount/],
  ],
  visits: [
    ["whos the busiest physician", "SELECT physician, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1"],
    ["how many visits under €500", "SELECT count(*) FROM data WHERE charges_usd < 500"],
    ["smallest department", "SELECT department, count(*) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1", /number of rows/],
  ],
  works: [["how many works over 2 hours", 'SELECT count(*) FROM data WHERE "Duration (min)" > 120']],
  lines: [
    ["pieces sold per item", "SELECT item, sum(qty) FROM data GROUP BY 1"],
    ["cancellations by item", "SELECT item, count(*) FROM data WHERE status = 'cancelled' GROUP BY 1"],
  ],
  rentals: [["how much energy did we sell per depot", "SELECT depot, sum(energy_kwh) FROM data GROUP BY 1"]],
  charters: [["longest charters top 3", "SELECT charter, dist_km FROM data ORDER BY 2 DESC LIMIT 3"]],
};

suite("words that can only mean one thing of a table", () => {
  let table: LoadedTable;
  before(async () => {
    table = await LoadedTable.load(join(fixtures, "charters.csv"), "charters");
  });
  after(() => table.remove());

  testAnswers(() => table, likely);

  test("how they are read is a doubt, with another reading beside it", () => {
    const { doubts } = converse(table, ["revenue by boat"]);
    assert.equal(doubts[0]?.text, "“revenue” is read as Fee.");
    const [other] = doubts[0]?.alternatives ?? [];
    assert.ok(other);
    assert.notEqual(converse(table, [other.question]).sql, converse(table, ["revenue by boat"]).sql);
  });

  for (const question of absent)
    test(`${question} is refused`, () => {
      assert.throws(() => planOffline({ question, type: undefined, tables: [table.plannable] }), Unanswerable);
    });
});

for (const [name, answers] of Object.entries(leftOpen))
  suite(`what is left open about ${name}`, () => {
    let table: LoadedTable;
    before(async () => {
      table = await LoadedTable.load(join(fixtures, `${name}.csv`), name);
    });
    after(() => table.remove());
    testAnswers(() => table, answers);
  });
