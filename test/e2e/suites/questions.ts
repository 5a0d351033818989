import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { type Cell, type Dataset, operations } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

/** Questions in plain words get the right numbers, or an honest no with questions that do work. */
export function questions(stack: Stack): void {
  suite("questions", () => {
    let ann: Person;
    let films: Dataset;
    before(async () => {
      ann = await stack.signIn("ann@questions.example");
      films = await ann.upload("movies.csv", movies);
    });

    const answers: [question: string, type: string, rows: Cell[][]][] = [
      [
        "average rating by genre",
        "bar",
        [
          ["Drama", 7.8667],
          ["Thriller", 7.2],
          ["Adventure", 7.0667],
          ["Comedy", 6.4],
        ],
      ],
      [
        "Total box office per director",
        "bar",
        [
          ["Mary Okafor", 711_100_000],
          ["Lin Zhao", 112_600_000],
          ["Inés Marchetti", 109_700_000],
          ["Sam Fenn", 71_800_000],
          ["Jonas Weidner", 55_200_000],
        ],
      ],
      [
        "number of movies per year",
        "line",
        [
          [2016, 2],
          [2017, 2],
          [2018, 3],
          [2019, 2],
          [2020, 1],
          [2021, 2],
        ],
      ],
      [
        "top 3 titles by votes",
        "bar",
        [
          ["Ten Degrees East", 61_200],
          ["Runaway Orbit", 55_010],
          ["Copper Sky", 40_120],
        ],
      ],
      ["how many movies are there", "stat", [[12]]],
      ["highest rating", "stat", [[8.3]]],
    ];
    for (const [question, type, rows] of answers) {
      test(question, async () => {
        const chart = await ann.ask(films, question);
        assert.deepEqual(
          chart.result.rows.map((row) =>
            row.map((cell) => (typeof cell === "number" ? Number(cell.toFixed(4)) : cell)),
          ),
          rows,
          chart.sql,
        );
        assert.equal(chart.type, type);
        assert.equal(chart.question, question);
        assert.equal(chart.planner, "offline");
        assert.ok(chart.title !== "" && chart.explanation !== "");
        assert.equal(chart.data.datasets[0]?.data.length, rows.length);
      });
    }

    test("a reading that may be doubted comes with the question for the other one", async () => {
      const { doubts, assumptions } = await ann.ask(films, "drama vs comedy");
      assert.deepEqual(doubts, [
        {
          text: "The rows are counted, since the question names no quantity.",
          alternatives: [{ label: "total votes", question: "total votes drama vs comedy" }],
        },
      ]);
      assert.ok(assumptions.includes(doubts[0]?.text ?? ""));
      const other = await ann.ask(films, "total votes drama vs comedy");
      assert.deepEqual(other.doubts, []);
      const sql = await ann.ok(operations.updateChart, {
        params: { chartId: (await ann.ask(films, "drama vs comedy")).id },
        body: { sql: "SELECT 1 AS one" },
      });
      assert.deepEqual(sql.doubts, [], "the doubts were about the question");
    });

    test("a wanted type is heeded", async () => {
      const body = { datasetIds: [films.id], question: "number of movies by genre", type: "doughnut" };
      const chart = await ann.ok(operations.createChart, { body });
      assert.equal(chart.type, "doughnut");
    });

    for (const question of ["how many unicorns per galaxy", "average temperature by city", "?!", "🙂"]) {
      test(`"${question}" is not answered from thin air`, async () => {
        const body = { datasetIds: [films.id], question };
        const expected = { status: 422, kind: "unanswerable" } as const;
        const { suggestions, detail } = await ann.refused(operations.createChart, { body }, expected);
        assert.ok(detail !== "" && suggestions.length > 0);
        for (const suggestion of suggestions) {
          const { result } = await ann.ask(films, suggestion);
          assert.ok(result.rows.length > 0, suggestion);
        }
      });
    }

    test("a question is words, whatever it looks like", async () => {
      const question = "total votes by genre'; DROP TABLE data; --";
      const response = await ann.send(operations.createChart, { body: { datasetIds: [films.id], question } });
      assert.ok(response.status === 201 || response.status === 422, String(response.status));
      assert.equal((await ann.ok(operations.listRows, { params: { datasetId: films.id } })).rows.length, 12);
    });
  });
}
