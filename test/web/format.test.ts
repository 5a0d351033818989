import assert from "node:assert/strict";
import { test } from "node:test";
import { columnKind, formatCell, namesThings, typeName } from "../../web/src/format/cells.ts";
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
} from "../../web/src/format/numbers.ts";
import { plainProse, proseParts } from "../../web/src/format/prose.ts";
import { clockTime, formatAgo, formatTime, formatTimes, isIsoTime, timeGrain } from "../../web/src/format/times.ts";

test("numbers keep what matters of them", () => {
  assert.equal(formatNumber(1234567.891, "en"), "1,234,567.89");
  assert.equal(formatNumber(0.000123456, "en"), "0.000123");
  assert.equal(formatNumber(0, "en"), "0");
  assert.equal(formatCompact(9999, "en"), "9,999");
  assert.equal(formatCompact(1_250_000, "en"), "1.3M");
  assert.equal(formatCount(1, "row", "en"), "1 row");
  assert.equal(formatCount(1204, "row", "en"), "1,204 rows");
});

test("shares never say nothing where there is something", () => {
  assert.equal(formatShare(0, "en"), "0%");
  assert.equal(formatShare(0.00001, "en"), "<0.1%");
  assert.equal(formatShare(0.062, "en"), "6.2%");
  assert.equal(formatShare(0.4567, "en"), "46%");
});

test("bytes and durations come in the unit that reads best", () => {
  assert.equal(formatBytes(8, "en"), "8 bytes");
  assert.equal(formatBytes(33_331, "en"), "33 kB");
  assert.equal(formatBytes(2_000_000_000, "en"), "2 GB");
  assert.equal(formatDuration(23.6, "en"), "24 ms");
  assert.equal(formatDuration(1840, "en"), "1.8 sec");
});

test("times are shown as the clock time that stands in the data, wherever the reader is", () => {
  assert.equal(formatTime("2024-03-01", "en"), "Mar 1, 2024");
  assert.equal(formatTime("2024-03-01T00:00:00.000Z", "en"), "Mar 1, 2024");
  assert.match(formatTime("2024-03-01T23:30:00Z", "en"), /^Mar 1, 2024, 11:30\sPM$/);
  assert.equal(formatTime("2024-13-45", "en"), "2024-13-45");
  assert.equal(formatTime("not a date", "en"), "not a date");
  assert.equal(clockTime("2024-03-01 10:00:00+02:00"), "2024-03-01T10:00:00");
  assert.equal(isIsoTime("2024-03-01T10:00:00.123456Z"), true);
  assert.equal(isIsoTime("2024-03"), false);
});

test("times that are all months or years are shown as such", () => {
  assert.equal(timeGrain(["2020-01-01", "2021-01-01"]), "year");
  assert.equal(timeGrain(["2020-01-01", "2020-02-01T00:00:00Z"]), "month");
  assert.equal(timeGrain(["2020-01-01"]), "day");
  assert.equal(timeGrain(["2020-01-01T10:00:00Z", "2020-01-02T00:00:00Z"]), "moment");
  assert.deepEqual(formatTimes(["2020-01-01", "2020-02-01"], "en"), ["Jan 2020", "Feb 2020"]);
  assert.deepEqual(formatTimes(["2020-01-01", "Other"], "en"), ["Jan 1, 2020", "Other"]);
  assert.deepEqual(formatTimes([2019, 2020], "en"), [2019, 2020]);
});

test("how long ago something was is said in its largest whole unit", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  assert.equal(formatAgo("2026-11-23T11:59:40Z", now, "en"), "just now");
  assert.equal(formatAgo("2026-11-23T11:10:00Z", now, "en"), "50 minutes ago");
  assert.equal(formatAgo("2026-11-22T11:00:00Z", now, "en"), "yesterday");
  assert.equal(formatAgo("2026-11-23T12:00:05Z", now, "en"), "just now");
});

test("DuckDB's types have plain names", () => {
  const kinds = ["DOUBLE", "DECIMAL(18,2)", "HUGEINT", "TIMESTAMP WITH TIME ZONE", "BOOLEAN", "VARCHAR", "INTEGER[]"];
  assert.deepEqual(kinds.map(columnKind), ["number", "number", "number", "time", "boolean", "text", "text"]);
  assert.equal(columnKind("STRUCT(a INTEGER)"), "text");
  assert.deepEqual(["BIGINT", "DECIMAL(4,1)", "DATE", "TIMESTAMP", "TIME"].map(typeName), [
    "Whole number",
    "Number",
    "Date",
    "Date and time",
    "Time",
  ]);
});

test("cells are shown by their column: a year is not 2,019", () => {
  assert.equal(formatCell(2019, { name: "release_year", type: "BIGINT" }, "en"), "2019");
  assert.equal(formatCell(2019, { name: "votes", type: "BIGINT" }, "en"), "2,019");
  assert.equal(formatCell(null, { name: "votes", type: "BIGINT" }, "en"), "–");
  assert.equal(formatCell("9007199254740993", { name: "big", type: "BIGINT" }, "en"), "9007199254740993");
  assert.equal(formatCell("2024-03-01", { name: "note", type: "VARCHAR" }, "en"), "2024-03-01");
  assert.deepEqual(["customerId", "Zip Code", "year", "video", "median", "amount"].map(namesThings), [
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("names between backticks are told apart from the words around them", () => {
  assert.deepEqual(proseParts("Mean of `rating` by `genre`."), [
    { text: "Mean of ", isName: false },
    { text: "rating", isName: true },
    { text: " by ", isName: false },
    { text: "genre", isName: true },
    { text: ".", isName: false },
  ]);
  assert.equal(plainProse("`votes` of each row"), "votes of each row");
  assert.equal(plainProse("a lone ` stays"), "a lone ` stays");
});
