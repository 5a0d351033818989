import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { roleOf } from "../../../../functions/charts/plan/offline/roles.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const labels =
  "movies orders staff stock visits matches repairs pupils harvest ledger cashbook invoices rentals accounts".split(
    " ",
  );

suite("nothing that a question says is dropped in silence", () => {
  const tables = new Map<string, LoadedTable>();
  before(async () => {
    for (const label of labels) tables.set(label, await LoadedTable.load(join(fixtures, `${label}.csv`), label));
    tables.set("yield", await LoadedTable.load(join(fixtures, "harvest.csv"), "Yield"));
  });
  after(async () => {
    for (const table of tables.values()) await table.remove();
  });

  const tableOf = (label: string): LoadedTable => {
    const table = tables.get(label);
    assert.ok(table);
    return table;
  };
  const plan = (label: string, question: string) =>
    planOffline({ question, type: undefined, tables: [tableOf(label).plannable] });

  for (const label of labels)
    test(`every column that a question names is in the SQL, or told, or the question is refused: ${label}`, () => {
      const { columns, rowCount } = tableOf(label).plannable;
      const named = (role: string) => columns.filter((column) => roleOf(column, rowCount).role === role);
      for (const { name: measure } of named("measure"))
        for (const { name: group } of named("dimension"))
          for (const question of [
            `${measure} by ${group}`,
            `which ${group} has the least ${measure}`,
            `${group} ranked by ${measure}`,
            `share of ${measure} by ${group}`,
            `does ${measure} affect ${group}`,
            `difference in ${measure} between ${group}`,
            `top 3 ${group} by ${measure}`,
            `${group} with the highest ${measure} per year`,
          ])
            try {
              const { sql, assumptions } = plan(label, question);
              for (const column of [measure, group]) {
                const told = [sql, ...assumptions].some((text) => text.includes(column));
                assert.ok(told, `${question}: ${column} is lost\n${sql}`);
              }
            } catch (error) {
              if (!(error instanceof Unanswerable)) throw error;
            }
    });

  suite("what is meant is shown", () => {
    for (const [label, question, sql] of [
      ["yield", "yield by crop", "SELECT crop, sum(yield_t) FROM data GROUP BY 1"],
      [
        "yield",
        "which farm has the least yield",
        "SELECT farm, sum(yield_t) s FROM data GROUP BY 1 ORDER BY s LIMIT 1",
      ],
      ["harvest", "does water affect yield", "SELECT water_m3, yield_t FROM data"],
      ["pupils", "schools ranked by science", 'SELECT School, avg("Science Score") FROM data GROUP BY 1'],
      ["staff", "conversions per city", "SELECT city, sum(conversions) FROM data GROUP BY 1"],
      ["pupils", "pupils split by school", "SELECT School, count(*) FROM data GROUP BY 1"],
      ["pupils", "rank schools by math", 'SELECT School, avg("Math Score") FROM data GROUP BY 1'],
      ["pupils", "share of students by school", "SELECT School, count(*) FROM data GROUP BY 1"],
    ] as const)
      test(question, async () => {
        const table = tableOf(label);
        const planned = plan(label, question).sql;
        assert.deepEqual(await table.unordered(planned), await table.unordered(sql), planned);
      });
  });

  suite("one word for several columns", () => {
    const goals = "home_goals + away_goals";
    for (const [label, question, sql] of [
      ["matches", "goals by venue", `SELECT venue, sum(${goals}) FROM data GROUP BY 1`],
      ["matches", "average goals per match", `SELECT avg(${goals}) FROM data`],
      ["matches", "how many matches with more than 4 goals", `SELECT count(*) FROM data WHERE ${goals} > 4`],
      ["matches", "goal difference by venue", "SELECT venue, sum(home_goals - away_goals) FROM data GROUP BY 1"],
      ["matches", "goals by home team", "SELECT home_team, sum(home_goals) FROM data GROUP BY 1"],
      [
        "pupils",
        "average scores in all subjects by school",
        'SELECT School, avg("Math Score"), avg("Reading Score"), avg("Science Score") FROM data GROUP BY 1',
      ],
    ] as const)
      test(`${question}: all of them, as the words go together`, async () => {
        const table = tableOf(label);
        const planned = plan(label, question).sql;
        assert.deepEqual(await table.unordered(planned), await table.unordered(sql), planned);
      });

    test("where only one can be used, the choice is told, and the others are offered as questions", () => {
      const { sql, assumptions, doubts } = plan("pupils", "top student by score");
      assert.match(sql, /avg\("Math Score"\)/);
      assert.deepEqual(doubts, [
        {
          text: "“score” is read as Math Score, not as Reading Score or Science Score.",
          alternatives: [
            { label: "Reading Score", question: "top student by Reading Score" },
            { label: "Science Score", question: "top student by Science Score" },
          ],
        },
      ]);
      assert.ok(assumptions.includes(doubts[0]?.text ?? ""));
    });

    for (const question of ["goals scored by each team", "how many matches did each team play"])
      test(`columns of the same names are no groups, and the refusal says how to ask: ${question}`, () => {
        assert.throws(
          () => plan("matches", question),
          (error) =>
            error instanceof Unanswerable &&
            /may be home team or away team/.test(error.message) &&
            error.suggestions[0] === question.replace("team", "home team"),
        );
      });
  });

  suite("money that comes in and goes out in one column", () => {
    const out = "sum(-amount_eur)";
    for (const [question, sql] of [
      ["spending by category", `SELECT category, ${out} FROM data WHERE amount_eur < 0 GROUP BY 1`],
      ["biggest expense", "SELECT -min(amount_eur) FROM data"],
      ["how much did I spend on travel", `SELECT ${out} FROM data WHERE category = 'Travel'`],
      ["income by account", "SELECT account, sum(amount_eur) FROM data WHERE amount_eur > 0 GROUP BY 1"],
      [
        "income vs spending by account",
        "SELECT account, sum(greatest(amount_eur, 0)), sum(greatest(-amount_eur, 0)) FROM data GROUP BY 1",
      ],
      ["money in and money out", "SELECT sum(greatest(amount_eur, 0)), sum(greatest(-amount_eur, 0)) FROM data"],
      ["net by account", "SELECT account, sum(amount_eur) FROM data GROUP BY 1"],
      ["average rent", "SELECT avg(amount_eur) FROM data WHERE category = 'Rent'"],
      ["how many expenses over 850", "SELECT count(*) FROM data WHERE amount_eur < -850"],
    ] as const)
      test(question, async () => {
        const table = tableOf("accounts");
        const planned = plan("accounts", question).sql;
        assert.deepEqual(await table.unordered(planned), await table.unordered(sql), planned);
      });

    test("what was left out is told, and the whole is offered", () => {
      const [doubt] = plan("accounts", "spending by category").doubts;
      assert.match(doubt?.text ?? "", /Expenses is what goes out, told without its sign, of amount eur/);
      assert.deepEqual(doubt?.alternatives, [{ label: "amount eur", question: "amount eur by category" }]);
    });
  });

  test("what is compared for want of a quantity is told, and the number of rows is offered", () => {
    const { doubts } = plan("accounts", "groceries vs travel");
    assert.deepEqual(doubts, [
      {
        text: "They are compared by amount eur, since no measure is named.",
        alternatives: [{ label: "number of rows", question: "number of rows groceries vs travel" }],
      },
    ]);
    assert.deepEqual(plan("orders", "orders by region").doubts, []);
  });

  suite("a word that may be what is asked for is not left out", () => {
    for (const [label, question, said] of [
      ["pupils", "does homework affect math", "affect"],
      ["orders", "sales index by region", "index"],
      ["orders", "share of female customers", "female"],
      ["orders", "outstanding sales by region", "outstanding"],
      ["staff", "which team is happiest", "happiest"],
      ["movies", "which movies need editing", "editing"],
      ["staff", "which team got the most", "the most"],
      ["orders", "top 10 orders", "top"],
      ["matches", "venues per match", "venues per match"],
      ["accounts", "average by account", "average"],
    ] as const)
      test(question, () => {
        assert.throws(
          () => plan(label, question),
          (error) => error instanceof Unanswerable && error.message.includes(said) && error.suggestions.length > 0,
        );
      });

    for (const [label, question] of [
      ["movies", "a nice overview of gross by genre please"],
      ["movies", "average rating for all the films in the store"],
      ["staff", "how many people does each manager supervise"],
      ["orders", "sales amounts by region type"],
    ] as const)
      test(`but what changes nothing is passed over: ${question}`, () => {
        assert.ok(plan(label, question).sql);
      });
  });
});
