import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const asOf = "(SELECT greatest(max(billed_on), max(paid_on)) FROM data)";
const overdue = `paid_on IS NULL AND due_on < ${asOf}`;

/** Each has when it was billed, until when it is due, and when it was paid, if it was. */
const aboutInvoices: Answer[] = [
  [
    "how many unpaid invoices",
    "SELECT count(*) FROM data WHERE paid_on IS NULL",
    /“unpaid” is read as: paid on is empty/,
  ],
  [
    "invoices that haven't been paid yet by region",
    "SELECT region, count(*) FROM data WHERE paid_on IS NULL GROUP BY 1",
  ],
  ["how many invoices are still outstanding", "SELECT count(*) FROM data WHERE paid_on IS NULL"],
  ["pending amount by customer", "SELECT customer, sum(amount) FROM data WHERE paid_on IS NULL GROUP BY 1"],
  ["how much does Cedar owe us", "SELECT sum(amount) FROM data WHERE paid_on IS NULL AND customer = 'Cedar SA'"],
  ["how many invoices are settled", "SELECT count(*) FROM data WHERE paid_on IS NOT NULL"],
  [
    "overdue amount by customer",
    `SELECT customer, sum(amount) FROM data WHERE ${overdue} GROUP BY 1`,
    /paid on is empty and due on is before 2024-03-05 \(the last billed on\)/,
  ],
  ["how many invoices are not due yet", `SELECT count(*) FROM data WHERE paid_on IS NULL AND due_on >= ${asOf}`],
  ["how many invoices were paid late", "SELECT count(*) FROM data WHERE paid_on > due_on"],
  [
    "share of invoices paid on time by region",
    "SELECT region, 100 * avg((paid_on <= due_on)::INT) FROM data GROUP BY 1",
    /rows without paid on are neither/,
  ],
  ["paid vs unpaid invoices", "SELECT if(paid_on IS NULL, 'Not paid', 'Paid'), count(*) FROM data GROUP BY 1"],
  [
    "how many invoices due this month",
    "SELECT count(*) FROM data WHERE due_on BETWEEN '2024-03-01' AND '2024-03-31'",
    /the last day of the data, 2024-03-05/,
  ],
  [
    "payments per month",
    "SELECT CAST(date_trunc('month', paid_on) AS DATE), count(*) FROM data WHERE paid_on IS NOT NULL GROUP BY 1",
  ],
  ["oldest unpaid invoice", "SELECT invoice_no, billed_on FROM data WHERE paid_on IS NULL ORDER BY 2 LIMIT 1"],
  [
    ["unpaid invoices by customer", "only the north", "and overdue?"],
    `SELECT customer, count(*) FROM data WHERE ${overdue} AND region = 'North' GROUP BY 1`,
  ],
];

/** Each has when they were hired and, if they have, left. */
/** Of animals that came, and mostly left. */
const aboutShelter: Answer[] = [
  ["how many are still here", `SELECT count(*) FROM data WHERE "Outcome Date" IS NULL`],
  [
    "how many were returned to their owner by species",
    `SELECT "Species", count(*) FROM data WHERE "Outcome" = 'Return to Owner' GROUP BY 1`,
  ],
];

/** Of rents by month, in a table that is called after them. */
const aboutRents: Answer[] = [
  ["not paid yet by tenant", `SELECT "Tenant", count(*) FROM data WHERE "Paid on" IS NULL GROUP BY 1`],
  ["average rent by building", `SELECT "Building", avg("Net rent") FROM data GROUP BY 1`],
  ["how many rents", "SELECT count(*) FROM data"],
  [
    "are utilities getting more expensive",
    `SELECT CAST(strptime("Month" || '-01', '%Y-%m-%d') AS DATE), sum("Utilities") FROM data GROUP BY 1`,
  ],
  ["rent income by building", `SELECT "Building", sum("Amount paid") FROM data GROUP BY 1`],
  ["which tenant pays the most", `SELECT "Tenant", sum("Amount paid") FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`],
];

const aboutStaff: Answer[] = [
  ["how many active employees", "SELECT count(*) FROM data WHERE left_on IS NULL"],
  ["current employees by team", "SELECT team, count(*) FROM data WHERE left_on IS NULL GROUP BY 1"],
  ["how many people are still employed", "SELECT count(*) FROM data WHERE left_on IS NULL"],
  [
    "attrition rate by team",
    "SELECT team, 100 * avg((left_on IS NOT NULL)::INT) FROM data GROUP BY 1",
    /of whatever time/,
  ],
  ["average salary of employees who left", "SELECT avg(salary) FROM data WHERE left_on IS NOT NULL"],
  ["departures by team", "SELECT team, count(*) FROM data WHERE left_on IS NOT NULL GROUP BY 1"],
  ["new employees in 2023", "SELECT full_name FROM data WHERE year(hired) = 2023"],
  ["since when do we have employees", "SELECT min(hired) FROM data"],
  [
    "longest serving employee",
    "SELECT full_name, (epoch(coalesce(left_on, DATE '2023-11-30')) - epoch(hired)) / 31556952 FROM data ORDER BY 2 DESC LIMIT 1",
  ],
  ["hires per year", "SELECT year(hired), count(*) FROM data GROUP BY 1"],
];

suite("states that follow from when something ended", () => {
  let invoices: LoadedTable;
  let staff: LoadedTable;
  let orders: LoadedTable;
  let shelter: LoadedTable;
  let rents: LoadedTable;
  before(async () => {
    invoices = await LoadedTable.load(join(fixtures, "invoices.csv"), "Invoices");
    staff = await LoadedTable.load(join(fixtures, "staff.csv"), "Staff");
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "Orders");
    shelter = await LoadedTable.load(join(fixtures, "shelter.csv"), "Shelter");
    rents = await LoadedTable.load(join(fixtures, "rents.csv"), "Rents");
  });
  after(async () => {
    for (const table of [invoices, staff, orders, shelter, rents]) await table.remove();
  });

  testAnswers(() => invoices, aboutInvoices);
  testAnswers(() => staff, aboutStaff);
  testAnswers(() => shelter, aboutShelter);
  testAnswers(() => rents, aboutRents);

  test("are told as what the columns say", () => {
    assert.equal(converse(invoices, ["how many unpaid invoices"]).title, "Number of rows where paid on is missing");
    assert.equal(
      converse(invoices, ["how many invoices were paid late"]).title,
      "Number of rows where paid on is after due on",
    );
  });

  suite("are refused where no column tells them", () => {
    for (const question of [
      "unshipped orders by region",
      "overdue orders",
      "how many orders are still open",
      "orders delivered late",
    ])
      test(question, () => {
        assert.throws(() => converse(orders, [question]), Unanswerable);
      });
    test("outstanding amount", () => {
      assert.throws(
        () => converse(rents, ["outstanding amount"]),
        /Amount paid tells nothing of what is “outstanding”/,
      );
    });
    test("rents nobody paid", () => {
      assert.throws(() => converse(rents, ["rents nobody paid"]), Unanswerable);
    });
  });
});
