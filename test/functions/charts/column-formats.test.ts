import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Cell, Column, ColumnFormat } from "../../../contract/index.ts";
import { withFormats } from "../../../functions/charts/column-formats.ts";
import { lineageOf } from "../../../functions/charts/query/lineage.ts";
import { parseSelect } from "../../../functions/charts/query/select-tree.ts";
import { rejectWarnings } from "../../../functions/charts/reject-warnings.ts";

function column(name: string, type: string, format?: ColumnFormat, rejectCount?: number): Column {
  const profile = { nullCount: 0, distinctCount: 1, min: null, max: null, topValues: [] };
  return {
    name,
    label: null,
    description: null,
    type,
    profile,
    ...(format && { format }),
    ...(rejectCount !== undefined && { rejectCount }),
  };
}

const columns = [
  column("Price", "DOUBLE", { kind: "currency", unit: "€", decimals: 2 }),
  column("Rate", "DOUBLE", { kind: "percent", unit: "%" }),
  column("Part", "DOUBLE", { kind: "fraction", unit: "%" }),
  column("Day", "DATE"),
  column("City", "VARCHAR"),
];

/** The formats and grains of the result's columns. */
async function formats(sql: string, types: string[], names: string[], row: Cell[]) {
  const result = {
    columns: types.map((type, index) => ({ name: names[index] ?? "", type })),
    rows: [row],
    rowCount: 1,
    truncated: false,
  };
  const lineage = lineageOf(await parseSelect(sql));
  return withFormats(result, lineage, [{ name: "data", dataset: { columns } }]).columns.map(
    ({ format, grain }) => format ?? grain ?? null,
  );
}

suite("a result's columns", () => {
  test("are written as the file wrote what they hold or add up, whatever they are called", async () => {
    const euros = { style: "currency", currency: "EUR", maximumFractionDigits: 2 };
    assert.deepEqual(
      await formats(
        `SELECT City, avg(Price) AS a, max("Rate") AS b, min(part) AS c, count(*) AS d, sum(Price) / sum(Part) AS e,
           sum(CASE WHEN Price < 0 THEN -Price END) / nullif(count(DISTINCT date_trunc('month', Day)), 0) AS f
         FROM data GROUP BY 1`,
        ["VARCHAR", "DOUBLE", "DOUBLE", "DOUBLE", "BIGINT", "DOUBLE", "DOUBLE"],
        ["City", "a", "b", "c", "d", "e", "f"],
        ["x", 1.5, 2, 0.5, 3, 4, 5],
      ),
      [
        null,
        euros,
        { style: "unit", unit: "percent", maximumFractionDigits: 2 },
        { style: "percent", maximumFractionDigits: 1 },
        null,
        null,
        euros,
      ],
    );
    assert.deepEqual(await formats("SELECT * FROM data", ["DOUBLE"], ["Price"], [2]), [euros]);
  });

  test("of large sums have no cents, and of counts no currency", async () => {
    assert.deepEqual(
      await formats(
        "SELECT sum(Price) AS s, count(Price) AS n FROM data",
        ["DOUBLE", "BIGINT"],
        ["s", "n"],
        [123456.78, 3],
      ),
      [{ style: "currency", currency: "EUR", maximumFractionDigits: 0 }, null],
    );
  });

  test("say what their times are cut to", async () => {
    const sql = "SELECT date_trunc('quarter', Day)::DATE AS q, Day FROM data";
    assert.deepEqual(await formats(sql, ["DATE", "DATE"], ["q", "Day"], ["2024-01-01", "2024-02-03"]), [
      "quarter",
      null,
    ]);
  });
});

suite("what a chart says of cells that could not be read", () => {
  const dataset = {
    name: "Sales",
    rejects: { count: 5, rows: 2, sample: [] },
    columns: [column("n", "BIGINT", undefined, 1), column("id", "BIGINT", undefined, 2), column("City", "VARCHAR")],
  };
  const warnings = async (sql: string) => rejectWarnings(dataset, lineageOf(await parseSelect(sql)));
  const rows = "2 rows of the file are left out of Sales, and so not counted.";

  test("is about the columns that its SQL uses, and not about letters of other words", async () => {
    assert.deepEqual(
      await warnings("SELECT city, count(*) AS n FROM data WHERE city <> 'n id' GROUP BY 1 ORDER BY n"),
      [rows],
    );
    assert.deepEqual(await warnings("SELECT city FROM data WHERE N > 1"), [
      rows,
      "1 cell of n in Sales could not be read and is not counted.",
    ]);
    assert.equal((await warnings("SELECT * FROM data")).length, 3);
  });
});
