import assert from "node:assert/strict";
import { test } from "node:test";
import { readUpload } from "../read-upload.ts";
import { row, workbook } from "./workbook-writer.ts";

test("dates, times and timestamps are read by their number formats", async () => {
  const formats = ["yyyy-mm-dd", 'd". "mmmm yyyy', "dd/mm/yyyy hh:mm", "h:mm AM/PM", "[h]:mm"];
  const cells = (day: number) =>
    [1, 2, 3, 4, 5].map((style) => ({ value: day + (style > 2 ? 0.5 : 0) - (style > 3 ? day : 0), style }));
  const { rows, types } = await readUpload(
    workbook({
      formats,
      sheets: [
        { rows: row(1, ["date", "long", "moment", "clock", "worked"]) + row(2, cells(45_000)) + row(3, cells(61)) },
      ],
    }),
  );
  assert.deepEqual(rows, [
    ["2023-03-15", "2023-03-15", "2023-03-15T12:00:00", "12:00:00", 12],
    ["1900-03-01", "1900-03-01", "1900-03-01T12:00:00", "12:00:00", 12],
  ]);
  assert.deepEqual(types, { date: "DATE", long: "DATE", moment: "TIMESTAMP", clock: "TIME", worked: "DOUBLE" });
});

test("29 February 1900, which spreadsheets count, is a reject and no other day", async () => {
  const days = [59, 60, 61, 0].map((value, index) => row(index + 2, [index, { value, style: 1 }]));
  const { rows, rejects } = await readUpload(
    workbook({ formats: ["yyyy-mm-dd"], sheets: [{ rows: row(1, ["n", "day"]) + days.join("") }] }),
  );
  assert.deepEqual(
    rows.map(([, day]) => day),
    ["1900-02-28", null, "1900-03-01", null],
  );
  assert.deepEqual(
    rejects.map(({ row: at, column, value }) => [at, column, value]),
    [
      [3, "day", "60"],
      [5, "day", "0"],
    ],
  );
});

test("days count from 1904 where the workbook says so", async () => {
  const { rows } = await readUpload(
    workbook({
      date1904: true,
      formats: ["yyyy-mm-dd"],
      sheets: [
        { rows: row(1, ["n", "day"]) + row(2, [1, { value: 0, style: 1 }]) + row(3, [2, { value: 42_735, style: 1 }]) },
      ],
    }),
  );
  assert.deepEqual(
    rows.map(([, day]) => day),
    ["1904-01-01", "2021-01-01"],
  );
});

test("currencies, percentages and grouping are remembered; colours and currency codes make no dates", async () => {
  const formats = ['#,##0.00 "€"', "[$CHF] #,##0", "0.0%", "[Red]0.00", "00000"];
  const { columns, rows } = await readUpload(
    workbook({
      formats,
      sheets: [
        {
          rows:
            row(1, ["euro", "franc", "share", "red", "postcode"]) +
            row(
              2,
              [1, 2, 3, 4, 5].map((style) => ({ value: [1234.5, 99, 0.25, 7.5, 1067][style - 1] ?? 0, style })),
            ),
        },
      ],
    }),
  );
  assert.deepEqual(rows, [[1234.5, 99, 0.25, 7.5, "01067"]]);
  assert.deepEqual(
    columns.map(({ name, type, format }) => [name, type, format?.kind, format?.unit]),
    [
      ["euro", "DOUBLE", "currency", "€"],
      ["franc", "BIGINT", "currency", "CHF"],
      ["share", "DOUBLE", "fraction", "%"],
      ["red", "DOUBLE", "number", undefined],
      ["postcode", "VARCHAR", undefined, undefined],
    ],
  );
});

test("error values are nulls and rejects with the cell's row and column", async () => {
  const { rows, types, rejects } = await readUpload(
    workbook({
      sheets: [
        {
          rows:
            row(1, ["item", "price"]) +
            row(2, ["a", 1.5]) +
            '<row r="3"><c r="A3" t="inlineStr"><is><t>b</t></is></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>' +
            row(4, ["c", 2.5]),
        },
      ],
    }),
  );
  assert.deepEqual(rows, [
    ["a", 1.5],
    ["b", null],
    ["c", 2.5],
  ]);
  assert.equal(types.price, "DOUBLE");
  assert.deepEqual(rejects, [
    { row: 3, column: "price", value: "#DIV/0!", reason: "The sheet shows the error #DIV/0! here." },
  ]);
});

test("texts come from shared strings, rich text, formulas and inline, without phonetic runs and with their escapes", async () => {
  const strings = [
    "<si><t>name</t></si>",
    "<si><t>text</t></si>",
    '<si><r><t>bold</t></r><r><rPr><b/></rPr><t xml:space="preserve"> and plain</t></r></si>',
    '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></si>',
    "<si><t>a_x000D_b &amp; &#252; _x005F_x0041_</t></si>",
  ];
  const shared = (number: number, first: number, second: number) =>
    `<row r="${number}"><c r="A${number}" t="s"><v>${first}</v></c><c r="B${number}" t="s"><v>${second}</v></c></row>`;
  const { rows, rejects } = await readUpload(
    workbook({
      strings,
      sheets: [
        {
          rows:
            shared(1, 0, 1) +
            shared(2, 0, 2) +
            shared(3, 1, 3) +
            shared(4, 1, 4) +
            '<row r="5"><c r="A5" t="str"><f>A1&amp;"x"</f><v>namex</v></c><c r="B5" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c></row>' +
            shared(6, 0, 99),
        },
      ],
    }),
  );
  assert.deepEqual(rows, [
    ["name", "bold and plain"],
    ["text", "課"],
    ["text", "a\rb & ü _x0041_"],
    ["namex", "<b>"],
    ["name", null],
  ]);
  assert.deepEqual(
    rejects.map(({ row: at, column }) => [at, column]),
    [[6, "text"]],
  );
});

test("cells without references, strict namespaces, prefixes and a wrong dimension are no obstacle", async () => {
  const plain =
    '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c><v>1</v></c><c><v>2.0</v></c></row>';
  const { rows, types } = await readUpload(
    workbook({ strict: true, sheets: [{ rows: plain, after: '<dimension ref="A1:XFD9"/>' }] }),
  );
  assert.deepEqual([rows, types], [[[1, 2]], { a: "BIGINT", b: "BIGINT" }]);
  const prefixed = plain.replaceAll("<", "<x:").replaceAll("<x:/", "</x:");
  assert.deepEqual((await readUpload(workbook({ sheets: [{ rows: prefixed }] }))).rows, [[1, 2]]);
});

test("a column of mostly numbers keeps its type and its few texts become rejects", async () => {
  const numbers = Array.from({ length: 30 }, (_, index) =>
    row(index + 2, [`r${index}`, index === 7 ? "unknown" : index + 0.5]),
  );
  const { types, rejects, rows } = await readUpload(
    workbook({ sheets: [{ rows: row(1, ["id", "n"]) + numbers.join("") }] }),
  );
  assert.equal(types.n, "DOUBLE");
  assert.equal(rows.length, 30);
  assert.deepEqual(
    rejects.map(({ row: at, column, value }) => [at, column, value]),
    [[9, "n", "unknown"]],
  );
});

test("a formula whose result the file does not hold is told, and one whose result is empty is empty", async () => {
  const rows = `${row(1, ["name", "age", "note"])}${row(2, ["Ann", 41, "a"])}<row r="3"><c r="A3" t="inlineStr"><is><t>Ben</t></is></c><c r="B3"><f>B2+1</f></c><c r="C3" t="str"><f>X()</f><v></v></c></row>${row(4, ["Cid", 43, "c"])}`;
  const { rows: read, rejects } = await readUpload(workbook({ sheets: [{ rows }] }));
  assert.deepEqual(read[1], ["Ben", null, null]);
  assert.deepEqual(
    rejects.map(({ row: number, column, value }) => [number, column, value]),
    [[3, "age", "=B2+1"]],
  );
});

test("a column of several currencies has none as its unit", async () => {
  const cells = [1, 2, 1].map((style, index) => row(index + 2, [`P${index}`, { value: 10.5 + index, style }])).join("");
  const { columns } = await readUpload(
    workbook({ formats: ['#,##0.00 "€"', "[$CHF] #,##0.00"], sheets: [{ rows: row(1, ["item", "price"]) + cells }] }),
  );
  assert.deepEqual(columns[1]?.format, { kind: "number", decimals: 2, grouped: true });
});

test("dates that have lost their format are dates where the header says so", async () => {
  const rows = row(1, ["Order date", "amount"]) + row(2, [45292, 45292]) + row(3, [45657, 45657]);
  const { types, rows: read } = await readUpload(workbook({ sheets: [{ rows }] }));
  assert.deepEqual(types, { "Order date": "DATE", amount: "BIGINT" });
  assert.deepEqual(read, [
    ["2024-01-01", 45292],
    ["2024-12-31", 45657],
  ]);
});

test("texts among dates and numbers are read as such, or keep what they are", async () => {
  const day = { value: 45292, style: 1 };
  const rows = Array.from({ length: 20 }, (_, index) =>
    row(index + 2, index === 7 ? ["15.01.2024", "1,234.5", "01067"] : [day, index, 20000 + index]),
  ).join("");
  const {
    types,
    rows: read,
    rejects,
  } = await readUpload(
    workbook({ sheets: [{ rows: row(1, ["sent", "weight", "code"]) + rows }], formats: ["yyyy-mm-dd"] }),
  );
  assert.deepEqual(types, { sent: "DATE", weight: "DOUBLE", code: "VARCHAR" });
  assert.deepEqual([read[7], rejects], [["2024-01-15", 1234.5, "01067"], []]);
});
