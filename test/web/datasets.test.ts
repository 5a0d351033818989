import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column, Dataset } from "../../contract/index.ts";
import { contentKey, hasTable, isPending, newsOf, pollMs } from "../../web/src/datasets/dataset-state.ts";
import { distinctWords, histogramWords, profileFacts } from "../../web/src/datasets/profile-words.ts";
import { optionsOf, optionsToMend, readWords, tableNoun } from "../../web/src/datasets/reading-words.ts";
import { rangeOf, rejectsCsv, rejectsSummary } from "../../web/src/datasets/rejects-words.ts";
import { schemaChangeWords } from "../../web/src/datasets/schema-change-words.ts";
import { containsWords } from "../../web/src/datasets/search.ts";

const id = "0123456789abcdef01234567";

const ready: Dataset = {
  id,
  workspaceId: id,
  name: "Sales",
  fileName: "sales.csv",
  format: "csv",
  status: "ready",
  error: null,
  version: 1,
  fileSize: 100,
  rowCount: 12,
  s3Bucket: "b",
  s3Key: "k",
  columns: [],
  progress: null,
  rejects: { count: 0, rows: 0, sample: [] },
  options: {},
  read: { delimiter: ";", quote: '"', encoding: "utf-8", headerRow: 1 },
  tables: [],
  schemaChanges: [],
  nextVersion: null,
  suggestions: [],
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};
const next = (status: "awaiting-upload" | "ingesting" | "failed") =>
  ({ version: 2, fileName: "sales-2.csv", status, error: null }) as const;

test("a dataset is looked at again while anything of it is under way", () => {
  assert.equal(pollMs(ready), false);
  assert.equal(pollMs({ ...ready, nextVersion: next("failed") }), false);
  assert.equal(isPending({ ...ready, nextVersion: next("ingesting") }), true);
  const [read, awaited] = (["ingesting", "awaiting-upload"] as const).map((status) =>
    pollMs({ ...ready, nextVersion: next(status) }),
  );
  assert.ok(read && awaited && read < awaited);
});

test("a table stays on the screen while its file is read again, and there is none of a file that could not be read", () => {
  assert.equal(hasTable(ready), true);
  assert.equal(hasTable({ ...ready, status: "ingesting" }), true);
  assert.equal(hasTable({ ...ready, status: "ingesting", rowCount: null }), false);
  assert.equal(hasTable({ ...ready, status: "failed", rowCount: null }), false);
});

test("rows are fetched anew when they may have changed, and not when a name has", () => {
  assert.deepEqual(contentKey({ ...ready, name: "Other", nextVersion: next("ingesting") }), contentKey(ready));
  assert.notDeepEqual(contentKey({ ...ready, version: 2 }), contentKey(ready));
  assert.notDeepEqual(contentKey({ ...ready, read: { delimiter: "," } }), contentKey(ready));
});

test("what has come to its end is told once", () => {
  const reading: Dataset = { ...ready, status: "ingesting" };
  assert.equal(newsOf(ready, ready, "en"), null);
  assert.equal(newsOf(ready, reading, "en"), null);
  assert.equal(newsOf(reading, ready, "en"), "The file has been read again: 12 rows × 0 columns.");
  const renewed = { ...ready, version: 2, fileName: "sales-2.csv", rowCount: 1 };
  assert.equal(newsOf(ready, renewed, "en"), "sales-2.csv is in use now: 1 row × 0 columns.");
  const error = { code: "bad-option", message: "No." };
  assert.equal(newsOf(reading, { ...ready, error }, "en"), null, "a failure is told elsewhere");
  assert.equal(newsOf({ ...reading, rowCount: null }, ready, "en"), null, "the first time speaks for itself");
});

test("what did not become data is summed up by cells and rows", () => {
  const summary = (count: number, rows?: number) => rejectsSummary({ count, rows, sample: [] }, "en");
  assert.equal(summary(12), "12 cells could not be read and are empty here.");
  assert.equal(summary(1), "1 cell could not be read and is empty here.");
  assert.equal(summary(3, 3), "3 rows of the file are left out.");
  assert.equal(summary(1205, 1), "1,204 cells could not be read and are empty here; 1 row of the file is left out.");
  assert.equal(rangeOf(50, 50, 12_345, "en"), "51–100 of 12,345");
  assert.equal(rangeOf(0, 0, 0, "en"), "0 of 0");
});

test("the ledger as CSV keeps every value as it was", () => {
  const csv = rejectsCsv([
    { row: 3, column: "a, b", value: 'say "no"\nnever', reason: "The cell is no number" },
    { row: null, column: null, value: null, reason: "The row is left out" },
  ]);
  assert.equal(
    csv,
    '\uFEFFrow,column,value,reason\r\n3,"a, b","say ""no""\nnever",The cell is no number\r\n,,,The row is left out\r\n',
  );
});

test("what a new version changed is told in plain words", () => {
  assert.deepEqual(
    [
      schemaChangeWords({ change: "added", column: "channel" }),
      schemaChangeWords({ change: "missing", column: "note" }),
      schemaChangeWords({ change: "type", column: "paid", from: "BIGINT", to: "VARCHAR" }),
      schemaChangeWords({ change: "type", column: "paid", from: "INTEGER", to: "BIGINT" }),
      schemaChangeWords({ change: "renamed", column: "zip", from: "postcode" }),
    ],
    [
      "`channel` is new.",
      "`note` is missing from the new file.",
      "`paid` changed from whole number to text.",
      "`paid` changed from INTEGER to BIGINT.",
      "`zip` is probably what was `postcode`, and keeps its label and description.",
    ],
  );
});

test("how a file was read is told and offered as far as it means something", () => {
  assert.deepEqual(optionsOf(ready), ["delimiter", "quote", "encoding", "headerRow"]);
  const sheets = ["A", "B"].map((name) => ({ name, rowCount: 1, columnCount: 1 }));
  assert.deepEqual(optionsOf({ format: "xlsx", tables: sheets, options: {}, read: null }), ["sheet", "headerRow"]);
  assert.deepEqual(optionsOf({ format: "parquet", tables: [], options: {}, read: null }), []);
  assert.deepEqual(optionsOf({ format: "parquet", tables: [], options: { sheet: "a.parquet" }, read: null }), [
    "sheet",
  ]);
  const grouped = optionsOf({ format: "xlsx", tables: [], options: {}, read: { groups: true } });
  assert.deepEqual(grouped, ["headerRow", "groups"]);
  assert.equal(readWords("groups", { groups: true }), "They fill the column “group”");
  assert.equal(readWords("groups", { groups: false }), "Rows like others");
  assert.equal(readWords("delimiter", ready.read), "Semicolon ;");
  assert.equal(readWords("delimiter", { delimiter: "~" }), "~");
  assert.equal(readWords("quote", { quote: "" }), "None: quotation marks are text");
  assert.equal(readWords("headerRow", { headerRow: 0 }), "None: the columns have no names in the file");
  assert.equal(readWords("encoding", null), null);
});

test("another way of reading is offered only for what it can mend", () => {
  const failed = (code: string) => optionsToMend({ ...ready, error: { code, message: "" } });
  assert.deepEqual(failed("not-supported"), []);
  assert.deepEqual(failed("upload-missing"), []);
  assert.deepEqual(failed("unknown-encoding"), ["delimiter", "quote", "encoding", "headerRow"]);
  assert.deepEqual(failed("several-files")[0], "sheet");
});

const prices: Column = {
  name: "price",
  label: null,
  description: null,
  type: "BIGINT",
  role: "measure",
  format: { kind: "currency", unit: "$", decimals: 0 },
  rejectCount: 2,
  profile: {
    nullCount: 2,
    distinctCount: 9,
    min: 1,
    max: 1000,
    mean: 33.333,
    quartiles: [2, 5, 8],
    histogram: [
      { from: 1, to: 500, count: 9 },
      { from: 500, to: 1000, count: 1 },
    ],
    topValues: [{ value: 1, count: 2 }],
    estimated: ["distinctCount", "quartiles"],
  },
};

test("a column is summed up in its own format, and an estimate is called one", () => {
  assert.deepEqual(profileFacts(prices, 12, "en"), [
    ["Filled", "10 rows, 17% empty"],
    ["Values", "about 9 different"],
    ["Could not be read", "2 cells"],
    ["Smallest", "$1"],
    ["A quarter is up to", "about $2"],
    ["Half is up to (median)", "about $5"],
    ["Three quarters are up to", "about $8"],
    ["Largest", "$1,000"],
    ["Mean", "$33.33"],
  ]);
  assert.equal(histogramWords(prices, "en"), "2 bins from $1 to $1,000; most, 9 rows, between $1 and $500.");
  assert.equal(distinctWords({ ...prices.profile, estimated: [] }, "en"), "9 different");
});

test("things are found by any part of their names, whatever the case and the accents", () => {
  const names = "Umsätze Köln export_2024.xlsx";
  assert.equal(containsWords(names, "koln umsatz"), true);
  assert.equal(containsWords(names, " 2024 "), true);
  assert.equal(containsWords(names, "berlin"), false);
  assert.equal(containsWords(names, ""), true);
});

test("what a file holds is called by what it is: sheets, parts of a sheet or of a text, or files", () => {
  const noun = (format: "csv" | "xlsx" | "json", ...names: string[]) =>
    tableNoun({ format, tables: names.map((name) => ({ name, rowCount: 1, columnCount: 1 })) });
  assert.equal(noun("xlsx", "Sales", "Staff"), "sheet");
  assert.equal(noun("xlsx", "Sales, table from D1", "Staff"), "table");
  assert.equal(noun("csv", "Table from row 1", "Table from row 20"), "table");
  assert.equal(noun("csv", "Table from A1", "Table from AB1"), "table");
  assert.equal(noun("csv", "one.csv", "two.csv"), "file");
  assert.equal(noun("json", "a", "b"), "list");
});
