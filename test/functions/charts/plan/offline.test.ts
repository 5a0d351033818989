import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Cell, ChartType } from "../../../../contract/index.ts";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { suggestQuestions } from "../../../../functions/charts/plan/offline/suggest/suggest.ts";
import type { PlannableTable } from "../../../../functions/charts/plan/planner.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

type Answer = [question: string, type: ChartType, rows: Cell[][]];

// Sums, averages and counts were worked out apart from the product, row by row from the files.

const ratings: Cell[][] = [
  ["Drama", 7.7333],
  ["Action", 7.6],
  ["Thriller", 6.95],
  ["Comedy", 6.5],
];
const filmsByGenre: Cell[][] = [
  ["Drama", 4],
  ["Action", 3],
  ["Comedy", 3],
  ["Thriller", 2],
];
const grossByYear: Cell[][] = [
  [2015, 57_000_000],
  [2016, 318_000_000],
  [2017, 211_000_000],
  [2018, 30_000_000],
  [2019, 461_000_000],
  [2020, 9_000_000],
];

const aboutMovies: Answer[] = [
  ["average imdb rating by genre", "bar", ratings],
  ["AVERAGE IMDB RATING BY GENRE", "bar", ratings],
  ["average of imdb_rating by genre", "bar", ratings],
  ["average ratings by genres", "bar", ratings],
  ["avg rating genre", "bar", ratings],
  ["average imdb rating by gener", "bar", ratings],
  ["average imdb ratng by genre", "bar", ratings],
  ["What is the average IMDB rating for each genre?", "bar", ratings],
  [
    "total worldwide gross per director",
    "bar",
    [
      ["Li Wei", 880_000_000],
      ["Maria Rossi", 73_000_000],
      ["John Park", 72_000_000],
      ["Ana Silva", 61_000_000],
    ],
  ],
  ["how many movies are there", "stat", [[12]]],
  ["number of movies by genre", "bar", filmsByGenre],
  ["number_of_movies per Genre", "bar", filmsByGenre],
  ["pie chart of movies by genre", "pie", filmsByGenre],
  ["movies per genre as a doughnut", "doughnut", filmsByGenre],
  ["highest IMDB rating", "stat", [[8.8]]],
  ["lowest imdb rating", "stat", [[5.2]]],
  ["longest running time", "stat", [[150]]],
  ["median running time", "stat", [[112.5]]],
  ["how many different directors are there", "stat", [[4]]],
  ["number of distinct studios", "stat", [[3]]],
  [
    "movies per year",
    "line",
    [
      [2015, 2],
      [2016, 2],
      [2017, 2],
      [2018, 2],
      [2019, 3],
      [2020, 1],
    ],
  ],
  ["line chart of worldwide gross by year", "line", grossByYear],
  ["total worldwide gross by year of release date", "line", grossByYear],
  ["area chart of total worldwide gross by year", "area", grossByYear],
  [
    "top 3 movies by worldwide gross",
    "bar",
    [
      ["Glass Towers", 420_000_000],
      ["Iron Harbor", 310_000_000],
      ["Red Desert Run", 150_000_000],
    ],
  ],
  [
    "bottom 2 movies by imdb rating",
    "bar",
    [
      ["Bright Side", 5.2],
      ["Night Market", 6.1],
    ],
  ],
  ["which movie has the highest imdb rating", "table", [["Quiet Rivers", 8.8]]],
  ["longest movie", "table", [["Glass Towers", 150]]],
  ["shortest movie", "table", [["Bright Side", 92]]],
  ["latest movie", "table", [["Second Sun", "2020-02-14"]]],
  ["average rating of drama movies", "stat", [[7.7333]]],
  ["average running time of movies with rating above 7", "stat", [[123.6667]]],
  ["sum of worldwideGross for studio Lumen", "stat", [[103_000_000]]],
  ["number of movies with studio Orbit or Pinnacle", "stat", [[6]]],
  ["how many films did Ana Silva direct", "stat", [[4]]],
  ["how many movies before 2017", "stat", [[4]]],
  ["movies with imdb rating over 8", "table", [["Small Gods"], ["Glass Towers"], ["Quiet Rivers"]]],
  ["movies released in 2019", "table", [["Glass Towers"], ["Quiet Rivers"], ["Bright Side"]]],
  ["movies released after 2018", "table", [["Glass Towers"], ["Quiet Rivers"], ["Bright Side"], ["Second Sun"]]],
  ["show me all comedies", "table", [["Night Market"], ["Small Gods"], ["Bright Side"]]],
  ["movies by ana silva", "table", [["The Long Road"], ["Night Market"], ["Quiet Rivers"], ["Bright Side"]]],
  [
    "total gross by genre in 2019",
    "bar",
    [
      ["Action", 420_000_000],
      ["Comedy", 22_000_000],
      ["Drama", 19_000_000],
    ],
  ],
  [
    "average worldwideGross per Genre for Orbit",
    "bar",
    [
      ["Action", 293_333_333.3333],
      ["Thriller", 45_000_000],
    ],
  ],
  [
    "average rating by genre and studio",
    "bar",
    [
      ["Drama", "Lumen", 8.1],
      ["Action", "Orbit", 7.6],
      ["Comedy", "Lumen", 7.15],
      ["Thriller", "Pinnacle", 7.1],
      ["Drama", "Pinnacle", 7],
      ["Thriller", "Orbit", 6.8],
      ["Comedy", null, 5.2],
    ],
  ],
  [
    "distribution of running time",
    "histogram",
    [
      [90, 3],
      [100, 2],
      [110, 3],
      [120, 1],
      [130, 1],
      [140, 1],
      [150, 1],
    ],
  ],
];

const salesByRegion: Cell[][] = [
  ["East", 7497.5],
  ["West", 6850],
  ["South", 6780],
  ["North", 5974],
  [null, 84],
];

const aboutOrders: Answer[] = [
  ["total sales by region", "bar", salesByRegion],
  ["total sales by region as a table", "table", salesByRegion],
  ["share of sales by region", "pie", salesByRegion],
  [
    "total sales amount by product category",
    "bar",
    [
      ["Technology", 9892.5],
      ["Office Supplies", 9286.5],
      ["Furniture", 8006.5],
    ],
  ],
  [
    "what are the total sales for each product category, sorted from lowest to highest",
    "bar",
    [
      ["Furniture", 8006.5],
      ["Office Supplies", 9286.5],
      ["Technology", 9892.5],
    ],
  ],
  [
    "average sales by product category as pie chart",
    "pie",
    [
      ["Technology", 494.625],
      ["Office Supplies", 464.325],
      ["Furniture", 400.325],
    ],
  ],
  [
    "total quantity by product_category",
    "bar",
    [
      ["Office Supplies", 103],
      ["Technology", 101],
      ["Furniture", 98],
    ],
  ],
  [
    "average quantity per customer",
    "bar",
    [
      ["Evergreen", 5.9167],
      ["Foxglove", 5.8889],
      ["Acme Ltd", 5],
      ["Cedar & Co", 5],
      ["Blue Fox", 4.5333],
      ["Delta Foods", 4],
    ],
  ],
  [
    "median sales amount by region",
    "bar",
    [
      ["East", 557.5],
      ["West", 528.5],
      ["South", 503.5],
      ["North", 424],
      [null, 84],
    ],
  ],
  [
    "customer sales",
    "bar",
    [
      ["Blue Fox", 6655.5],
      ["Delta Foods", 5420],
      ["Evergreen", 4895.5],
      ["Cedar & Co", 3711],
      ["Foxglove", 3455],
      ["Acme Ltd", 3048.5],
    ],
  ],
  [
    "total sales by year",
    "line",
    [
      [2021, 13_595],
      [2022, 13_590.5],
    ],
  ],
  [
    "total sales by quarter",
    "line",
    [
      ["2021-01-01", 2093],
      ["2021-04-01", 3967.5],
      ["2021-07-01", 3061.5],
      ["2021-10-01", 4473],
      ["2022-01-01", 3803],
      ["2022-04-01", 3227.5],
      ["2022-07-01", 4944.5],
      ["2022-10-01", 1615.5],
    ],
  ],
  [
    "sales by month in 2022",
    "line",
    [
      ["2022-01-01", 885.5],
      ["2022-02-01", 1542.5],
      ["2022-03-01", 1375],
      ["2022-04-01", 1522.5],
      ["2022-05-01", 570.5],
      ["2022-06-01", 1134.5],
      ["2022-07-01", 1550],
      ["2022-08-01", 2024.5],
      ["2022-09-01", 1370],
      ["2022-10-01", 1615.5],
    ],
  ],
  [
    "number of orders by weekday",
    "bar",
    [
      ["Mon", 11],
      ["Tue", 12],
      ["Wed", 3],
      ["Thu", 10],
      ["Fri", 8],
      ["Sat", 8],
      ["Sun", 8],
    ],
  ],
  [
    "number of orders per region and year",
    "line",
    [
      [2021, "East", 8],
      [2021, "North", 9],
      [2021, "South", 9],
      [2021, "West", 7],
      [2021, null, 1],
      [2022, "East", 7],
      [2022, "North", 6],
      [2022, "South", 6],
      [2022, "West", 7],
    ],
  ],
  [
    "total sales for Evergreen and Acme Ltd by year",
    "line",
    [
      [2021, "Acme Ltd", 1327.5],
      [2021, "Evergreen", 3489.5],
      [2022, "Acme Ltd", 1721],
      [2022, "Evergreen", 1406],
    ],
  ],
  [
    "top 3 customers by total sales",
    "bar",
    [
      ["Blue Fox", 6655.5],
      ["Delta Foods", 5420],
      ["Evergreen", 4895.5],
    ],
  ],
  [
    "bottom 2 customers by number of orders",
    "bar",
    [
      ["Acme Ltd", 5],
      ["Cedar & Co", 9],
    ],
  ],
  ["which customer has the most orders", "bar", [["Blue Fox", 15]]],
  ["customer with the highest average quantity", "bar", [["Evergreen", 5.9167]]],
  ["customers with more than 10 orders", "table", [["Blue Fox"], ["Evergreen"]]],
  ["how many customers", "stat", [[6]]],
  ["how many different regions", "stat", [[4]]],
  ["maximum discount", "stat", [[15]]],
  ["what was the average discount in 2022", "stat", [[7.8846]]],
  ["sum of quantity", "stat", [[302]]],
  ["sales amount", "stat", [[27_185.5]]],
  ["total sales in 2021", "stat", [[13_595]]],
  ["average sales before June 2021", "stat", [[285.4643]]],
  ["number of orders in march 2021", "stat", [[2]]],
  ["number of orders since 2022-06-01", "stat", [[13]]],
  ["number of orders on 2021-06-13", "stat", [[1]]],
  ["number of orders with quantity over 5", "stat", [[29]]],
  ["number of orders with discount at least 10", "stat", [[33]]],
  ["number of orders where discount is 15", "stat", [[17]]],
  ["number of orders with sales under 100", "stat", [[7]]],
  ["number of orders from Evergreen or Foxglove", "stat", [[21]]],
  ["total sales of Furniture in the North region", "stat", [[1630]]],
  ["total sales except Furniture", "stat", [[19_179]]],
  ["orders with sales amount between 800 and 900", "table", [[1013], [1038], [1051], [1053], [1056]]],
  ["orders between 2021-01-01 and 2021-02-28", "table", [[1000], [1001], [1002], [1003], [1004], [1005], [1006]]],
  [
    "histogram of sales amount",
    "histogram",
    [
      [0, 15],
      [200, 8],
      [400, 17],
      [600, 15],
      [800, 5],
    ],
  ],
];

const tables = join(import.meta.dirname, "../../../../../shared/data/tables");

suite("questions planned without a model", () => {
  let movies: LoadedTable;
  let orders: LoadedTable;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "plan-offline-"));
    movies = await LoadedTable.load(join(fixtures, "movies.csv"), "Movies");
    orders = await LoadedTable.load(join(fixtures, "orders.csv"), "Orders");
  });
  after(async () => {
    await movies.remove();
    await orders.remove();
    await rm(folder, { recursive: true });
  });

  const planOf = (table: LoadedTable, question: string) =>
    planOffline({ question, type: undefined, tables: [table.plannable] });

  async function asked(table: LoadedTable, question: string, plannable: PlannableTable = table.plannable) {
    const plan = planOffline({ question, type: undefined, tables: [plannable] });
    assert.ok(plan.title !== "" && plan.explanation !== "", question);
    return { ...plan, rows: await table.rows(plan.sql) };
  }

  /** A list of rows shows more of each than what names it. */
  function leading({ rows, type }: { rows: Cell[][]; type: ChartType }, wanted: Cell[][]): Cell[][] {
    return type === "table" ? rows.map((row) => row.slice(0, wanted[0]?.length)) : rows;
  }

  /** A suggestion must be understood as a whole and show something. */
  async function assertWorks(table: LoadedTable, suggestion: string) {
    const { rows, assumptions, sql } = await asked(table, suggestion);
    assert.ok(rows.length > 0, `${suggestion}: ${sql}`);
    assert.doesNotMatch(assumptions.join(" "), /not understood/, `${suggestion}: ${sql}`);
  }

  suite("of films", () => {
    for (const [question, type, rows] of aboutMovies) {
      test(`${question}: ${type}`, async () => {
        const answer = await asked(movies, question);
        assert.deepEqual(leading(answer, rows), rows, answer.sql);
        assert.equal(answer.type, type);
      });
    }

    test("two measures against each other are a point for each film", async () => {
      const { type, rows } = await asked(movies, "running time vs imdb rating");
      assert.equal(type, "scatter");
      assert.equal(rows.length, 12);
      assert.deepEqual(rows[0], [7.4, 121]);
    });
  });

  suite("of orders", () => {
    for (const [question, type, rows] of aboutOrders) {
      test(`${question}: ${type}`, async () => {
        const answer = await asked(orders, question);
        assert.deepEqual(leading(answer, rows), rows, answer.sql);
        assert.equal(answer.type, type);
      });
    }

    test("two dimensions of text make series", async () => {
      const { type, rows, sql } = await asked(orders, "total sales by region and product category");
      assert.equal(type, "bar");
      assert.equal(rows.length, 13, sql);
      assert.deepEqual(rows[0], ["East", "Technology", 2851.5]);
      assert.deepEqual(rows.at(-1), [null, "Furniture", 84]);
    });

    test("months without orders are left out and the others are in order", async () => {
      const { type, rows } = await asked(orders, "number of orders per month");
      assert.equal(type, "line");
      assert.equal(rows.length, 22);
      assert.deepEqual(rows.slice(0, 3), [
        ["2021-01-01", 2],
        ["2021-02-01", 5],
        ["2021-03-01", 2],
      ]);
    });

    test("the type that is asked for overrides what suits the question", () => {
      const plan = planOffline({ question: "total sales by region", type: "doughnut", tables: [orders.plannable] });
      assert.equal(plan.type, "doughnut");
    });

    test("a measure that could be added or averaged is added, and the plan says so", async () => {
      const { assumptions } = await asked(orders, "sales amount");
      assert.match(assumptions.join(" "), /added up/);
    });

    test("a word read as another one is told", async () => {
      const { assumptions } = await asked(orders, "total sales by regoin");
      assert.deepEqual(assumptions, ["“regoin” is read as region."]);
    });
  });

  test("an owner's label is another name for the column", async () => {
    const columns = orders.plannable.columns.map((column) => ({
      ...column,
      label: column.name === "salesAmount" ? "Revenue" : column.name === "customer" ? "Client" : null,
    }));
    const { rows } = await asked(orders, "total revenue by client", { ...orders.plannable, columns });
    assert.deepEqual(rows.slice(0, 2), [
      ["Blue Fox", 6655.5],
      ["Delta Foods", 5420],
    ]);
  });

  test("of two tables the one that the question is about is asked", async () => {
    const second = { ...orders.plannable, name: "data2" };
    const request = { type: undefined, tables: [movies.plannable, second] };
    const plan = planOffline({ ...request, question: "total sales by product category" });
    assert.match(plan.sql, /FROM "data2"/);
    assert.match(plan.assumptions.join(" "), /Only Orders is used/);
    assert.match(planOffline({ ...request, question: "average imdb rating by genre" }).sql, /FROM "data"/);
  });

  suite("injection", () => {
    const names = {
      evil: `price"; DROP TABLE data; --`,
      quoted: `owner's "group"`,
      broken: "first\nsecond",
      reader: "x FROM read_csv('/etc/passwd')",
    };
    const values = [
      "a'; DROP TABLE data; --",
      `b" OR 1=1`,
      "c\nd; SELECT 1",
      "' UNION SELECT * FROM duckdb_settings() --",
    ];
    let hostile: LoadedTable;
    before(async () => {
      const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const lines = [Object.values(names).map(cell).join(",")];
      for (let row = 0; row < 8; row++) lines.push([row, cell(values[row % 4] ?? ""), row % 2, row * 10].join(","));
      const file = join(folder, "hostile.csv");
      await writeFile(file, `${lines.join("\n")}\n`);
      hostile = await LoadedTable.load(file, "Hostile");
      assert.deepEqual(
        hostile.plannable.columns.map(({ name }) => name),
        // Reading makes one line of each name.
        Object.values(names).map((name) => name.replaceAll("\n", " ")),
      );
    });
    after(() => hostile.remove());

    test("names of columns are names, whatever they hold", async () => {
      const { rows, sql } = await asked(hostile, "total price by owner's group");
      assert.deepEqual(
        rows,
        // 3 + 7, 2 + 6, 1 + 5, 0 + 4
        [
          [values[3] ?? "", 10],
          [values[2] ?? "", 8],
          [values[1] ?? "", 6],
          [values[0] ?? "", 4],
        ],
        sql,
      );
    });

    const averages: [name: string, average: number][] = [
      [names.evil, 3.5],
      [names.broken, 0.5],
      [names.reader, 35],
    ];
    for (const [name, average] of averages) {
      test(`average ${JSON.stringify(name)} is the average of that column`, async () => {
        const { rows, sql } = await asked(hostile, `average ${name}`);
        assert.deepEqual(rows, [[average]], sql);
      });
    }

    for (const value of values) {
      test(`the value ${JSON.stringify(value)} is found in its two rows`, async () => {
        const { rows, sql } = await asked(hostile, `number of rows where group is “${value}”`);
        assert.deepEqual(rows, [[2]], sql);
      });

      test(`${JSON.stringify(value)} without quotes is one safe SELECT or refused`, async () => {
        try {
          await asked(hostile, `number of rows where owner's group is ${value}`);
        } catch (error) {
          assert.ok(error instanceof Unanswerable, String(error));
        }
      });
    }

    test("a text to look for finds nothing else", async () => {
      const { rows, sql } = await asked(hostile, "number of rows where group contains “' OR 1=1 OR '”");
      assert.deepEqual(rows, [], sql);
    });

    test("a question that looks like SQL is words", async () => {
      assert.throws(
        () => planOf(orders, "number of orders where customer is 'Evergreen' OR 1=1"),
        (error) => error instanceof Unanswerable && error.message.includes("“1”"),
      );
      assert.deepEqual((await asked(orders, "total sales by region'; DROP TABLE data; --")).rows, salesByRegion);
    });
  });

  suite("what the data lacks", () => {
    for (const question of [
      "how many unicorns per galaxy",
      "average temperature by city",
      "box office by studio head",
      "?!",
      "🙂",
      "",
      "drop table data",
    ]) {
      test(`"${question}" is not answered, and every question suggested instead is`, async () => {
        for (const table of [movies, orders]) {
          const suggestions = refusal({ question, table }).suggestions;
          assert.ok(suggestions.length >= 3, String(suggestions));
          for (const suggestion of suggestions) await assertWorks(table, suggestion);
        }
      });
    }

    function refusal({ question, table }: { question: string; table: LoadedTable }): Unanswerable {
      try {
        planOffline({ question, type: undefined, tables: [table.plannable] });
      } catch (error) {
        assert.ok(error instanceof Unanswerable, String(error));
        return error;
      }
      throw new Error(`“${question}” was answered`);
    }

    test("the refusal names what is missing", () => {
      assert.match(refusal({ question: "how many unicorns per galaxy", table: movies }).message, /galaxy.*unicorns/);
    });
  });

  suite("suggestions", () => {
    test("of both tables work and are four to six", async () => {
      for (const table of [movies, orders]) {
        const suggestions = suggestQuestions(table.plannable);
        assert.ok(suggestions.length >= 4 && suggestions.length <= 6, String(suggestions));
        for (const suggestion of suggestions) await assertWorks(table, suggestion);
      }
    });

    test("are each of another kind, and of no column that tells nothing", async () => {
      const lines = ["order_id,shop,currency,customer,sold_on,amount,weight,code"];
      for (let row = 0; row < 400; row++) {
        const day = new Date(Date.UTC(2023, 0, 1 + row)).toISOString().slice(0, 10);
        const shop = ["Rome", "Oslo", "Lyon", "Bern"][(row % 7) % 4];
        lines.push(
          `${row + 1},${shop},EUR,Customer ${row % 200},${day},${(row * 37) % 1000},${row % 90}.5,X${row % 300}`,
        );
      }
      const file = join(folder, "sold.csv");
      await writeFile(file, `${lines.join("\n")}\n`);
      const table = await LoadedTable.load(file, "Sold");
      try {
        const suggestions = suggestQuestions(table.plannable);
        const types = suggestions.map((question) => planOf(table, question).type);
        assert.deepEqual(
          new Set(types),
          new Set(["bar", "line", "scatter", "histogram", "pie"]),
          suggestions.join("; "),
        );
        assert.doesNotMatch(suggestions.join("; "), /order id|currency|customer|code/i);
        for (const suggestion of suggestions) await assertWorks(table, suggestion);
      } finally {
        await table.remove();
      }
    });

    test("of a survey are of its ratings, not of the numbers of those who answered", async () => {
      const lines = ["Respondent,Age Group,Plan,Satisfaction (1-5),Support (1-5)"];
      for (let row = 0; row < 300; row++) {
        const answers = [(row * 7) % 5, (row * 11 + (row % 3)) % 5].map((answer) => answer + 1);
        lines.push(`${row + 1},${["18-34", "35-54", "55+"][(row % 5) % 3]},${["Basic", "Plus"][row % 2]},${answers}`);
      }
      const file = join(folder, "survey.csv");
      await writeFile(file, `${lines.join("\n")}\n`);
      const table = await LoadedTable.load(file, "Survey");
      try {
        const suggestions = suggestQuestions(table.plannable);
        assert.match(suggestions.join("; "), /Average satisfaction by age group/);
        assert.doesNotMatch(suggestions.join("; "), /Respondent| vs /);
        for (const suggestion of suggestions) await assertWorks(table, suggestion);
      } finally {
        await table.remove();
      }
    });

    const files = existsSync(tables) ? readdirSync(tables).filter((file) => /\.[ct]sv$/.test(file)) : [];
    if (files.length === 0) test("of tables from elsewhere work", { skip: `${tables} is not there` }, () => {});
    for (const file of files) {
      test(`of ${file} work`, async () => {
        const table = await LoadedTable.load(join(tables, file), file);
        try {
          const suggestions = suggestQuestions(table.plannable);
          assert.ok(suggestions.length > 0);
          for (const suggestion of suggestions) await assertWorks(table, suggestion);
        } finally {
          await table.remove();
        }
      });
    }
  });
});
