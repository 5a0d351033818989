import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type Answer, converse, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const taking: Answer[] = [
  ["stays per month", "SELECT CAST(date_trunc('month', Arrival) AS DATE), count(*) FROM data GROUP BY 1"],
  ["shop takings in 2025 for Loft", "SELECT sum(\"Shop (€)\") FROM data WHERE Room = 'Loft' AND year(Arrival) = 2025"],
  [
    "which day of the week is busiest",
    "SELECT strftime(Arrival, '%a'), count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
  ],
];
const arranged: Answer[] = [
  ["how many were booked in march 2025", "SELECT count(*) FROM data WHERE date_trunc('month', Booked) = '2025-03-01'"],
];

suite("of several dates, that of the occasion", () => {
  let table: LoadedTable;
  before(async () => {
    table = await LoadedTable.load(join(fixtures, "farm-stays.csv"), "farm stays");
  });
  after(() => table.remove());
  testAnswers(() => table, [...taking, ...arranged]);

  test("is told as a doubt, with the day of booking beside it", () => {
    for (const [question] of taking) {
      const doubt = converse(table, [question].flat()).doubts.find(({ text }) => /Time is taken/.test(text));
      assert.match(doubt?.text ?? "", /from Arrival, not from Booked/);
      if (!/2025/.test(String(question)))
        assert.ok(
          doubt?.alternatives.some(({ label }) => label === "by Booked"),
          String(question),
        );
    }
  });

  test("is in doubt where bookings are counted", () => {
    const doubts = converse(table, ["bookings per month"]).doubts;
    assert.ok(doubts.some(({ alternatives }) => alternatives.some(({ label }) => label === "by Arrival")));
  });
});
