import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { DataError } from "../../../../functions/ingest/data-error.ts";
import { readUpload } from "../read-upload.ts";
import { refused } from "../refused.ts";
import { row, workbook } from "../workbook/workbook-writer.ts";
import { zip } from "../zip-writer.ts";

const csv = "a,b\n1,x\n2,y\n";
const table = [
  [1, "x"],
  [2, "y"],
];

test("gzip and ZIP of one supported file are read, whatever its name in the archive", async () => {
  assert.deepEqual((await readUpload(gzipSync(csv))).rows, table);
  const packed = zip([
    { name: "../../etc/passwd", content: csv },
    { name: "__MACOSX/._data.csv", content: "x" },
    { name: "README.md", content: "about" },
  ]);
  assert.deepEqual((await readUpload(packed)).rows, table);
  const sheet = workbook({ sheets: [{ rows: row(1, ["a", "b"]) + row(2, [1, "x"]) + row(3, [2, "y"]) }] });
  const inner = await readUpload(zip([{ name: "book.xlsx", content: sheet }]));
  assert.deepEqual([inner.format, inner.rows], ["xlsx", table]);
  assert.deepEqual((await readUpload(gzipSync(zip([{ name: "a.csv", content: csv }])))).rows, table);
});

test("an archive of several files lists them and asks for one", async () => {
  const packed = zip([
    { name: "one.csv", content: csv },
    { name: "two.csv", content: csv },
  ]);
  await assert.rejects(readUpload(packed), refused("several-files", /“one\.csv”, “two\.csv”\. Choose the one/));
  assert.deepEqual((await readUpload(packed, { options: { sheet: "two.csv" } })).rows, table);
});

test("bombs are refused by what they claim and by what comes out of them", async () => {
  const zeros = Buffer.alloc(100 * 1024 ** 2);
  await assert.rejects(readUpload(gzipSync(zeros)), refused("suspicious-compression"));
  await assert.rejects(readUpload(zip([{ name: "a.csv", content: zeros }])), refused("suspicious-compression"));
  await assert.rejects(
    readUpload(zip([{ name: "a.csv", content: zeros, claimedSize: 100 }])),
    refused("suspicious-compression"),
  );
  await assert.rejects(
    readUpload(zip([{ name: "a.csv", content: csv, claimedSize: 4_000_000_000 }])),
    refused("unpacks-too-large"),
  );
  let nested = gzipSync(csv);
  for (let level = 0; level < 3; level += 1) nested = gzipSync(nested);
  await assert.rejects(readUpload(nested), refused("nested-archive"));
});

test("damaged and protected archives say what to do", async () => {
  const packed = gzipSync(csv.repeat(1_000));
  await assert.rejects(readUpload(packed.subarray(0, packed.length - 20)), refused("damaged-archive"));
  await assert.rejects(readUpload(zip([{ name: "a.csv", content: csv, flags: 0x801 }])), refused("password-protected"));
  await assert.rejects(readUpload(zip([])), refused("empty-archive"));
});

test("what is no table is named, by its content, with what to do", async () => {
  const ole = Buffer.alloc(2048);
  ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  ole.writeUInt16LE(9, 30);
  const encrypted = Buffer.from(ole);
  encrypted.write("EncryptedPackage", 512, "utf16le");
  const files: [bytes: string | Buffer, code: string, message: RegExp][] = [
    [ole, "not-supported", /old Excel workbook \(\.xls\).*\.xlsx or \.csv/],
    [encrypted, "password-protected", /without the password/],
    [
      zip([
        { name: "[Content_Types].xml", content: "" },
        { name: "xl/workbook.bin", content: "x" },
      ]),
      "not-supported",
      /\.xlsb/,
    ],
    [
      zip([
        { name: "mimetype", content: "x" },
        { name: "content.xml", content: "x" },
      ]),
      "not-supported",
      /OpenDocument/,
    ],
    ["%PDF-1.7 a,b\n", "not-supported", /PDF/],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), "not-supported", /PNG/],
    ["<html><table><tr><td>1</td></tr></table></html>", "not-supported", /web page/],
    ["\ufeff\n<!-- made by the till -->\n<table><tr><td>1</td></tr></table>", "not-supported", /web page.*save it as/],
    ["", "empty-file", /no content/],
    [Buffer.from("PAR1"), "damaged-parquet", /damaged/],
  ];
  for (const [bytes, code, message] of files) await assert.rejects(readUpload(bytes), refused(code, message));
});

test("the files of an archive can be chosen from, whether one was read or not", async () => {
  const book = workbook({ sheets: [{ name: "Data", rows: row(1, ["a", "b"]) + row(2, [1, "x"]) + row(3, [2, "y"]) }] });
  const packed = zip([
    { name: "one.csv", content: csv },
    { name: "book.xlsx", content: book },
    { name: "bad.csv", content: "%PDF-1.7" },
  ]);
  const names = ["one.csv", "book.xlsx", "bad.csv"];
  const offered = (error: unknown) =>
    error instanceof DataError &&
    assert.deepEqual(
      error.tables?.map(({ name }) => name),
      names,
    ) === undefined;
  await assert.rejects(readUpload(packed), offered);
  await assert.rejects(readUpload(packed, { options: { sheet: "bad.csv" } }), offered);
  for (const sheet of ["one.csv", "book.xlsx"]) {
    const { rows, read, tables } = await readUpload(packed, { options: { sheet } });
    assert.deepEqual([rows, read.sheet, tables.map(({ name }) => name)], [table, sheet, names]);
  }
});
