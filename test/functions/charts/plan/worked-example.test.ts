import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { LoadedTable } from "./loaded-table.ts";

/** What the README says that one can ask, and the page's own example, which a newcomer asks it of. */
const example = join(import.meta.dirname, "../../../../web/public/examples/movies.csv");

const answers = [
  ["average rating by genre", "bar", "SELECT genre, avg(rating) FROM data GROUP BY 1 ORDER BY 2 DESC, 1"],
  ["number of movies per year", "line", "SELECT year(released), count(*) FROM data GROUP BY 1 ORDER BY 1"],
  ["top 5 movies by budget", "bar", "SELECT title, budget_millions FROM data ORDER BY 2 DESC LIMIT 5"],
  ["5 movies with the biggest budget", "bar", "SELECT title, budget_millions FROM data ORDER BY 2 DESC LIMIT 5"],
  ["budget vs rating", "scatter", "SELECT rating, budget_millions FROM data"],
  [
    "top 2 movies in each genre by rating",
    "table",
    "SELECT title, genre, rating FROM data QUALIFY row_number() OVER (PARTITION BY genre ORDER BY rating DESC) <= 2 ORDER BY 2, 3 DESC",
  ],
  [
    "budget growth year over year",
    "line",
    "SELECT year(released), 100 * (sum(budget_millions) / lag(sum(budget_millions)) OVER (ORDER BY year(released)) - 1) FROM data GROUP BY 1 ORDER BY 1",
  ],
  [
    "average rating of drama vs comedy since 2015",
    "bar",
    "SELECT genre, avg(rating) FROM data WHERE genre IN ('Drama', 'Comedy') AND year(released) >= 2015 GROUP BY 1 ORDER BY 2 DESC",
  ],
  ["distribution of rating", "histogram", "SELECT floor(rating), count(*) FROM data GROUP BY 1 ORDER BY 1"],
] as const;

suite("the worked example", () => {
  let movies: LoadedTable;
  before(async () => {
    movies = await LoadedTable.load(example, "movies");
  });
  after(() => movies.remove());

  for (const [question, type, sql] of answers) {
    test(question, async () => {
      const plan = planOffline({ question, type: undefined, tables: [movies.plannable] });
      assert.equal(plan.type, type);
      assert.deepEqual(await movies.rows(plan.sql), await movies.rows(sql));
    });
  }

  test("how many unicorns per galaxy", () => {
    const ask = () =>
      planOffline({ question: "how many unicorns per galaxy", type: undefined, tables: [movies.plannable] });
    assert.throws(ask, /The data has nothing called/);
  });
});
