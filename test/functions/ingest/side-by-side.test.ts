import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readUpload } from "./read-upload.ts";

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const regions = ["North", "South", "East", "West"];

describe("tables side by side in a text", () => {
  const lines = months.map((month, index) => {
    const left = index < regions.length ? `${regions[index]};${index + 1}00` : ";";
    return `${left};;${month};${index};${index * 5}`;
  });
  const file = `By region;;;Sales by month;;\nregion;sales;;month;sales;costs\n${lines.join("\n")}\n;;;Total;66;330\n`;

  it("can be chosen, and the fullest is read", async () => {
    const { types, rows, tables, read, rejects } = await readUpload(file);
    assert.deepEqual(types, { month: "VARCHAR", sales: "BIGINT", costs: "BIGINT" });
    assert.deepEqual([rows.length, rows[11]], [12, ["Dec", 11, 55]]);
    assert.deepEqual([read.sheet, read.headerRow], ["Table from D2", 2]);
    assert.deepEqual(tables, [
      { name: "Table from A2", rowCount: 4, columnCount: 2 },
      { name: "Table from D2", rowCount: 12, columnCount: 3 },
    ]);
    assert.deepEqual(
      rejects.map(({ row, value }) => [row, value]),
      [[15, "Total;66;330"]],
    );
    const left = await readUpload(file, { options: { sheet: "Table from A2" } });
    assert.deepEqual([left.types, left.rejects], [{ region: "VARCHAR", sales: "BIGINT" }, []]);
    assert.deepEqual(
      left.rows,
      regions.map((region, index) => [region, (index + 1) * 100]),
    );
  });

  it("are named where one is asked for that is not there", async () => {
    await assert.rejects(
      readUpload(file, { options: { sheet: "Sheet1" } }),
      /no table “Sheet1”\. It has “Table from A2”, “Table from D2”/,
    );
  });

  it("are told by the rows of the whole file, also where it is long", async () => {
    const long = Array.from(
      { length: 5000 },
      (_, index) => `id${index},${index},,${index < 2500 ? `T${index},5` : ","}`,
    );
    const { rows, tables } = await readUpload(`id,sales,,town,age\n${long.join("\n")}\n`);
    assert.equal(rows.length, 5000);
    assert.deepEqual(
      tables.map(({ rowCount }) => rowCount),
      [5000, 2500],
    );
  });

  it("are one table where a column in the middle is merely empty", async () => {
    const { rows, tables, columns } = await readUpload(
      `name,age,,city,paid\n${months.map((name, index) => `${name},${30 + index},,${regions[index % 3]},${index}`).join("\n")}\n`,
    );
    assert.deepEqual([rows.length, tables, columns.length], [12, [], 4]);
  });
});
