import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Questions as people type them, about sales of tickets of which each has several rows. */
const aboutCrossings: [kind: string, answers: Answer[]][] = [
  [
    "who has most of something has the largest total",
    [
      [
        "who gets the most tips",
        "SELECT captain, sum(tip) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
        /as what there is most of/,
      ],
      [
        "which captain makes the most money",
        "SELECT captain, sum(price_eur) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      ],
      [
        "which captain sells the most bicycle tickets",
        "SELECT captain, sum(qty) FROM data WHERE fare_class = 'Bicycle' GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
      ],
      [
        "how many bicycles did we sell in 2023",
        "SELECT sum(qty) FROM data WHERE fare_class = 'Bicycle' AND year(sailed_at) = 2023",
      ],
    ],
  ],
  [
    "things of several rows are counted once, and averaged over their totals",
    [
      [
        "average bill by captain",
        "SELECT captain, sum(price_eur) / count(DISTINCT ticket_no) FROM data GROUP BY 1",
        /the total of price eur divided by the number of different ticket no/,
      ],
      ["average ticket value", "SELECT sum(price_eur) / count(DISTINCT ticket_no) FROM data"],
      ["tickets by captain", "SELECT captain, count(DISTINCT ticket_no) FROM data GROUP BY 1"],
      ["how many bicycle tickets", "SELECT count(DISTINCT ticket_no) FROM data WHERE fare_class = 'Bicycle'"],
    ],
  ],
];

suite("what people ask", () => {
  let crossings: LoadedTable;
  before(async () => {
    crossings = await LoadedTable.load(join(fixtures, "crossings.csv"), "Crossings");
  });
  after(() => crossings.remove());

  for (const [kind, answers] of aboutCrossings) suite(kind, () => testAnswers(() => crossings, answers));

  const refused: [question: string, why: RegExp][] = [];
  for (const [question, why] of refused)
    test(`${question} is refused`, () => {
      assert.throws(
        () => planOffline({ question, type: undefined, tables: [crossings.plannable] }),
        (error) => error instanceof Unanswerable && why.test(error.message),
      );
    });
});
