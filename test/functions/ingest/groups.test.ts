import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readUpload } from "./read-upload.ts";
import { row, workbook } from "./workbook/workbook-writer.ts";

type Cells = Parameters<typeof row>[1];

function sheet(rows: Cells[]): Buffer {
  return workbook({ sheets: [{ rows: rows.map((cells, index) => row(index + 1, cells)).join("") }] });
}

const regions = ["North", "South", "West"];
const added = "The row adds up the rows below it: its name is their group";
const totalled = "The row is a total of rows above it";

describe("lines that name a group", () => {
  it("of a text become a column, and totals that name them go to the ledger", async () => {
    const lines = regions.flatMap((region) => [
      `${region};;;`,
      "01.02.2024;rent;100;",
      "02.02.2024;fees;;20",
      "03.02.2024;rent;50,5;",
      `Total ${region};;150,5;20`,
    ]);
    const { types, rows, rejects } = await readUpload(`date;text;debit;credit\n${lines.join("\n")}\nTotal;;451,5;60\n`);
    assert.deepEqual(types, { group: "VARCHAR", date: "DATE", text: "VARCHAR", debit: "DOUBLE", credit: "BIGINT" });
    assert.equal(rows.length, 9);
    assert.deepEqual(rows[3], ["South", "2024-02-01", "rent", 100, null]);
    assert.deepEqual(
      rejects.map(({ row: at, reason }) => [at, reason]),
      [6, 11, 16, 17].map((at) => [at, totalled]),
    );
  });

  it("may be the days of a programme, each alone on its line", async () => {
    const lines = ["1 March 2024", "2 March 2024"].flatMap((day) => [day, "09:00,A1,5", "10:00,A2,7", "11:30,A1,9"]);
    const { types, rows, rejects } = await readUpload(`time,room,visitors\n${lines.join("\n")}\n`);
    assert.deepEqual(types, { group: "DATE", time: "TIME", room: "VARCHAR", visitors: "BIGINT" });
    assert.deepEqual([rows.length, rows[5]], [6, ["2024-03-02", "11:30:00", "A1", 9]]);
    assert.deepEqual(rejects, []);
  });

  it("of a sheet become a column, also in a long one, whatever the table's own columns are called", async () => {
    for (const each of [4, 120]) {
      const { columns, rows, rejects } = await readUpload(
        sheet([
          ["Group", "units", "revenue"],
          ...regions.flatMap((region): Cells[] => [
            [region],
            ...Array.from({ length: each }, (_, index): Cells => [`Item ${index}`, index, index * 1.5]),
            [`Total ${region}`, 6, 9],
          ]),
        ]),
      );
      assert.deepEqual(
        columns.map(({ name, type }) => [name, type]),
        [
          ["group", "VARCHAR"],
          ["Group_2", "VARCHAR"],
          ["units", "BIGINT"],
          ["revenue", "DOUBLE"],
        ],
      );
      assert.equal(rows.length, 3 * each);
      assert.deepEqual(rows.at(-1), ["West", `Item ${each - 1}`, each - 1, (each - 1) * 1.5]);
      assert.deepEqual(
        rejects.map(({ value, reason }) => [value, reason]),
        regions.map((region) => [`Total ${region} ¦ 6 ¦ 9`, totalled]),
      );
    }
  });

  it("may have the sums of their groups, as in a pivot table", async () => {
    const pivot = (first: number): Cells[] => [
      ["Sum of sales"],
      [],
      ["Row Labels", "2023", "2024"],
      ...regions.flatMap((region): Cells[] => [
        [region, first + 5, 9],
        ["Shop A", first, 4],
        ["Shop B", 5, 5],
      ]),
      ["Grand Total", 3 * (first + 5), 27],
    ];
    const { types, rows, rejects } = await readUpload(sheet(pivot(3)));
    assert.deepEqual(types, { group: "VARCHAR", "Row Labels": "VARCHAR", "2023": "BIGINT", "2024": "BIGINT" });
    assert.deepEqual([rows.length, rows[2]], [6, ["South", "Shop A", 3, 4]]);
    assert.deepEqual(
      rejects.map(({ row: at, value, reason }) => [at, value, reason]),
      [
        ...regions.map((region, index) => [4 + 3 * index, `${region} ¦ 8 ¦ 9`, added]),
        [13, "Grand Total ¦ 24 ¦ 27", "The row stands below the table: a total or a note"],
      ],
    );
    const uneven = pivot(3).map((cells, index) => (index === 7 ? ["Shop A", 4, 4] : cells));
    assert.equal((await readUpload(sheet(uneven))).rows.length, 9);
  });

  it("are rows like others where a person says so", async () => {
    const text = "item,units\nNorth,\nA,1\nB,2\nSouth,\nA,3\nB,4\n";
    const cells = text
      .trim()
      .split("\n")
      .map((line) => line.split(",").map((cell) => (cell === "" ? null : cell)));
    for (const file of [text, sheet(cells)]) {
      assert.equal((await readUpload(file)).read.groups, true);
      const { columns, rows, read } = await readUpload(file, { options: { groups: false } });
      assert.deepEqual([columns.length, rows.length, read.groups], [2, 6, undefined]);
    }
  });

  it("are told where no row of theirs follows", async () => {
    const { rows, rejects } = await readUpload(
      "item,units\nEurope,\nNorth,\nA,1\nB,2\nSouth,\nA,3\nB,4\nAsia,\nNorth,\nA,5\nB,6\n",
    );
    assert.deepEqual(
      rows.map(([group]) => group),
      ["North", "North", "South", "South", "North", "North"],
    );
    assert.deepEqual(
      rejects.map(({ row: at, value, reason }) => [at, value, reason]),
      [2, 9].map((at) => [at, at === 2 ? "Europe" : "Asia", "The row names a group, and no row of it follows"]),
    );
  });

  it("are rows like others where the first is none, or where they are nodes of a tree", async () => {
    for (const table of [
      "name,city,age\nAnn,Bonn,31\nBob,,\nCarl,Kiel,33\nDora,,\nEve,Ulm,35\nFay,Ulm,36\n",
      "name,size\nanimals,\nanimals.birds,\nanimals.birds.owl,3\nanimals.birds.rook,4\nplants,\nplants.elm,5\nplants.oak,7\n",
    ]) {
      const { columns, rows } = await readUpload(table);
      const [header = "", ...lines] = table.trim().split("\n");
      assert.deepEqual([columns.map(({ name }) => name).join(), rows.length], [header, lines.length]);
    }
  });
});

describe("totals between the rows", () => {
  it("go to the ledger with nothing but their name too, and carried forward from page to page", async () => {
    const lines = regions.flatMap((region) => [`${region},A,1`, `${region},B,2`, "Subtotal,,3"]);
    const { rows, rejects } = await readUpload(`region,shop,sales\n${lines.join("\n")}\n`);
    assert.equal(rows.length, 6);
    assert.deepEqual(
      rejects.map(({ row: at, reason }) => [at, reason]),
      [4, 7, 10].map((at) => [at, totalled]),
    );
    const pages = [1, 2, 3].flatMap((page) => [`Page ${page}`, "invoice,customer,net", "10,A,5", "11,B,6", "12,A,7"]);
    const paged = await readUpload(pages.join("\n").replaceAll("\nPage", "\nCarried forward,,18\nPage"));
    assert.deepEqual([paged.rows.length, paged.types.invoice], [9, "BIGINT"]);
  });

  it("are rows where they are one of the values that a column has", async () => {
    const lines = [2020, 2021, 2022].flatMap((year) => [
      `${year},F,Bonn,1`,
      `${year},M,Bonn,2`,
      `${year},Total,Bonn,3`,
    ]);
    const { rows, rejects } = await readUpload(`year,sex,city,people\n${lines.join("\n")}\n`);
    assert.deepEqual([rows.length, rejects], [9, []]);
  });
});
