import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { operations } from "../../../contract/index.ts";
import { zip } from "../../functions/ingest/zip-writer.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** The beginning of an .xlsx without its end: a ZIP archive whose first entry is `[Content_Types].xml`. */
const xlsx = Buffer.concat([
  Buffer.from("504b0304140006000800000021", "hex"),
  Buffer.alloc(13, 7),
  Buffer.from("[Content_Types].xml"),
  Buffer.alloc(200, 0x9c),
]);

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
}

/** Files as people have them: with another encoding or dialect, damaged, or no table at all. */
export function files(stack: Stack): void {
  suite("files", { concurrency: 2 }, () => {
    let ann: Person;
    before(async () => {
      ann = await stack.signIn("ann@files.example");
    });

    async function tableOf(fileName: string, content: string | Uint8Array<ArrayBuffer>) {
      const dataset = await ann.upload(fileName, content);
      assert.equal(dataset.status, "ready", dataset.error?.message);
      const { columns, rows } = await ann.ok(operations.listRows, { params: { datasetId: dataset.id } });
      return { dataset, types: columns.map(({ name, type }) => `${name} ${type}`), rows };
    }

    const unreadable: [name: string, content: string | Buffer, code: string, message: RegExp][] = [
      ["blank.csv", " \n\r\n\t\n", "empty-file", /no content/],
      ["picture.csv", png, "not-supported", /image/],
      ["workbook.csv", xlsx, "damaged-archive", /./],
      ["program.csv", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 3]), "not-text", /binary/],
    ];
    for (const [fileName, content, code, message] of unreadable) {
      test(`${fileName} fails with ${code} and a reason that its owner can act on`, async () => {
        const bytes = typeof content === "string" ? content : new Uint8Array(content);
        const dataset = await ann.upload(fileName, bytes);
        assert.equal(dataset.status, "failed");
        assert.equal(dataset.error?.code, code);
        assert.match(dataset.error?.message ?? "", message);
        assert.deepEqual([dataset.rowCount, dataset.columns, dataset.progress], [null, [], null]);
        const params = { datasetId: dataset.id };
        await ann.refused(operations.listRows, { params }, { status: 409, kind: "not-ready" });
        await ann.done(operations.deleteDataset, { params });
      });
    }

    test("a table of more columns than a chart can have can be looked at", async () => {
      const names = Array.from({ length: 600 }, (_, index) => `c${index}`);
      const row = (number: number) => names.map((_, index) => number * index).join(",");
      const { dataset, types, rows } = await tableOf("wide.csv", [names.join(","), row(1), row(2), row(3)].join("\n"));
      assert.deepEqual([dataset.columns.length, types.length, rows.length, rows[1]?.[599]], [600, 600, 3, 1_198]);
    });

    test("an archive of several files fails with their names, and is read once one is chosen", async () => {
      const names = ["north.csv", "south.csv"];
      const archive = zip(names.map((name, index) => ({ name, content: `shop,sales\n${name},${index}\n` })));
      const { id: datasetId, status, tables } = await ann.upload("shops.zip", new Uint8Array(archive));
      assert.deepEqual([status, tables.map(({ name }) => name)], ["failed", names]);
      const params = { datasetId };
      await ann.ok(operations.updateDataset, { params, body: { options: { sheet: "south.csv" } } });
      const { status: then, read } = await ann.settled(datasetId);
      const { rows } = await ann.ok(operations.listRows, { params });
      assert.deepEqual([then, read?.sheet, rows], ["ready", "south.csv", [["south.csv", 1]]]);
    });

    test("a version that was announced can be given up", async () => {
      const { id: datasetId } = await ann.upload("first.csv", "a,b\n1,2\n");
      const params = { datasetId };
      await ann.refused(operations.cancelVersion, { params }, { status: 404 });
      await ann.ok(operations.createVersion, { params, body: { fileName: "second.csv", fileSize: 8 } });
      await ann.done(operations.cancelVersion, { params });
      const { status, nextVersion } = await ann.ok(operations.getDataset, { params });
      assert.deepEqual([status, nextVersion], ["ready", null]);
    });

    test("Latin-1 is read as such", async () => {
      const { rows } = await tableOf(
        "latin1.csv",
        new Uint8Array(Buffer.from("ville,café\nOrléans,3\nNîmes,4\n", "latin1")),
      );
      assert.deepEqual(rows, [
        ["Orléans", 3],
        ["Nîmes", 4],
      ]);
    });

    test("UTF-16 with its mark is read as such", async () => {
      const { rows, types } = await tableOf("utf16.csv", utf16("città,n\nForlì,3\n東京,4\n"));
      assert.deepEqual(types, ["città VARCHAR", "n BIGINT"]);
      assert.deepEqual(rows, [
        ["Forlì", 3],
        ["東京", 4],
      ]);
    });

    test("UTF-8 with a mark, semicolons, quotes and Windows line ends", async () => {
      const { rows, types } = await tableOf(
        "excel.csv",
        '\ufeffname;note;n\r\n"A";"say ""hi"";\r\nthen go";1\r\nB;;2\r\n',
      );
      assert.deepEqual(types, ["name VARCHAR", "note VARCHAR", "n BIGINT"]);
      assert.equal(rows.length, 2);
      assert.match(String(rows[0]?.[1]), /^say "hi";\r?\nthen go$/);
      assert.deepEqual(rows[1], ["B", null, 2]);
    });

    test("tabs in a .tsv", async () => {
      const { rows, dataset } = await tableOf("a.tsv", "city\tn\nParis, France\t1\nRome, Italy\t2\n");
      assert.equal(dataset.format, "tsv");
      assert.deepEqual(rows, [
        ["Paris, France", 1],
        ["Rome, Italy", 2],
      ]);
    });

    test("types never destroy data", async () => {
      const lines = ["zip,agreed,big,wide,day,at", "01234,Yes,9007199254740993,0.1,2024-02-29,2024-02-29 13:45:30"];
      const { rows, types } = await tableOf("types.csv", `${lines.join("\n")}\n04321,No,42,12345.678,,\n`);
      assert.deepEqual(types, [
        "zip VARCHAR",
        "agreed VARCHAR",
        "big VARCHAR",
        "wide DOUBLE",
        "day DATE",
        "at TIMESTAMP",
      ]);
      assert.deepEqual(rows, [
        ["01234", "Yes", "9007199254740993", 0.1, "2024-02-29", "2024-02-29T13:45:30"],
        ["04321", "No", "42", 12345.678, null, null],
      ]);
    });

    test("a few bad cells are told and left empty; the column keeps its type", async () => {
      const good = Array.from({ length: 40_000 }, (_, index) => `${index},${index * 2}`);
      good[30_000] = "30000,unknown";
      const { dataset, types } = await tableOf("mostly.csv", `id,amount\n${good.join("\n")}\n`);
      assert.deepEqual(types, ["id BIGINT", "amount BIGINT"]);
      assert.equal(dataset.rowCount, 40_000);
      assert.equal(dataset.rejects.count, 1);
      assert.equal(dataset.rejects.sample[0]?.column, "amount");
      assert.equal(dataset.rejects.sample[0]?.row, 30_002);
      const chart = await ann.query(dataset, "SELECT count(*) AS n, count(amount) AS filled FROM data");
      assert.deepEqual(chart.result.rows, [[40_000, 39_999]]);
      assert.match(chart.warnings.join(), /1 .*could not be read/);
    });

    test("column names that would mean something in SQL are only names", async () => {
      const header = '"select","a ""quoted"" name","semi; DROP TABLE data","data"';
      const { rows, dataset } = await tableOf("names.csv", `${header}\n1,2,3,x\n4,5,6,y\n`);
      assert.deepEqual(rows, [
        [1, 2, 3, "x"],
        [4, 5, 6, "y"],
      ]);
      const chart = await ann.query(dataset, 'SELECT sum("select") AS s, sum("a ""quoted"" name") AS q FROM data');
      assert.deepEqual(chart.result.rows, [[5, 7]]);
    });

    test("a table with nothing but its header is a table without rows", async () => {
      const dataset = await ann.upload("header.csv", "name,amount\n");
      assert.equal(dataset.status, "ready", dataset.error?.message);
      assert.equal(dataset.rowCount, 0);
      assert.deepEqual(
        dataset.columns.map(({ name }) => name),
        ["name", "amount"],
      );
      const chart = await ann.query(dataset, "SELECT * FROM data");
      assert.deepEqual(chart.result.rows, []);
    });
  });
}
