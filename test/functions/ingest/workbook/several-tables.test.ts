import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readUpload } from "../read-upload.ts";
import { row, workbook } from "./workbook-writer.ts";

type Cells = Parameters<typeof row>[1];

function sheet(rows: Cells[]): Buffer {
  return workbook({ sheets: [{ name: "All", rows: rows.map((cells, index) => row(index + 1, cells)).join("") }] });
}

const numbers = Array.from({ length: 10 }, (_, index) => index);
const cities = "Berlin Bonn Berlin Kiel Bonn Ulm Ulm Berlin Kiel Jena".split(" ");

describe("tables side by side on a sheet", () => {
  it("can be chosen, and the fullest is read", async () => {
    const file = sheet([
      ["region", "sales", null, "employee", "age", "city"],
      ...numbers.map((index): Cells => [`R${index}`, index * 10, null, `E${index}`, 30 + index, cities[index] ?? ""]),
    ]);
    const { types, rows, tables, read, rejects } = await readUpload(file);
    assert.deepEqual(types, { employee: "VARCHAR", age: "BIGINT", city: "VARCHAR" });
    assert.deepEqual([rows.length, rejects, read.sheet], [10, [], "All, table from D1"]);
    assert.deepEqual(tables, [
      { name: "All, table from A1", rowCount: 10, columnCount: 2 },
      { name: "All, table from D1", rowCount: 10, columnCount: 3 },
    ]);
    const left = await readUpload(file, { options: { sheet: "All, table from A1" } });
    assert.deepEqual([left.types, left.rows[9]], [{ region: "VARCHAR", sales: "BIGINT" }, ["R9", 90]]);
  });

  it("are told apart by their length, below titles of their own", async () => {
    const file = sheet([
      ["Sales", null, null, "Staff"],
      [],
      ["region", "sales", null, "town", "age"],
      ...numbers.map((index): Cells => [`R${index % 3}`, index, null, ...(index < 4 ? ["Bonn", 30 + index] : [])]),
    ]);
    const { types, tables } = await readUpload(file);
    assert.deepEqual(types, { region: "VARCHAR", sales: "BIGINT" });
    const right = await readUpload(file, { options: { sheet: tables[1]?.name ?? "" } });
    assert.deepEqual([right.types, right.rows.length], [{ town: "VARCHAR", age: "BIGINT" }, 4]);
  });

  it("are told apart by the name that both begin with, and by rows of tables below each other", async () => {
    const years = sheet([
      ["year", "sales", null, "year", "visits"],
      ...numbers.map((index): Cells => [2010 + index, index, null, 2010 + index, index * 7]),
    ]);
    assert.deepEqual(
      (await readUpload(years)).tables.map(({ name }) => name),
      ["All, table from A1", "All, table from D1"],
    );
    const block = (name: string): Cells[] => [
      [name, "sales", null, `${name} 2`, "visits"],
      ...numbers.slice(0, 4).map((index): Cells => [`a${index}`, index, null, `b${index}`, index * 7]),
    ];
    assert.deepEqual(
      (await readUpload(sheet([["Dashboard"], [], ...block("shop"), [], ...block("town")]))).tables.map(
        ({ name }) => name,
      ),
      ["A3", "A9", "D3", "D9"].map((place) => `All, table from ${place}`),
    );
  });

  it("are told apart in long sheets", async () => {
    const { rows, tables } = await readUpload(
      sheet([
        ["id", "sales", null, "town", "age"],
        ...Array.from(
          { length: 900 },
          (_, index): Cells => [`id${index}`, index, null, ...(index < 400 ? [`T${index}`, index % 50] : [])],
        ),
      ]),
    );
    assert.equal(rows.length, 900);
    assert.deepEqual(
      tables.map(({ rowCount, columnCount }) => [rowCount, columnCount]),
      [
        [900, 2],
        [400, 2],
      ],
    );
    const right = await readUpload(
      sheet([
        ["id", "sales", null, "town", "age", "open"],
        ...Array.from(
          { length: 900 },
          (_, index): Cells => [
            ...(index < 300 ? [`id${index}`, index] : [null, null]),
            null,
            `T${index}`,
            index % 50,
            true,
          ],
        ),
      ]),
      { options: { sheet: "All, table from A1" } },
    );
    assert.deepEqual([right.rows.length, right.rows[299]], [300, ["id299", 299]]);
  });

  it("are one table where a column in the middle is merely empty", async () => {
    for (const [header, cells] of [
      [
        ["region", "product", null, "sales", "cost"],
        (index: number) => [`R${index}`, `P${index}`, null, index, index * 2],
      ],
      [["name", "age", null, "city", "paid"], (index: number) => [`N${index}`, index, null, cities[index] ?? "", 5]],
      [["name", "age", null, "paid"], (index: number) => [`N${index}`, index, null, index]],
      [
        ["name", "age", null, "note", "by"],
        (index: number) => [`N${index}`, index, null, ...(index % 4 === 3 ? ["late", "Ann"] : [])],
      ],
    ] satisfies [Cells, (index: number) => Cells][]) {
      const { rows, tables, columns } = await readUpload(sheet([header, ...numbers.map(cells)]));
      assert.deepEqual([rows.length, tables, columns.length], [10, [], header.length - 1]);
    }
  });
});

it("notes beside a table are told, and are no column of it", async () => {
  const { columns, rows, rejects } = await readUpload(
    sheet([
      ["region", "sales"],
      ["North", 1, null, null, "Figures are provisional"],
      ["South", 2],
      ["East", 3, null, null, "Ask Ann"],
      ...numbers.map((index): Cells => [`R${index}`, index]),
    ]),
  );
  assert.deepEqual([columns.map(({ name }) => name), rows.length], [["region", "sales"], 13]);
  assert.deepEqual(
    rejects.map(({ row: at, column, value }) => [at, column, value]),
    [
      [2, "E", "Figures are provisional"],
      [4, "E", "Ask Ann"],
    ],
  );
});

it("a small table of two rows below another one can be chosen too", async () => {
  const { types, tables } = await readUpload(
    sheet([
      ["region", "sales"],
      ...numbers.map((index): Cells => [`R${index}`, index]),
      [],
      ["product", "units", "price"],
      ["P1", 3, 1.5],
      ["P2", 4, 2.5],
    ]),
  );
  assert.deepEqual(types, { region: "VARCHAR", sales: "BIGINT" });
  assert.deepEqual(
    tables.map(({ name, rowCount }) => [name, rowCount]),
    [
      ["All, table from row 1", 10],
      ["All, table from row 13", 2],
    ],
  );
});
