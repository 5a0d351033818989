import assert from "node:assert/strict";
import { test } from "node:test";
import { maxUploadBytes } from "../../contract/index.ts";
import { fileRefusal, sortFiles } from "../../web/src/uploads/file-refusal.ts";
import { uploadWords } from "../../web/src/uploads/upload-words.ts";

const refusal = (name: string, size = 10) => fileRefusal({ name, size }, "en");

test("what may become a table is let through", () => {
  for (const name of ["a.csv", "A.XLSX", "b.tsv", "c.txt", "d.json", "e.ndjson", "f.parquet", "g.csv.gz", "h.zip"]) {
    assert.equal(refusal(name), null, name);
  }
  assert.equal(refusal("largest.csv", maxUploadBytes), null);
});

test("what can't is refused before it is sent, in one sentence that says what to do", () => {
  assert.match(refusal("old.xls") ?? "", /^old\.xls is an old Excel workbook.*save it as \.xlsx and choose that\.$/);
  assert.match(refusal("budget.ods") ?? "", /OpenDocument.*save it as \.xlsx or \.csv/);
  assert.match(refusal("scan.pdf") ?? "", /a PDF.*copy its table into a spreadsheet/);
  assert.match(refusal("photo.JPG") ?? "", /an image.*type its table/);
  assert.match(refusal("letter.docx") ?? "", /a text document/);
  assert.match(refusal("data.7z") ?? "", /archive.*pack that as \.zip/);
  assert.match(refusal("~$sales.xlsx") ?? "", /lock.*choose sales\.xlsx itself/);
  assert.match(refusal("nothing.csv", 0) ?? "", /is empty: check that the table was saved/);
  assert.equal(
    refusal("huge.csv", 3_100_000_000),
    "huge.csv has 3.1 GB, over the limit of 2 GB: split it, leave out columns, or save it as Parquet.",
  );
  assert.match(refusal("table") ?? "", /its name must end in \.csv/);
  assert.match(refusal(`${"x".repeat(260)}.csv`) ?? "", /longer than 255/);
});

test("of several files each is taken or refused by itself", () => {
  const files = [new File(["a"], "a.csv"), new File([""], "b.csv"), new File(["x"], "c.pdf")];
  const { accepted, refused } = sortFiles(files);
  assert.deepEqual(
    accepted.map(({ name }) => name),
    ["a.csv"],
  );
  assert.deepEqual(
    refused.map(({ name }) => name),
    ["b.csv", "c.pdf"],
  );
});

test("how far a file has come is told by the dataset as soon as that knows more", () => {
  const file = new File(["x".repeat(2000)], "a.csv");
  const upload = { file, sent: 500, state: "sending", reason: null } as const;
  assert.equal(uploadWords(upload, undefined, "en"), "500 bytes of 2 kB");
  assert.equal(uploadWords({ ...upload, state: "waiting" }, undefined, "en"), "Waiting for the others");
  const broken = { ...upload, state: "failed", reason: "The connection broke." } as const;
  assert.equal(uploadWords(broken, { status: "awaiting-upload", rowCount: null }, "en"), "The connection broke.");
  // The storage may have had all of it when the answer was lost.
  assert.equal(uploadWords(broken, { status: "ready", rowCount: 3 }, "en"), "Ready: 3 rows");
  assert.equal(
    uploadWords({ ...upload, state: "sent" }, { status: "failed", rowCount: null }, "en"),
    "Arrived, but could not be read",
  );
});
