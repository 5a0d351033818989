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
      line(orders[3] ?? [], { delimiter: " " }),
      line(orders[3] ?? []).replace(",Model 3,", ",,Model 3,"),
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

it("a row with a quotation mark too many is read where there is but one way to", async () => {
  for (const [before, after] of [
    ["2024-11-11", '"2024-11-11'],
    ['"Model 10, the ""fine"" one"', '"Model 10, the ""fine"" one""'],
  ] as const) {
    const { rows, rejects } = await readUpload(file(whole).replace(before, after));
    assert.deepEqual([rejects, asWritten(rows)], [[], orders]);
  }
});

describe("a header", () => {
  for (const [what, first] of [
    ["a separator too many", line(header).replace("quantity,", "quantity,,")],
    ["a separator at its end", `${line(header)},`],
    ["semicolons", line(header, { delimiter: ";" })],
    ["quotes around all of it", `"${line(header)}"`],
  ]) {
    it(`with ${what} names the columns of the rows below`, async () => {
      const { columns, rows } = await readUpload(`${first}\n${file(orders)}`);
      assert.deepEqual(
        columns.map(({ name }) => name),
        header,
      );
      assert.deepEqual(asWritten(rows), orders);
    });
  }
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
    [
      "right below and as wide",
      `${file(whole)}${file([header.map((name) => `${name} then`), ...orders.slice(0, 8)])}`,
      [1, 32],
    ],
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
      if (!where.endsWith("as wide")) {
        assert.deepEqual(second.types, { shelf: "VARCHAR", stock: "BIGINT", colour: "VARCHAR" });
      }
      assert.equal(second.rows.length, 8);
    });
  }

  const numbers = file([
    ["region", "amount", "year"],
    ...Array.from({ length: 12 }, (_, i) => [`R${i}`, `${i * 10}`, "2024"]),
  ]);
  for (const [which, below] of [
    ["of two rows", "kind,total\nA,120\nB,340\n"],
    ["of words", "key,meaning\nR1,North\nR2,South\n"],
  ] as const) {
    for (const [how, second] of [
      ["", below],
      [", filled up to the other's width", below.replaceAll("\n", ",\n")],
    ] as const) {
      it(`are told apart from a small one ${which}${how}`, async () => {
        const blank = how === "" ? "\n\n" : ",,\n,,\n";
        const { types, rows, rejects, tables } = await readUpload(`${numbers}${blank}${second}`);
        assert.deepEqual(types, { region: "VARCHAR", amount: "BIGINT", year: "BIGINT" });
        assert.equal(rows.length, 12);
        assert.deepEqual(tables, [
          { name: "Table from row 1", rowCount: 12, columnCount: 3 },
          { name: "Table from row 16", rowCount: 2, columnCount: 2 },
        ]);
        assert.deepEqual(
          rejects.map(({ row }) => row),
          [16, 17, 18],
        );
        const other = await readUpload(`${numbers}${blank}${second}`, { options: { sheet: "Table from row 16" } });
        assert.deepEqual([other.columns.length, other.rows.length], [2, 2]);
      });
    }
  }

  it("are none where names with their values stand above the table", async () => {
    for (const [above, headerRow] of [
      ['Account:,DE12 3456\n\nFrom:,2024-01-01\nTo:,2024-03-31\nBalance:,"1,234.56"\n\n', 7],
      [
        "Turnover,of last quarter\n\nAccount,A 12\nHolder,Miller\nBalance,1234\nOverdraft,500\n\nAll booked turnover\n\n",
        10,
      ],
    ] as const) {
      const { rows, tables, rejects, read } = await readUpload(`${above}${numbers}`);
      assert.deepEqual([rows.length, tables, rejects, read.headerRow], [12, [], [], headerRow]);
    }
  });
});

describe("rows below a table that are none of it", () => {
  const rows = Array.from({ length: 12 }, (_, index) => [
    `${1000 + index}`,
    `C${index}`,
    `${index * 100}`,
    `${index * 19}`,
  ]);
  const invoices = file([["invoice", "customer", "net", "vat"], ...rows]);
  for (const [what, below, count] of [
    ["a legend of several lines, some with separators", "\nLegend:\nnet: before tax\nvat: tax, in EUR\n", 3],
    [
      "a total and a note with separators",
      "Total,,6600,1254\n\nMade by the till on Monday, user admin\nPage 1 of 1\n",
      3,
    ],
    ["a total without a name", ",,6600,1254\n", 1],
    ["a balance with its name among the numbers", ",,Closing balance,1254\n", 1],
    ["balances, in place of the numbers of invoices", "\nOpening balance,,,1254\nClosing balance,,,2508\n", 2],
    ["names with their values", "\nTax rate,19 %\nCurrency,EUR\nClerk,Ann\n", 3],
    ["the number of rows", "(12 rows)\n", 1],
    ["a note, filled up to the table's width", ",,,\nPrices without tax,,,\n", 1],
  ] as const) {
    it(`go to the ledger: ${what}`, async () => {
      const { types, rows: read, rejects } = await readUpload(`${invoices}${below}`);
      assert.deepEqual(types, { invoice: "BIGINT", customer: "VARCHAR", net: "BIGINT", vat: "BIGINT" });
      assert.equal(read.length, 12);
      assert.equal(rejects.length, count);
      for (const { column, reason } of rejects) {
        assert.equal(column, null);
        assert.match(reason, /^The row (stands below the table: a total or a note|is a total of rows above it)$/);
      }
    });
  }

  it("are rows of it all the same where they hold its numbers, also below a blank row", async () => {
    const { rows: read, rejects } = await readUpload(`${invoices}\n1012,C12,1200\n1013,,1300,247\n`);
    assert.equal(read.length, 14);
    assert.deepEqual(
      rejects.map(({ row, column }) => [row, column]),
      [[15, "vat"]],
    );
  });
});
