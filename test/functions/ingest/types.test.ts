import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Cell } from "../../../contract/index.ts";
import { readUpload } from "./read-upload.ts";

/** Reads a column of these cells, beside one that numbers them. */
async function column(name: string, cells: string[], chosen: Parameters<typeof readUpload>[1] = {}) {
  const quoted = cells.map((cell, index) => `${index + 1};"${cell}"`);
  const { columns, rows, rejects } = await readUpload(`nr;${name}\n${quoted.join("\n")}\n`, chosen);
  const [, found] = columns;
  assert.ok(found);
  return { ...found, values: rows.map(([, value = null]) => value), rejects };
}

const repeated = (cells: string[], times: number) => Array.from({ length: times }, () => cells).flat();

describe("types", () => {
  for (const [what, cells] of [
    ["leading zeros", ["01234", "20095", "80331"]],
    ["a single leading zero among many numbers", [...repeated(["20095", "80331"], 200), "01067"]],
    ["account numbers", ["1234567890123456", "6543210987654321"]],
    ["phone numbers", ["+491701234567", "+33612345678"]],
    ["Yes and No", ["Yes", "No", "Yes"]],
    ["versions", ["1.2.3", "1.10.0", "2.0.0"]],
    ["currencies that differ", ["$5.00", "€6.00", "$7.00"]],
    ["units that differ", ["5 kg", "300 g", "2 kg"]],
    ["a few numbers with what looks like a unit", ["12", "14", "12 m", "15"]],
  ] as const) {
    it(`keeps ${what} as text, as they are`, async () => {
      const { type, values, rejects } = await column("value", [...cells]);
      assert.equal(type, "VARCHAR");
      assert.deepEqual(values, cells);
      assert.deepEqual(rejects, []);
    });
  }

  it("keeps digits as text where the header says that they are no quantity", async () => {
    assert.equal((await column("Phone number", ["2095257564", "2095257565"])).type, "VARCHAR");
    assert.equal((await column("zip_code", ["94103", "10001"])).type, "VARCHAR");
  });

  it("does not make booleans of 0 and 1, but of true and false", async () => {
    assert.equal((await column("flag", ["0", "1", "1"])).type, "BIGINT");
    const truth = await column("flag", ["TRUE", "false", "True"]);
    assert.deepEqual([truth.type, truth.values], ["BOOLEAN", [true, false, true]]);
  });

  for (const [what, cells, values, type, format] of [
    [
      "thousands",
      ["1,234", "12,345", "999"],
      [1234, 12345, 999],
      "BIGINT",
      { kind: "number", decimals: 0, grouped: true },
    ],
    [
      "decimal commas",
      ["1,5", "2,25", "10"],
      [1.5, 2.25, 10],
      "DOUBLE",
      { kind: "number", decimals: 2, decimalSeparator: "," },
    ],
    [
      "points and commas",
      ["1.234,50", "99,00"],
      [1234.5, 99],
      "DOUBLE",
      { kind: "number", decimals: 2, grouped: true, decimalSeparator: "," },
    ],
    [
      "dollars and parentheses",
      ["$1,234.50", "($5.00)", "-$1.25"],
      [1234.5, -5, -1.25],
      "DOUBLE",
      { kind: "currency", unit: "$", decimals: 2, grouped: true },
    ],
    [
      "euros behind",
      ["1.234,50 €", "-5,10 €"],
      [1234.5, -5.1],
      "DOUBLE",
      { kind: "currency", unit: "€", decimals: 2, grouped: true, decimalSeparator: "," },
    ],
    ["codes", ["EUR 12.50", "EUR 1.00"], [12.5, 1], "DOUBLE", { kind: "currency", unit: "EUR", decimals: 2 }],
    ["per cent", ["12.5%", "3%"], [12.5, 3], "DOUBLE", { kind: "percent", unit: "%", decimals: 1 }],
    [
      "blanks",
      ["1 234,5", "12 000,0"],
      [1234.5, 12000],
      "DOUBLE",
      { kind: "number", decimals: 1, grouped: true, decimalSeparator: "," },
    ],
    [
      "apostrophes",
      ["1'234.50", "12'000.00"],
      [1234.5, 12000],
      "DOUBLE",
      { kind: "number", decimals: 2, grouped: true },
    ],
    [
      "no zero in front",
      [".097", "-.5", "1.25", "+.75"],
      [0.097, -0.5, 1.25, 0.75],
      "DOUBLE",
      { kind: "number", decimals: 3 },
    ],
    ["exponents", ["1e3", "2.5E-1"], [1000, 0.25], "DOUBLE", { kind: "number", decimals: 1 }],
    ["units", ["20.5 °C", "-3 °C"], [20.5, -3], "DOUBLE", { kind: "number", unit: "°C", decimals: 1 }],
    ["units of time", ["36 months", "1 month"], [36, 1], "BIGINT", { kind: "number", unit: "months", decimals: 0 }],
    [
      "yen signs",
      ["\\1,000", "¥20,000"],
      [1000, 20000],
      "BIGINT",
      { kind: "currency", unit: "¥", decimals: 0, grouped: true },
    ],
    ["minus behind", ["12.50-", "3.00"], [-12.5, 3], "DOUBLE", { kind: "number", decimals: 2 }],
  ] as [string, string[], number[], string, object][]) {
    it(`reads numbers with ${what} and remembers how they were written`, async () => {
      const found = await column("value", cells);
      assert.deepEqual([found.type, found.values, found.format], [type, values, format]);
    });
  }

  for (const [what, cells, values, type] of [
    ["ISO dates", ["2024-01-31", "2023-12-01"], ["2024-01-31", "2023-12-01"], "DATE"],
    ["days first, settled by one cell", ["01/02/2024", "13/02/2024"], ["2024-02-01", "2024-02-13"], "DATE"],
    [
      "days first, since all are the first of months",
      ["01/04/2022", "01/05/2022", "01/04/2023"],
      ["2022-04-01", "2022-05-01", "2023-04-01"],
      "DATE",
    ],
    [
      "months first, where days differ",
      ["01/04/2022", "01/05/2022", "02/04/2022"],
      ["2022-01-04", "2022-01-05", "2022-02-04"],
      "DATE",
    ],
    ["months first, settled by one cell", ["01/02/2024", "01/13/2024"], ["2024-01-02", "2024-01-13"], "DATE"],
    ["points", ["1.2.2024", "3.4.2024"], ["2024-02-01", "2024-04-03"], "DATE"],
    ["two-digit years", ["5-Jan-24", "17-Feb-24"], ["2024-01-05", "2024-02-17"], "DATE"],
    ["months in words", ["January 5, 2024", "February 17, 2024"], ["2024-01-05", "2024-02-17"], "DATE"],
    ["months in German", ["1. Januar 2024", "17. Mai 2024"], ["2024-01-01", "2024-05-17"], "DATE"],
    ["months in French", ["1er février 2024", "2 août 2024"], ["2024-02-01", "2024-08-02"], "DATE"],
    ["months in Portuguese", ["15 de março de 2024", "2 de maio de 2024"], ["2024-03-15", "2024-05-02"], "DATE"],
    ["months cut short in other languages", ["05/fev/2024", "06/abr/2024"], ["2024-02-05", "2024-04-06"], "DATE"],
    ["months cut short by a point", ["3. Okt. 2024", "4. Nov. 2024"], ["2024-10-03", "2024-11-04"], "DATE"],
    ["Japanese dates", ["2024年1月5日", "2024年12月31日"], ["2024-01-05", "2024-12-31"], "DATE"],
    ["weekdays", ["Mon, 01 Jan 2024", "Tue, 02 Jan 2024"], ["2024-01-01", "2024-01-02"], "DATE"],
    [
      "weekdays and months in words",
      ["Monday, March 4, 2024", "Friday, May 17, 2024"],
      ["2024-03-04", "2024-05-17"],
      "DATE",
    ],
    ["months and years", ["Jan 2024", "Feb 2024"], ["2024-01-01", "2024-02-01"], "DATE"],
    ["quarters", ["2024-Q1", "2023-Q4"], ["2024-01-01", "2023-10-01"], "DATE"],
    ["quarters first", ["Q1 2024", "q3 2023"], ["2024-01-01", "2023-07-01"], "DATE"],
    ["quarters and two digits of years", ["1Q24", "4Q99"], ["2024-01-01", "1999-10-01"], "DATE"],
    [
      "quarters among dates",
      ["2024-01-05", "2024-Q2", "2024-07-31"],
      ["2024-01-05", "2024-04-01", "2024-07-31"],
      "DATE",
    ],
    [
      "times of day",
      ["1/2/2024 1:05 PM", "1/15/2024 11:00 AM"],
      ["2024-01-02T13:05:00", "2024-01-15T11:00:00"],
      "TIMESTAMP",
    ],
    [
      "zones",
      ["2024-01-01T00:00:00+02:00", "2024-01-01T00:00:00Z"],
      ["2023-12-31T22:00:00.000Z", "2024-01-01T00:00:00.000Z"],
      "TIMESTAMP WITH TIME ZONE",
    ],
    [
      "zones apart from their times",
      ["2024-01-01 00:00:00 +02:00", "2024-01-01 12:00:00 +0000"],
      ["2023-12-31T22:00:00.000Z", "2024-01-01T12:00:00.000Z"],
      "TIMESTAMP WITH TIME ZONE",
    ],
    [
      "zones as forms write them",
      ["2024/03/01 10:00:00 AM GMT+1", "2024/03/01 1:00:00 PM GMT-5"],
      ["2024-03-01T09:00:00.000Z", "2024-03-01T18:00:00.000Z"],
      "TIMESTAMP WITH TIME ZONE",
    ],
    [
      "halves of the day with points, and many digits of a second",
      ["1/15/2024 1:05 p.m.", "1/2/2024 11:00:00.123456789"],
      ["2024-01-15T13:05:00", "2024-01-02T11:00:00.123456"],
      "TIMESTAMP",
    ],
    ["only times with points", ["9:05 a.m.", "1:30 p.m."], ["09:05:00", "13:30:00"], "TIME"],
    ["only times", ["10:15", "23:59"], ["10:15:00", "23:59:00"], "TIME"],
  ] as [string, string[], Cell[], string][]) {
    it(`reads ${what}`, async () => {
      const found = await column("value", cells);
      assert.deepEqual([found.type, found.values], [type, values]);
    });
  }

  it("remembers that dates stand for quarters or months, and makes them a time column", async () => {
    const quarters = await column("period", ["2024-Q1", "2024-Q2", "2024-Q3"]);
    assert.deepEqual([quarters.role, quarters.format], ["time", { kind: "date", pattern: "%Y-Q%q", grain: "quarter" }]);
    const months = await column("period", ["Jan 2024", "Feb 2024"]);
    assert.deepEqual(months.format, { kind: "date", pattern: "%b %Y", grain: "month" });
    const bad = await column("period", [...repeated(["2024-Q1", "2024-Q2"], 10), "2024-Q5"]);
    assert.deepEqual(
      bad.rejects.map(({ value, reason }) => [value, reason]),
      [["2024-Q5", "The cell is no quarter like 2023-Q4"]],
    );
    const years = await column("year", ["2021", "2022", "2023"]);
    assert.equal(years.role, "time");
  });

  it("takes a column of dates that are ambiguous the way that another column of the file settles it", async () => {
    const { rows } = await readUpload("ordered,shipped\n01/02/2024,13/02/2024\n03/04/2024,14/04/2024\n");
    assert.deepEqual(rows[0], ["2024-02-01", "2024-02-13"]);
  });

  it("reads a spreadsheet program's count of days as dates only where the header says so", async () => {
    const days = await column("Order date", ["45292", "45657"]);
    assert.deepEqual([days.type, days.values], ["DATE", ["2024-01-01", "2024-12-31"]]);
    const times = await column("date", ["45292.75", "45293"]);
    assert.deepEqual([times.type, times.values], ["TIMESTAMP", ["2024-01-01T18:00:00", "2024-01-02T00:00:00"]]);
    assert.equal((await column("price", ["45292", "45657"])).type, "BIGINT");
    assert.equal((await column("day", ["1", "45292"])).type, "BIGINT");
  });

  it("reads eight digits as dates only where the header says so", async () => {
    assert.deepEqual((await column("order date", ["20240131", "20240201"])).values, ["2024-01-31", "2024-02-01"]);
    assert.equal((await column("amount", ["20240131", "20240201"])).type, "BIGINT");
  });

  it("takes what people write for nothing as null, and Namibia for a country", async () => {
    const { rows, types, rejectCount } = await readUpload(
      "a,b,country\n1,x,NA\n-,NULL,DE\nn/a,None,FR\nNA,y,GB\n,z,IT\n",
    );
    assert.deepEqual(types, { a: "BIGINT", b: "VARCHAR", country: "VARCHAR" });
    assert.deepEqual(rows, [
      [1, "x", "NA"],
      [null, null, "DE"],
      [null, "None", "FR"],
      [null, "y", "GB"],
      [null, "z", "IT"],
    ]);
    assert.equal(rejectCount, 0);
  });

  it("keeps the type of nine tenths of a column and puts the rest into the ledger, the row staying", async () => {
    const found = await column("value", [...repeated(["12", "7"], 9), "oops", "n.b."]);
    assert.equal(found.type, "BIGINT");
    assert.equal(found.values.length, 20);
    assert.equal(found.rejectCount, 2);
    assert.deepEqual(
      found.rejects.map(({ row, column: name, value }) => [row, name, value]),
      [
        [20, "value", "oops"],
        [21, "value", "n.b."],
      ],
    );
    assert.equal((await column("value", [...repeated(["12", "7"], 4), "oops", "n.b."])).type, "VARCHAR");
  });

  it("gives a column the type that its owner chose", async () => {
    const text = await column("value", ["12", "7"], { chosen: { value: "VARCHAR" } });
    assert.deepEqual([text.type, text.values], ["VARCHAR", ["12", "7"]]);
    const numbers = await column("value", ["012", "x", "7"], { chosen: { value: "BIGINT" } });
    assert.deepEqual([numbers.type, numbers.values], ["BIGINT", [12, null, 7]]);
    assert.deepEqual(
      numbers.rejects.map(({ row, value }) => [row, value]),
      [[3, "x"]],
    );
    const flags = await column("value", ["1", "0", "Yes"], { chosen: { value: "BOOLEAN" } });
    assert.deepEqual(flags.values, [true, false, true]);
  });
});

describe("the profile", () => {
  it("has bounds, quartiles, a histogram, top values and a role for every column", async () => {
    const rows = Array.from(
      { length: 100 },
      (_, index) =>
        `${index + 1},${index % 4 === 0 ? "N" : "S"},${index / 2},2024-01-${String((index % 28) + 1).padStart(2, "0")}`,
    );
    const { columns } = await readUpload(`id,region,sales,day\n${rows.join("\n")}\n`);
    const [id, region, sales, day] = columns;
    assert.deepEqual([id?.role, region?.role, sales?.role, day?.role], ["identifier", "dimension", "measure", "time"]);
    assert.deepEqual(region?.profile.topValues, [
      { value: "S", count: 75 },
      { value: "N", count: 25 },
    ]);
    assert.deepEqual([sales?.profile.min, sales?.profile.max, sales?.profile.mean], [0, 49.5, 24.75]);
    assert.deepEqual(sales?.profile.quartiles, [12, 24.5, 37]);
    assert.equal(
      sales?.profile.histogram?.reduce((sum, { count }) => sum + count, 0),
      100,
    );
    assert.deepEqual([day?.profile.min, day?.profile.max], ["2024-01-01", "2024-01-28"]);
    assert.equal(day?.profile.histogram?.[0]?.from, "2024-01-01");
    assert.equal(sales?.profile.estimated, undefined);
  });
});
