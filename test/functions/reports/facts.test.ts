import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Cell, ChartType, Column, Fact } from "../../../contract/index.ts";
import { withFormats } from "../../../functions/charts/column-formats.ts";
import { computeFacts } from "../../../functions/reports/facts/compute-facts.ts";
import { findFault } from "../../../functions/reports/narrative/check-prose.ts";
import { phrase, sectionFromTemplates } from "../../../functions/reports/narrative/templates.ts";

function facts(
  columns: string[],
  rows: Cell[][],
  {
    type = "bar",
    sql = "",
    truncated = false,
    dates,
  }: {
    type?: ChartType;
    sql?: string;
    truncated?: boolean;
    dates?: { min: string; max: string; distinct: number };
  } = {},
): Fact[] {
  const types = columns.map((_name, index) => {
    const sample = rows.find((row) => row[index] !== null)?.[index];
    return typeof sample === "number" ? "DOUBLE" : /^\d{4}-\d\d-\d\d$/.test(String(sample)) ? "DATE" : "VARCHAR";
  });
  const plain = {
    columns: columns.map((name, index) => ({ name, type: types[index] ?? "VARCHAR" })),
    rows,
    rowCount: rows.length,
    truncated,
  };
  const result = withFormats(
    plain,
    { uses: [], usesAll: false, outputs: null, additive: false, averages: false, volatile: [] },
    [],
  );
  return computeFacts({ result, type, sql, datasets: [], columns: dates ? [dateColumn(dates)] : [] });
}

/** The column `day` of the data, as ingest has profiled it. */
function dateColumn({ min, max, distinct }: { min: string; max: string; distinct: number }): Column {
  const profile = { nullCount: 0, distinctCount: distinct, min, max, topValues: [] };
  return { name: "day", label: null, description: null, type: "DATE", profile };
}

const sumOf = (name: string) => `SELECT x, sum(v) AS "${name}" FROM data GROUP BY ALL`;
const find = (all: Fact[], kind: Fact["kind"]) => all.find((fact) => fact.kind === kind);
const month = (index: number) => new Date(Date.UTC(2020, index)).toISOString().slice(0, 10);

describe("facts", () => {
  it("total what a query sums, and rank it with shares", () => {
    const rows = [
      ["A", 50],
      ["B", 30],
      ["C", 15],
      ["D", 4],
      ["E", 1],
    ];
    const found = facts(["region", "Total sales"], rows, { sql: sumOf("Total sales") });
    assert.equal(find(found, "total")?.numbers.total, 100);
    assert.deepEqual(find(found, "top"), {
      id: "top-1",
      kind: "top",
      statement: "Highest in sales: A, 50 (50% of the total).",
      numbers: { value: 50, rank: 1, count: 1, share: 0.5 },
      names: { item: "A", measure: "sales", dimension: "region" },
      rows: [0],
    });
    assert.equal(find(found, "bottom")?.numbers.share, 0.01);
    const { few, share, index } = find(found, "concentration")?.numbers ?? {};
    assert.deepEqual([few, share], [2, 0.8]);
    assert.ok(Math.abs((index ?? 0) - 0.3642) < 1e-12);
  });

  it("never add up means, nor take shares of what is cut off or negative", () => {
    const mean = facts(
      ["region", "Average price"],
      [
        ["A", 5],
        ["B", 3],
        ["C", 4],
      ],
      {
        sql: 'SELECT region, avg(price) AS "Average price" FROM data GROUP BY ALL',
      },
    );
    assert.equal(find(mean, "total"), undefined);
    assert.deepEqual(find(mean, "typical")?.numbers, { median: 4, min: 3, max: 5, items: 3 });
    const rows = [
      ["A", 5],
      ["B", -3],
      ["C", 4],
    ];
    assert.equal(find(facts(["x", "n"], rows, { sql: sumOf("n") }), "top")?.numbers.share, undefined);
    const cut = facts(
      ["x", "n"],
      [
        ["A", 5],
        ["B", 3],
      ],
      { sql: sumOf("n"), truncated: true },
    );
    assert.equal(find(cut, "total"), undefined);
    assert.ok(find(cut, "partial"));
  });

  it("tell change, peak and trend along time, and which steps are missing", () => {
    const rows = Array.from({ length: 12 }, (_, index) => [month(index), 100 + index * 10]).filter(
      (_row, index) => index !== 4,
    );
    const found = facts(["month", "Total sales"], rows, { type: "line", sql: sumOf("Total sales") });
    const { first, last, relative } = find(found, "change")?.numbers ?? {};
    assert.deepEqual([first, last, relative], [100, 210, 1.1]);
    assert.deepEqual(find(found, "change")?.names.from, "January 2020");
    assert.equal(find(found, "trend")?.names.strength, "strong");
    assert.equal(find(found, "trend")?.numbers.tau, 1);
    assert.equal(find(found, "gap")?.statement, "1 month between the first and the last has no value: May 2020.");
  });

  it("find a season, compare whole cycles, and see what stands out of it", () => {
    const rows = Array.from({ length: 48 }, (_, index): Cell[] => [
      month(index),
      100 + 40 * Math.sin((index % 12) / 2) + ((index * 7) % 5) + (index === 30 ? 60 : 0),
    ]);
    const found = facts(["month", "sales"], rows, { type: "line", sql: sumOf("sales") });
    assert.equal(find(found, "seasonality")?.numbers.period, 12);
    assert.equal(find(found, "seasonality")?.names.high, "April");
    assert.equal(find(found, "change")?.names.to, "the 12 months to December 2023");
    assert.equal(find(found, "outlier")?.names.item1, "July 2022");
    const noise = rows.map(([label], index): Cell[] => [label ?? null, (index * 7919) % 101]);
    assert.equal(find(facts(["month", "sales"], noise, { type: "line" }), "seasonality"), undefined);
  });

  it("measure correlation, and say when there is none", () => {
    const line = Array.from({ length: 30 }, (_, x) => [x, 3 * x + (x % 4)]);
    const strong = find(facts(["age", "height"], line, { type: "scatter" }), "correlation");
    assert.equal(strong?.names.strength, "strong");
    const none = Array.from({ length: 30 }, (_, x) => [x, (x * 7919) % 13]);
    assert.equal(find(facts(["age", "height"], none, { type: "scatter" }), "correlation")?.names.strength, "none");
    // Sure not to be chance, and still next to nothing.
    const slight = Array.from({ length: 4000 }, (_, x) => [x, 0.0001 * x + ((x * 7919) % 13) / 2]);
    const found = find(facts(["age", "height"], slight, { type: "scatter" }), "correlation");
    assert.ok(found && Number(found.numbers.p) < 0.001);
    assert.equal(found.names.strength, "none");
  });

  it("keep to what a list of the first few can say", () => {
    const sql = 'SELECT city, sum(people) AS "Total people" FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 4';
    const rows = [
      ["A", 900],
      ["B", 50],
      ["C", 50],
      ["D", 40],
    ];
    const found = facts(["city", "Total people"], rows, { sql });
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["top", "top", "typical", "size"],
    );
    assert.equal(find(found, "top")?.numbers.share, undefined, "a share of the list is no share of the whole");
    assert.equal(found[1]?.statement, "Second in people: B and C, 50.");
    // Days in the order of what is measured are a ranking, and no time series.
    const days = rows.map(([, value], index): Cell[] => [`2024-0${[4, 1, 3, 2][index]}-05`, value ?? null]);
    const ranked = facts(["day", "Total people"], days, { sql: sql.replace("city", "day") });
    assert.equal(find(ranked, "change"), undefined);
    assert.equal(find(ranked, "top")?.names.item, "April 5, 2024");
    // With fewer rows than it asked for, the query has left nothing out.
    assert.ok(find(facts(["city", "Total people"], rows, { sql: sql.replace("4", "10") }), "total"));
  });

  it("leave out a category that is the sum of the others", () => {
    const rows = [
      ["All regions", 101],
      ["North", 60],
      ["South", 40],
    ];
    const found = facts(["region", "Total sales"], rows, { sql: sumOf("Total sales") });
    assert.equal(find(found, "total")?.numbers.total, 100);
    assert.equal(find(found, "top")?.names.item, "North");
    assert.match(find(found, "overlap")?.statement ?? "", /^All regions is the sum of the others/);
  });

  it("name those that share a rank, and say when all are the same", () => {
    const sql = 'SELECT x, count(*) AS "Count" FROM data GROUP BY 1';
    const tied = facts(
      ["team", "Count"],
      [..."ABCDE"].map((name, index): Cell[] => [name, index < 2 ? 4 : 1]),
      { sql },
    );
    assert.equal(find(tied, "top")?.names.item, "A and B");
    assert.equal(find(tied, "bottom")?.names.item, "C, D and E");
    const same = facts(
      ["team", "Count"],
      [..."ABC"].map((name): Cell[] => [name, 1]),
      { sql },
    );
    assert.equal(sectionFromTemplates(same, "x")[0]?.text, "Each of the 3 teams has the same: 1 row.");
  });

  it("do not compare a period of which the data have a part only", () => {
    const sql =
      'SELECT CAST(date_trunc(\'month\', "day") AS DATE) AS "day", sum(v) AS "Total sales" FROM data GROUP BY 1';
    const rows = Array.from({ length: 7 }, (_, index): Cell[] => [month(index), index === 6 ? 20 : 100 + index]);
    const cut = facts(["day", "Total sales"], rows, {
      sql,
      dates: { min: "2020-01-01", max: "2020-07-06", distinct: 188 },
    });
    assert.equal(find(cut, "change")?.names.to, "June 2020");
    assert.equal(find(cut, "peak")?.names.low, "January 2020");
    assert.equal(find(cut, "unfinished")?.names.item, "July 2020");
    const whole = facts(["day", "Total sales"], rows, {
      sql,
      dates: { min: "2020-01-01", max: "2020-07-30", distinct: 211 },
    });
    assert.equal(find(whole, "change")?.names.to, "July 2020");
    // Figures of months are dated the first, and cover the month.
    const monthly = facts(["day", "Total sales"], rows, {
      sql,
      dates: { min: "2020-01-01", max: "2020-07-01", distinct: 7 },
    });
    assert.equal(find(monthly, "unfinished"), undefined);
  });

  it("take the years of dates for time, whatever the column is called", () => {
    const sql = 'SELECT year("day") AS "day", avg(v) AS "Average price" FROM data GROUP BY 1';
    const rows = [2019, 2020, 2021].map((year, index): Cell[] => [year, 10 + index]);
    const found = facts(["day", "Average price"], rows, { sql });
    assert.equal(find(found, "change")?.statement, "Average price went from 10 (2019) to 12 (2021): +2, +20%.");
  });

  it("never add up levels over time, nor take percentages where zero is a convention", () => {
    const years = [2019, 2020, 2021];
    const of = (name: string) =>
      facts(
        ["year", name],
        years.map((year, index): Cell[] => [year, 10 + index]),
        { sql: sumOf(name) },
      );
    assert.equal(find(of("population"), "total"), undefined);
    assert.equal(find(of("population"), "change")?.numbers.relative, 0.2);
    assert.equal(find(of("max_temp"), "change")?.numbers.relative, undefined);
  });

  it("compare months with the same months of another year", () => {
    const rows = Array.from({ length: 14 }, (_, index): Cell[] => [month(index), 100 + index]);
    const found = facts(["month", "Average price"], rows, { type: "line" });
    assert.deepEqual(
      [find(found, "change")?.names.from, find(found, "change")?.names.to],
      ["February 2020", "February 2021"],
    );
  });

  it("follow the parts of a measure along time", () => {
    const prices: [string, number[]][] = [
      ["A", [10, 12, 40]],
      ["B", [90, 80, 60]],
      ["C", [20, 20, 21]],
    ];
    const rows = [2019, 2020, 2021].flatMap((year, index) =>
      prices.map(([name, values]): Cell[] => [year, name, values[index] ?? null]),
    );
    const found = facts(["year", "stock", "Average price"], rows, { type: "line" });
    assert.deepEqual(
      found.filter(({ kind }) => kind === "change").map(({ names }) => names.item),
      ["A", "B", "C"],
    );
    assert.deepEqual([find(found, "top")?.names.item, find(found, "top")?.names.at], ["B", "2021"]);
    assert.equal(find(found, "peak")?.statement, "Highest average price: 90 (B, 2019); lowest: 10 (A, 2019).");
  });

  it("read a histogram's bins without the dust of decimal fractions", () => {
    const rows = [-3, -2, -1, 0, 1].map((bin, index): Cell[] => [bin * 0.2, [5, 20, 60, 10, 5][index] ?? 0]);
    const { statement } = find(facts(["temp", "Count"], rows, { type: "histogram" }), "distribution") ?? {};
    assert.match(statement ?? "", /Most frequent range of temp: −0.2 to 0, with 60 of 100 values \(60%\)/);
    assert.match(statement ?? "", /all values lie in −0.6 to 0.4/);
  });

  it("say nothing of numbers that name things", () => {
    const rows = Array.from({ length: 9 }, (_, index): Cell[] => [
      `P${index}`,
      1000 + index,
      4930 + index,
      2001 + index,
      index + 1,
    ]);
    const found = facts(["name", "customer_id", "phone number", "year", "quantity"], rows, { type: "table" });
    const measures = new Set(found.flatMap(({ names }) => names.measure ?? []));
    assert.deepEqual([...measures], ["quantity"]);
    assert.equal(find(found, "total")?.numbers.total, 45);
    const counted = facts(
      ["name", "number"],
      [
        ["A", 3],
        ["B", 1],
      ],
      { sql: "SELECT name, count(*) AS number FROM data GROUP BY 1" },
    );
    assert.equal(find(counted, "total")?.numbers.total, 4);
  });

  it("write money and percentages as such", () => {
    const money = facts(
      ["region", "Total sales (USD)"],
      [
        ["A", 1_250_000],
        ["B", 99.5],
      ],
      { sql: sumOf("Total sales (USD)") },
    );
    assert.match(find(money, "top")?.statement ?? "", /A, \$1.25 million/);
    assert.match(find(money, "bottom")?.statement ?? "", /B, \$99.50/);
    const percent = facts(
      ["region", "discount %"],
      [
        ["A", 12.5],
        ["B", 7],
      ],
    );
    assert.match(find(percent, "top")?.statement ?? "", /A, 12.5%/);
  });

  it("see a spike, but no bend, as out of line", () => {
    const bend = Array.from({ length: 30 }, (_, index): Cell[] => [1990 + index, index ** 3]);
    assert.equal(find(facts(["year", "Average v"], bend, { type: "line" }), "outlier"), undefined);
    const spike = bend.map(([year], index): Cell[] => [year ?? null, index === 12 ? 400 : 100 + ((index * 7) % 5)]);
    assert.equal(find(facts(["year", "Average v"], spike, { type: "line" }), "outlier")?.names.item1, "2002");
  });

  it("hold of nothing and of one row", () => {
    assert.deepEqual(
      facts(["x", "y"], []).map(({ kind }) => kind),
      ["size"],
    );
    assert.equal(facts(["x", "y"], [["A", 3]]).at(-1)?.statement, "Y (A): 3.");
  });
});

describe("templates", () => {
  const of = (rows: Cell[][], seed: string) =>
    sectionFromTemplates(facts(["month", "sales"], rows, { type: "line", sql: sumOf("sales") }), seed);

  it("say the same of the same section, and it differently in others", () => {
    const rows = [
      [month(0), 10],
      [month(1), 12],
      [month(2), 15],
    ];
    assert.deepEqual(of(rows, "a"), of(rows, "a"));
    const wordings = new Set(
      [..."abcdefgh"].map((seed) => of(rows, seed).find(({ facts: [id] }) => id === "change-1")?.text),
    );
    assert.ok(wordings.size >= 2);
  });

  it("say nothing that their own check would refuse", () => {
    const sql = sumOf("Total sales");
    const regions = ["North", "South", "East", "West", "Centre", "Coast", "Hills", "Lakes", "Isles"];
    const of = (values: number[]) => values.map((value, index): Cell[] => [regions[index] ?? null, value]);
    const months = Array.from({ length: 40 }, (_, index): Cell[] => [
      month(index < 20 ? index : index + 1),
      100 + 3 * index + 20 * Math.sin((index % 12) / 2) + (index === 31 ? 90 : 0),
    ]);
    const lines = [2019, 2020, 2021].flatMap((year, index) =>
      ["A", "B", "C"].map((name, place): Cell[] => [year, name, 10 + place * 7 + index * (place - 1) * 3]),
    );
    const pairs = Array.from({ length: 30 }, (_, x): Cell[] => [x, 3 * x + (x % 4)]);
    const all = [
      facts(["region", "Total sales"], of([900, 80, 70, 60, 50, 40, 30, 20, 0.4]), { sql }),
      facts(["region", "Total sales"], of([9, 9, 4, 3, 3]), { sql }),
      facts(["region", "Count"], of([5, 5, 5]), { sql: "SELECT region, count(*) AS Count FROM data GROUP BY 1" }),
      facts(["region", "Total sales"], of([9, 8, 7]), { sql: `${sql} ORDER BY 2 DESC LIMIT 3` }),
      facts(["region", "discount %"], of([9.5, 8.25, 7])),
      facts(["region", "Total sales (EUR)"], of([2_500_000, 8.25, 7]), { sql: sumOf("Total sales (EUR)") }),
      facts(["month", "Total sales"], months, { type: "line", sql }),
      facts(["month", "Average price"], months.slice(0, 15), { type: "line" }),
      facts(["year", "stock", "Average price"], lines, { type: "line" }),
      facts(["age", "height"], pairs, { type: "scatter" }),
      facts(
        ["wind", "Count"],
        [0, 2, 4].map((bin, index): Cell[] => [bin, [20, 50, 30][index] ?? 0]),
        { type: "histogram" },
      ),
      facts(["Total sales"], [[12]], { type: "stat" }),
    ].flat();
    assert.ok(new Set(all.map(({ kind }) => kind)).size >= 14);
    for (const fact of all) {
      for (const seed of "abcdef") {
        const text = phrase(fact, seed);
        const fault = findFault(text, { cited: [fact], known: ["North", "March 2020"], allowed: [] });
        assert.equal(fault, undefined, text);
        assert.match(text, /^[\p{Lu}\d].*\.$/u, text);
        assert.doesNotMatch(text, /undefined|NaN|\b1 \w+s\b| {2}/, text);
      }
    }
  });

  it("tell several measures one after the other, each by its name", () => {
    const rows = Array.from({ length: 10 }, (_, index): Cell[] => [2010 + index, 50 + index, 900 - 10 * index, 7]);
    const found = facts(["year", "Average price", "Average weight", "Average age"], rows, { type: "line" });
    const sentences = sectionFromTemplates(found, "x").map(({ text }) => text.toLowerCase());
    assert.deepEqual(
      sentences.map((text) => /price|weight/.exec(text)?.[0]),
      ["price", "price", "price", "weight"],
    );
  });

  it("know up from down and one from many", () => {
    const down = of(
      [
        [month(0), 20],
        [month(1), 12],
      ],
      "x",
    )
      .map(({ text }) => text)
      .join(" ");
    assert.match(down, /(fell|declined|decreased) by 40%/);
    const one = facts(
      ["region", "Total sales"],
      [
        ["A", 9],
        ["B", 1],
        ["C", 1],
        ["D", 1],
        ["E", 0],
      ],
      { sql: sumOf("Total sales") },
    );
    assert.match(
      sectionFromTemplates(one, "x")
        .map(({ text }) => text)
        .join(" "),
      /3 of 5 regions make|2 of 5 regions make/,
    );
  });
});
