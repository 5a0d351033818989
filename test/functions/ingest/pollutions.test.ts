import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Cell } from "../../../contract/index.ts";
import { damagedFiles, file, header, inUmlauts, line, oddFiles, orders, whole } from "./pollutions.ts";
import { readUpload } from "./read-upload.ts";

/** Cells as the file has them: numbers with their decimals, nothing for null. */
function asWritten(rows: readonly (readonly Cell[])[]): string[][] {
  return rows.map((row) =>
    row.map((cell, index) => {
      if (cell === null) return "";
      return index === 4 && typeof cell === "number" ? cell.toFixed(2) : String(cell).trim();
    }),
  );
}

describe("one damaged line among good ones", () => {
  for (const { name, content, damaged } of damagedFiles()) {
    it(`changes no other: ${name}`, async () => {
      const { columns, rows, rejects } = await readUpload(content);
      assert.deepEqual(
        columns.map(({ name: column }) => column),
        header,
      );
      const others = orders.filter((_, index) => index + 2 !== damaged);
      const got = asWritten(rows);
      const rest = got.filter((row) => others.some((other) => other.join("\n") === row.join("\n")));
      assert.deepEqual(rest, others);
      assert.ok(got.length - others.length <= 1, `${got.length} rows`);
      // The line itself is a row, or it is in the ledger, or both where a cell of it is none.
      if (got.length === others.length) assert.ok(rejects.some(({ row }) => row === damaged));
      for (const { row } of rejects) assert.ok(row === damaged || row === damaged + 1, `row ${row} is in the ledger`);
    });
  }

  it("is read where there is but one way to", async () => {
    const broken = [
      line(orders[3] ?? [], { delimiter: ";" }),
      `"${line(orders[3] ?? []).replaceAll('"', '""')}"`,
      line(orders[3] ?? [], { quote: "'", quoteAll: true }),
      line(orders[3] ?? []).replace("Model 3", "Model\n3"),
    ];
    for (const one of broken) {
      const content = file(whole).replace(line(orders[3] ?? []), one);
      const { rows, rejects } = await readUpload(content);
      assert.deepEqual(rejects, []);
      assert.deepEqual(
        asWritten(rows).map((row) => row.map((cell) => cell.replace("\n", " "))),
        orders,
      );
    }
  });
});

describe("a file that is odd as a whole", () => {
  for (const [name, content] of Object.entries(oddFiles)) {
    it(`is read with ${name}`, async () => {
      const { columns, rows, rejects } = await readUpload(content);
      assert.deepEqual(
        columns.map(({ name: column }) => column),
        header,
      );
      assert.deepEqual(rejects, []);
      assert.deepEqual(asWritten(rows), /UTF|Latin/.test(name) ? inUmlauts(orders) : orders);
    });
  }

  it("is read where it has but one column", async () => {
    for (const column of [1, 2, 5, 6, 7]) {
      const { columns, rows } = await readUpload(file(whole.map((row) => row.slice(column, column + 1))));
      assert.deepEqual(
        columns.map(({ name }) => name),
        [header[column]],
      );
      assert.deepEqual(
        rows.map(([cell]) => String(cell)),
        orders.map((row) => row[column]),
      );
    }
    const prices = await readUpload(`price\n${orders.map((row) => `${row[4]?.replace(".", ",")}\n`).join("")}`);
    assert.deepEqual(
      prices.rows.map(([price]) => Number(price).toFixed(2)),
      orders.map((row) => row[4]),
    );
  });

  it("is read with a header of several lines, which are joined", async () => {
    const groups = ["Order", "", "", "Product", "", "", "", "", "Other"];
    const two = await readUpload(file([groups, ...whole]));
    assert.deepEqual(
      [two.columns[1]?.name, two.columns[4]?.name, two.rows.length],
      ["Order order_time", "Product price", 30],
    );
    const three = await readUpload(file([["Shop", ...Array.from({ length: 8 }, () => "")], groups, ...whole]));
    assert.deepEqual([three.columns[4]?.name, three.rows.length], ["Product price", 30]);
    const units = ["", "", "[pcs]", "", "[EUR]", "", "", "", ""];
    const withUnits = await readUpload(file([header, units, ...orders]));
    assert.deepEqual([withUnits.columns[4]?.name, withUnits.rows.length], ["price [EUR]", 30]);
    const words = ["day", "hour", "pieces", "number", "euro", "kind", "words", "page", "more"];
    const explained = await readUpload(file([header, words, ...orders]));
    assert.deepEqual([explained.columns[2]?.name, explained.rows.length], ["quantity pieces", 30]);
  });
});

describe("several tables in a file", () => {
  const stock = [
    ["shelf", "stock", "colour"],
    ...Array.from({ length: 8 }, (_, index) => [`S${index}`, String(index * 3), "red"]),
  ];

  for (const [where, content, starts] of [
    ["below", `${file(whole)}\nStock\n${file(stock)}`, [1, 33]],
    ["above", `${file(stock)}\n${file(whole)}`, [1, 11]],
    ["right below", `${file(whole)}${file(stock)}`, [1, 32]],
  ] as const) {
    it(`are told apart, the fullest is read and the other, ${where}, can be chosen`, async () => {
      const { rows, tables, read, rejectCount } = await readUpload(content);
      assert.deepEqual(asWritten(rows), orders);
      assert.deepEqual(
        tables.map(({ name }) => name),
        starts.map((start) => `Table from row ${start}`),
      );
      assert.ok(rejectCount === 9 || (where === "below" && rejectCount === 10));
      const [other] = tables.filter(({ name }) => name !== read.sheet);
      const second = await readUpload(content, { options: { sheet: other?.name ?? "" } });
      assert.deepEqual(second.types, { shelf: "VARCHAR", stock: "BIGINT", colour: "VARCHAR" });
      assert.equal(second.rows.length, 8);
    });
  }
});
