import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { readUpload } from "./read-upload.ts";
import { zip } from "./zip-writer.ts";

const good = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${from + index},name ${from + index},${(from + index) / 2}`);

describe("the ledger", () => {
  const lines = [
    "Report of the shop",
    "",
    "id,name,amount",
    ...good(1, 20),
    '21,"two\nlines",10.5',
    "",
    "22,name 22,unknown",
    "23,name 23,11.5,surplus,cells",
    ...good(24, 20),
    "lost",
    "Total,,9999",
  ];
  // As a spreadsheet counts: the cell of two lines is one row, and blank rows are rows.
  const expected = [
    [26, "amount", "unknown"],
    [27, null, "23,name 23,11.5,surplus,cells"],
    [48, null, "lost"],
    [49, null, "Total,,9999"],
  ];
  for (const [what, lineEnd] of [
    ["LF", "\n"],
    ["CR LF", "\r\n"],
  ] as const) {
    const text = lines.map((line) => line.replaceAll("\n", lineEnd)).join(lineEnd);
    for (const [how, content] of [
      ["", text],
      [", gzip", gzipSync(text)],
      [", zip", zip([{ name: "report.csv", content: text }])],
      [", UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
    ] as const) {
      it(`has the file's own row numbers and text: ${what}${how}`, async () => {
        const { rejects, rows } = await readUpload(content);
        assert.equal(rows.length, 42);
        assert.deepEqual(
          rejects.map(({ row, column, value }) => [row, column, value]),
          expected,
        );
      });
    }
  }

  it("keeps rows beside many cells, and cells beside many rows", async () => {
    for (const [rowsEvery, cellsEvery] of [
      [3, 3000],
      [3000, 3],
    ] as const) {
      const lines = Array.from({ length: 40_000 }, (_, index) => {
        if (index % rowsEvery === 0) return `${index}`;
        return `${index},x,${index % cellsEvery === 1 ? "bad" : index}`;
      });
      // Below a tenth, so that the column keeps its type.
      const sound = Array.from({ length: 160_000 }, (_, index) => `${index},x,${index}`);
      const { rejects } = await readUpload(`id,name,amount\n${[...lines, ...sound].join("\n")}\n`);
      const few = rejects.filter(({ column }) => (rowsEvery > cellsEvery ? column === null : column !== null));
      assert.ok(few.length >= 9 && few.length <= 14, `${few.length}`);
      assert.equal(rejects.length, 10_000);
    }
  });

  it("counts on beyond what it keeps, by column and by row", async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) =>
      index % 16 === 5 ? `${index},x,none of it` : index % 16 === 9 ? `${index}` : `${index},x,${index}`,
    );
    const { rejects, rejectCount, columns } = await readUpload(`id,name,amount\n${rows.join("\n")}\n`);
    assert.equal(rejectCount, 12_500);
    assert.equal(rejects.length, 10_000);
    assert.equal(columns[2]?.rejectCount, 6_250);
    // Of rows and cells alike, from the first to the last.
    const kinds = [rejects.filter(({ column }) => column === null), rejects.filter(({ column }) => column !== null)];
    for (const kind of kinds) {
      assert.equal(kind.length, 5_000);
      const quarters = [0, 1, 2, 3].map(
        (quarter) => kind.filter(({ row }) => Math.floor(((row ?? 0) - 2) / 25_000) === quarter).length,
      );
      for (const count of quarters) assert.ok(count > 1_100 && count < 1_400, `${quarters}`);
    }
    assert.deepEqual(
      rejects.map(({ row }) => row),
      rejects.map(({ row }) => row).toSorted((one, other) => Number(one) - Number(other)),
    );
    assert.equal(rejects.find(({ column }) => column === "amount")?.value, "none of it");
  });
});
