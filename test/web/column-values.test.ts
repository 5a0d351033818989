import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column } from "../../contract/index.ts";
import { formatByColumn } from "../../web/src/format/column-values.ts";
import { valueKind } from "../../web/src/format/column-words.ts";

type Format = Column["format"];

const number = (format: Format, name = "amount"): Pick<Column, "name" | "type" | "format"> => ({
  name,
  type: "DOUBLE",
  ...(format && { format }),
});

test("an amount has its currency, and the decimals that the file gives it", () => {
  const euro = number({ kind: "currency", unit: "€", decimals: 2 });
  assert.equal(formatByColumn(1234.5, euro, "en"), "€1,234.50");
  assert.equal(formatByColumn(-3, euro, "en"), "-€3.00");
  assert.equal(formatByColumn(1200, number({ kind: "currency", unit: "CHF", decimals: 0 }), "en"), "CHF\u00a01,200");
  assert.equal(formatByColumn(7, number({ kind: "currency", unit: "zł", decimals: 2 }), "en"), "7.00 zł");
  assert.equal(formatByColumn(7, number({ kind: "currency", decimals: 2 }), "en"), "7.00");
});

test("per cent are per cent, be they written as 12.5 or as 0.125", () => {
  assert.equal(formatByColumn(12.5, number({ kind: "percent", unit: "%", decimals: 1 }), "en"), "12.5%");
  assert.equal(formatByColumn(0.125, number({ kind: "fraction", unit: "%", decimals: 2 }), "en"), "12.50%");
});

test("numbers are grouped as in the file, and what may be a year is not", () => {
  assert.equal(formatByColumn(2019, number({ kind: "number", decimals: 0 }, "season"), "en"), "2019");
  assert.equal(formatByColumn(20190, number({ kind: "number", decimals: 0 }, "season"), "en"), "20,190");
  assert.equal(formatByColumn(2019, number({ kind: "number", decimals: 0, grouped: true }), "en"), "2,019");
  assert.equal(formatByColumn(2019, number(undefined), "en"), "2,019");
  assert.equal(formatByColumn(12345, { ...number(undefined), role: "identifier" }, "en"), "12345");
  assert.equal(formatByColumn(1.5, number({ kind: "number", unit: "h" }), "en"), "1.5 h");
});

test("an integer that no number of the browser holds keeps its last digit", () => {
  const big = { name: "total", type: "BIGINT" };
  assert.equal(formatByColumn("9007199254740993", big, "en"), "9,007,199,254,740,993");
  assert.equal(formatByColumn("9007199254740993", { ...big, type: "VARCHAR" }, "en"), "9007199254740993");
});

test("a decimal that comes as text stays as it is", () => {
  assert.equal(
    formatByColumn("0.12345678901234567890", { name: "ratio", type: "DECIMAL(38,20)" }, "en"),
    "0.12345678901234567890",
  );
});

test("dates are shown at the grain in which the file has them", () => {
  const date = (grain?: "month" | "quarter") => ({
    name: "when",
    type: "DATE",
    format: { kind: "date" as const, ...(grain && { grain }) },
  });
  assert.equal(formatByColumn("2024-03-01", date(), "en"), "Mar 1, 2024");
  assert.equal(formatByColumn("2024-03-01", date("month"), "en"), "Mar 2024");
  assert.equal(formatByColumn("2024-07-01", date("quarter"), "en"), "Q3 2024");
  assert.equal(formatByColumn("not a date", date("month"), "en"), "not a date");
});

test("moments keep their seconds and say their zone", () => {
  const plain = { name: "at", type: "TIMESTAMP" };
  assert.match(formatByColumn("2024-03-01T11:30:15", plain, "en"), /^Mar 1, 2024, 11:30:15\sAM$/);
  assert.match(formatByColumn("2024-03-01T11:30:00", plain, "en"), /^Mar 1, 2024, 11:30\sAM$/);
  assert.match(
    formatByColumn("2024-03-01T11:30:00.000Z", { ...plain, type: "TIMESTAMP WITH TIME ZONE" }, "en"),
    /^Mar 1, 2024, 11:30\sAM UTC$/,
  );
  assert.equal(formatByColumn("11:30:00", { name: "at", type: "TIME" }, "en"), "11:30");
});

test("text that looks like something else stays text", () => {
  const text = { name: "postcode", type: "VARCHAR" };
  assert.equal(formatByColumn("01067", text, "en"), "01067");
  assert.equal(formatByColumn("2024-03-01", text, "en"), "2024-03-01");
});

test("what a column holds is told in a reader's words", () => {
  assert.equal(valueKind(number({ kind: "currency", unit: "€" })), "Amount in €");
  assert.equal(valueKind(number({ kind: "fraction", unit: "%" })), "Per cent");
  assert.equal(valueKind(number({ kind: "number", unit: "h" })), "Number in h");
  assert.equal(valueKind({ type: "DATE", format: { kind: "date", grain: "quarter" } }), "Quarter");
  assert.equal(valueKind({ type: "BIGINT" }), "Whole number");
});
