import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Cell, ChartType, Fact } from "../../../contract/index.ts";
import { computeFacts } from "../../../functions/reports/facts/compute-facts.ts";
import { sectionFromTemplates } from "../../../functions/reports/narrative/templates.ts";

function facts(
  columns: string[],
  rows: Cell[][],
  { type = "bar", sql = "", truncated = false }: { type?: ChartType; sql?: string; truncated?: boolean } = {},
): Fact[] {
  const types = columns.map((_name, index) => {
    const sample = rows.find((row) => row[index] !== null)?.[index];
    return typeof sample === "number" ? "DOUBLE" : /^\d{4}-\d\d-\d\d$/.test(String(sample)) ? "DATE" : "VARCHAR";
  });
  const result = {
    columns: columns.map((name, index) => ({ name, type: types[index] ?? "VARCHAR" })),
    rows,
    rowCount: rows.length,
    truncated,
  };
  return computeFacts({ result, type, sql, datasets: [] });
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
      numbers: { value: 50, rank: 1, share: 0.5 },
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
    assert.equal(find(found, "change")?.names.to, "the last 12 months");
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
  });

  it("hold of nothing and of one row", () => {
    assert.deepEqual(
      facts(["x", "y"], []).map(({ kind }) => kind),
      ["size"],
    );
    assert.equal(facts(["x", "y"], [["A", 3]]).at(-1)?.statement, "Y: 3.");
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
