import assert from "node:assert/strict";
import { test } from "node:test";
import ExcelJS from "exceljs";
import { readUpload } from "../read-upload.ts";
import { refused } from "../refused.ts";
import { row, workbook } from "./workbook-writer.ts";

const people = row(1, ["name", "age"]) + row(2, ["Ann", 41]) + row(3, ["Bo", 37]);

test("the fullest sheet is read, the others can be chosen, hidden ones are not there", async () => {
  const file = workbook({
    sheets: [
      { name: "Notes", rows: row(1, ["about", "this"]) + row(2, ["x", 1]) },
      { name: "People", rows: people },
      { name: "Secret", rows: people + row(4, ["Cy", 1]), state: "hidden" },
      { name: "Deep", rows: people + row(4, ["Di", 2]), state: "veryHidden" },
      { name: "Blank", rows: "" },
    ],
  });
  const { rows, tables, read, format } = await readUpload(file);
  assert.equal(format, "xlsx");
  assert.deepEqual(rows, [
    ["Ann", 41],
    ["Bo", 37],
  ]);
  assert.equal(read.sheet, "People");
  assert.deepEqual(tables, [
    { name: "Notes", rowCount: 1, columnCount: 2 },
    { name: "People", rowCount: 2, columnCount: 2 },
  ]);
  assert.deepEqual((await readUpload(file, { options: { sheet: "Notes" } })).rows, [["x", 1]]);
  await assert.rejects(
    readUpload(file, { options: { sheet: "Secret" } }),
    refused("no-such-sheet", /“Notes”, “People”/),
  );
});

test("titles above, notes and a total below, blank rows and columns around are no data", async () => {
  const { rows, columns, read, rejects } = await readUpload(
    workbook({
      sheets: [
        {
          rows:
            row(2, [null, "Sales by region"]) +
            row(3, [null, "As of", "1 May"]) +
            row(5, [null, "region", "amount", null, "units"]) +
            row(6, [null, "North", 10.5, null, 1]) +
            row(8, [null, "South", 20.5, null, 2]) +
            row(9, [null, "Total", 31, null, 3]) +
            row(11, [null, "Source: the shop"]),
        },
      ],
    }),
  );
  assert.equal(read.headerRow, 5);
  assert.deepEqual(
    columns.map(({ name }) => name),
    ["region", "amount", "units"],
  );
  assert.deepEqual(rows, [
    ["North", 10.5, 1],
    ["South", 20.5, 2],
  ]);
  assert.deepEqual(
    rejects.map(({ row: at, column, value }) => [at, column, value]),
    [
      [9, null, "Total ¦ 31 ¦ 3"],
      [11, null, "Source: the shop"],
    ],
  );
});

test("labels merged downward count for each row, group labels above the header for each column", async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("Quarters");
  sheet.addRows([
    ["Region", 2023, null, 2024, null],
    [null, "Q1", "Q2", "Q1", "Q2"],
    ["North", 1, 2, 3, 4],
    [null, 5, 6, 7, 8],
    ["South", 9, 10, 11, 12],
  ]);
  for (const range of ["A1:A2", "B1:C1", "D1:E1", "A3:A4"]) sheet.mergeCells(range);
  const { rows, columns } = await readUpload(new Uint8Array(await book.xlsx.writeBuffer()));
  assert.deepEqual(
    columns.map(({ name }) => name),
    ["Region", "2023 Q1", "2023 Q2", "2024 Q1", "2024 Q2"],
  );
  assert.deepEqual(rows, [
    ["North", 1, 2, 3, 4],
    ["North", 5, 6, 7, 8],
    ["South", 9, 10, 11, 12],
  ]);
});

test("a header of years is a header, a first row of numbers is none, and a person may say which it is", async () => {
  const years = workbook({
    sheets: [{ rows: row(1, ["country", 2022, 2023]) + row(2, ["de", 1.5, 2.5]) + row(3, ["fr", 3.5, 4.5]) }],
  });
  assert.deepEqual(
    (await readUpload(years)).columns.map(({ name }) => name),
    ["country", "2022", "2023"],
  );
  const bare = workbook({ sheets: [{ rows: row(3, ["a", 0]) + row(4, ["b", 1]) }] });
  assert.deepEqual((await readUpload(bare)).rows, [
    ["a", 0],
    ["b", 1],
  ]);
  const named = await readUpload(bare, { options: { headerRow: 3 } });
  assert.deepEqual([named.columns.map(({ name }) => name), named.rows], [["a", "0"], [["b", 1]]]);
  assert.equal(
    (await readUpload(workbook({ sheets: [{ rows: people }] }), { options: { headerRow: 0 } })).rows.length,
    3,
  );
});

test("missing and repeated names are made unique, and a header without rows is an empty table", async () => {
  const { columns } = await readUpload(
    workbook({ sheets: [{ rows: row(1, [null, "a", "A", "b"]) + row(2, [1, 2, 3, 4]) }] }),
  );
  assert.deepEqual(
    columns.map(({ name }) => name),
    ["column1", "a", "A_2", "b"],
  );
  const empty = await readUpload(workbook({ sheets: [{ rows: row(1, ["x", "y"]) }] }));
  assert.deepEqual([empty.columns.map(({ name }) => name), empty.rows], [["x", "y"], []]);
});

test("a long sheet reads the same whether its first rows tell the truth or mislead", async () => {
  const count = 1_000;
  const rows = Array.from({ length: count }, (_, index) =>
    row(index + 2, [`id${index}`, index, index > 900 ? "late" : null]),
  );
  const late = await readUpload(workbook({ sheets: [{ rows: row(1, ["id", "n"]) + rows.join("") }] }));
  assert.equal(late.rows.length, count);
  assert.deepEqual(late.rows.at(-1), ["id999", 999, "late"]);
  assert.deepEqual(
    late.columns.map(({ name }) => name),
    ["id", "n", "column3"],
  );
  const truthful = Array.from({ length: count }, (_, index) => row(index + 2, [`id${index}`, index]));
  const plain = await readUpload(
    workbook({ sheets: [{ rows: row(1, ["id", "n"]) + truthful.join("") + row(count + 2, ["Total", 499_500]) }] }),
  );
  assert.equal(plain.rows.length, count);
  assert.deepEqual(plain.rows.at(-1), ["id999", 999]);
  assert.equal(plain.rejects.length, 1);
  const merged = await readUpload(
    workbook({
      sheets: [
        {
          rows: row(1, ["id", "n"]) + truthful.join("").replace(/<c r="A502".*?<\/c>/, ""),
          after: '<mergeCells><mergeCell ref="A501:A502"/></mergeCells>',
        },
      ],
    }),
  );
  assert.deepEqual(merged.rows.slice(498, 502), [
    ["id498", 498],
    ["id499", 499],
    ["id499", 500],
    ["id501", 501],
  ]);
});

test("tables that stand one below the other on a sheet can be chosen, and the fullest is read", async () => {
  const rows =
    row(1, ["Staff"]) +
    row(3, ["name", "age"]) +
    [4, 5, 6, 7].map((number) => row(number, [`P${number}`, 20 + number])).join("") +
    row(10, ["city", "shops", "open"]) +
    [11, 12, 13, 14, 15].map((number) => row(number, [`C${number}`, number, true])).join("");
  const file = workbook({ sheets: [{ name: "All", rows }] });
  const { types, tables, read } = await readUpload(file);
  assert.deepEqual(types, { city: "VARCHAR", shops: "BIGINT", open: "BOOLEAN" });
  assert.deepEqual(
    tables.map(({ name, rowCount, columnCount }) => [name, rowCount, columnCount]),
    [
      ["All, table from row 3", 4, 2],
      ["All, table from row 10", 5, 3],
    ],
  );
  assert.equal(read.sheet, "All, table from row 10");
  const other = await readUpload(file, { options: { sheet: "All, table from row 3" } });
  assert.deepEqual([other.types, other.rows[3]], [{ name: "VARCHAR", age: "BIGINT" }, ["P7", 27]]);
});

test("a header row that a person chose must be there, on whichever sheet or table they mean", async () => {
  const list = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      row(first + index, index === 0 ? ["name", "n"] : [`x${index}`, index]),
    ).join("");
  const sheets = [
    { name: "Short", rows: list(1, 4) },
    { name: "Long", rows: list(2, 30) },
  ];
  const at = (headerRow: number, sheet?: string) =>
    readUpload(workbook({ sheets }), { options: { headerRow, ...(sheet !== undefined && { sheet }) } });
  for (const [headerRow, sheet] of [
    [40, undefined],
    [1, "Long"],
    [100_000, "Short"],
  ] as const) {
    await assert.rejects(
      at(headerRow, sheet),
      refused("bad-option", new RegExp(`Row ${headerRow} .*${sheet ?? ""}.*header`)),
    );
  }
  assert.deepEqual((await at(20)).rows.length, 11);
  const opened = [12, 13, 14, 15, 16].map((number) => row(number, [`C${number}`, number, true])).join("");
  const both = workbook({ sheets: [{ name: "All", rows: list(1, 6) + row(11, ["city", "shops", "open"]) + opened }] });
  const inside = await readUpload(both, { options: { sheet: "All, table from row 11", headerRow: 12 } });
  assert.deepEqual([inside.types.C12, inside.rows.length], ["VARCHAR", 4]);
});

test("units below the header belong to it, and totals above it do not", async () => {
  const measured = Array.from({ length: 6 }, (_, index) => row(index + 3, [`T${index}`, index / 2, index * 3])).join(
    "",
  );
  const units = await readUpload(
    workbook({ sheets: [{ rows: row(1, ["place", "time", "force"]) + row(2, [null, "s", "N"]) + measured }] }),
  );
  assert.deepEqual(units.types, { place: "VARCHAR", "time s": "DOUBLE", "force N": "BIGINT" });
  assert.equal(units.rows.length, 6);
  const totals = await readUpload(
    workbook({ sheets: [{ rows: row(1, ["Total", 7.5, 45]) + row(2, ["place", "time", "force"]) + measured }] }),
  );
  assert.deepEqual(totals.types, { place: "VARCHAR", time: "DOUBLE", force: "BIGINT" });
  assert.equal(totals.rows.length, 6);
});

test("subtotals between the rows of a sheet are told, and are none of them", async () => {
  const groups = ["North", "South"].flatMap((region, group) => [
    row(group * 3 + 2, [region, "A", 1]),
    row(group * 3 + 3, [region, "B", 2]),
    row(group * 3 + 4, [`${region} Total`, null, 3]),
  ]);
  const { rows, rejects } = await readUpload(
    workbook({ sheets: [{ rows: row(1, ["region", "shop", "amount"]) + groups.join("") }] }),
  );
  assert.equal(rows.length, 4);
  assert.deepEqual(
    rejects.map(({ row: at, value }) => [at, value]),
    [
      [4, "North Total ¦ 3"],
      [7, "South Total ¦ 3"],
    ],
  );
});
