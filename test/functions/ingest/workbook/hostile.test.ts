import assert from "node:assert/strict";
import { test } from "node:test";
import { readUpload } from "../read-upload.ts";
import { refused } from "../refused.ts";
import { row, workbook } from "./workbook-writer.ts";

const people = row(1, ["name", "age"]) + row(2, ["Ann", 41]);

test("entities are refused before anything is expanded", async () => {
  const bomb = workbook({
    sheets: [{ rows: people }],
    strings: ['<!DOCTYPE a [<!ENTITY b "cc">]><si><t>&b;</t></si>'],
  });
  await assert.rejects(readUpload(bomb), refused("unsafe-workbook"));
});

test("parts that unpack to far more than a sheet could hold are refused while they unpack", async () => {
  const rows = `${people}${" ".repeat(80 * 1024 ** 2)}`;
  await assert.rejects(readUpload(workbook({ sheets: [{ rows }] })), refused("suspicious-compression"));
});

test("XML that is nested absurdly or breaks off is refused", async () => {
  await assert.rejects(
    readUpload(workbook({ sheets: [{ rows: "<a>".repeat(500) }] })),
    refused("damaged-workbook", /deep/),
  );
  await assert.rejects(
    readUpload(workbook({ sheets: [{ rows: `${people}<row r="3"><c>` }] })),
    refused("damaged-workbook"),
  );
});

test("a workbook that was cut off, or damaged within, is refused with what to do", async () => {
  const file = workbook({ sheets: [{ rows: people.repeat(50) }] });
  await assert.rejects(readUpload(file.subarray(0, file.length - 30)), refused("damaged-archive", /save it again/));
  const damaged = Buffer.from(file);
  damaged.fill(0xff, file.indexOf("sheet0.xml") + 12, file.indexOf("sheet0.xml") + 60);
  await assert.rejects(readUpload(damaged), refused("damaged-archive"));
});

test("rows and columns beyond what a sheet can have are refused", async () => {
  await assert.rejects(
    readUpload(workbook({ sheets: [{ rows: people + row(2_000_000, ["x", 1]) }] })),
    refused("sheet-too-large", /rows/),
  );
  const wide = `<row r="1">${Array.from({ length: 2_001 }, () => "<c><v>1</v></c>").join("")}</row>`;
  await assert.rejects(readUpload(workbook({ sheets: [{ rows: wide }] })), refused("too-many-columns"));
});

test("a workbook whose sheets are hidden or empty says so", async () => {
  await assert.rejects(
    readUpload(workbook({ sheets: [{ rows: people, state: "hidden" }] })),
    refused("no-sheet", /Unhide/),
  );
  await assert.rejects(readUpload(workbook({ sheets: [{ rows: "" }] })), refused("empty-file"));
});
