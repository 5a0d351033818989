import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { maxUploadBytes, operations } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import { type Person, sendFile } from "../person.ts";
import type { Stack } from "../stack.ts";

/** Announcing a file and sending it: what is announced is what may be sent, once, there. */
export function uploads(stack: Stack): void {
  suite("uploads", () => {
    let ann: Person;
    before(async () => {
      ann = await stack.signIn("ann@uploads.example");
    });

    async function refusedAnnouncement(body: Record<string, unknown>, path: string, message: RegExp) {
      const { errors } = await ann.refused(operations.createDataset, { body }, { status: 400 });
      assert.ok(
        errors.some((error) => error.path === path && message.test(error.message)),
        JSON.stringify(errors),
      );
    }

    async function statusOf(datasetId: string) {
      return (await ann.ok(operations.getDataset, { params: { datasetId } })).status;
    }

    /** The code in the XML with which S3 refuses. */
    async function refusalOf(response: Response) {
      const text = await response.text();
      assert.ok(response.status >= 400 && response.status < 500, text);
      return /<Code>(.*?)<\/Code>/.exec(text)?.[1];
    }

    test("a name is a file's name, with an extension that can be read", async () => {
      const name = (fileName: string, message: RegExp) =>
        refusedAnnouncement({ fileName, fileSize: 10 }, "fileName", message);
      await name("../../etc/passwd.csv", /without a folder/);
      await name("..\\boot.csv", /without a folder/);
      await name("a\u0000.csv", /control characters/);
      await name(`${"x".repeat(496)}.csv`, /longer than 255/);
      await name("report.pdf", /\.csv, \.tsv/);
      await name("report.csv.exe", /\.csv, \.tsv/);
      await name("csv", /\.csv, \.tsv/);
      await name("", /./);
    });

    test("any other name is kept as it is", async () => {
      for (const fileName of [
        "Ümsätze 2024 (final).CSV",
        "a'b\"; DROP TABLE--.csv",
        "…🙂.tsv",
        `${"x".repeat(251)}.csv`,
      ]) {
        const { dataset, upload } = await ann.announce(fileName, 10);
        assert.equal(dataset.fileName, fileName);
        assert.equal(dataset.name, fileName.slice(0, -4).slice(0, dataset.name.length));
        assert.equal(upload.fields.key, dataset.s3Key);
        assert.doesNotMatch(dataset.s3Key, /[^\w/.]/);
      }
    });

    test("a size is that of a file that can be read", async () => {
      const size = (fileSize: unknown, message: RegExp) =>
        refusedAnnouncement({ fileName: "a.csv", fileSize }, "fileSize", message);
      await size(0, /empty/);
      await size(-1, /./);
      await size(maxUploadBytes + 1, /over the limit/);
      await size(Number.MAX_VALUE, /./);
      await size("10", /./);
      await size(null, /./);
      const { upload } = await ann.announce("largest.csv", maxUploadBytes);
      assert.equal(upload.maxBytes, maxUploadBytes);
    });

    test("the permission is for 15 minutes, one key, one content type and the size announced", async () => {
      const { dataset, upload } = await ann.announce("movies.csv", 1000);
      assert.equal(dataset.status, "awaiting-upload");
      const minutes = (Date.parse(upload.expiresAt) - Date.now()) / 60_000;
      assert.ok(minutes > 14 && minutes <= 15, upload.expiresAt);
      assert.equal(upload.maxBytes, 1000);
      const policy = JSON.parse(Buffer.from(upload.fields.Policy ?? "", "base64").toString());
      assert.ok(JSON.stringify(policy.conditions).includes('["content-length-range",1,1000]'));
    });

    test("a file larger than announced is refused by the storage, and the dataset goes on waiting", async () => {
      const { dataset, upload } = await ann.announce("movies.csv", 100);
      assert.equal(await refusalOf(await sendFile(upload, new Blob([movies]))), "EntityTooLarge");
      assert.equal(await refusalOf(await sendFile(upload, new Blob([]))), "EntityTooSmall");
      assert.equal(await statusOf(dataset.id), "awaiting-upload");
      assert.deepEqual(await stack.objectKeys(upload.url, dataset.s3Key), []);
      assert.equal((await sendFile(upload, new Blob(["a,b\n1,2\n"]))).status, 204);
      assert.equal((await ann.settled(dataset.id)).rowCount, 1);
    });

    test("another key, another content type or a changed policy is refused by the storage", async () => {
      const { dataset, upload } = await ann.announce("movies.csv", 5000);
      const other = await ann.announce("other.csv", 5000);
      const policy = Buffer.from(JSON.stringify({ expiration: "2099-01-01T00:00:00Z", conditions: [] }));
      const changes: Record<string, string>[] = [
        { key: other.dataset.s3Key },
        { key: dataset.s3Key.replace("/original", "/data.parquet") },
        { key: "files/../escaped" },
        { "Content-Type": "text/html" },
        { Policy: policy.toString("base64") },
        { acl: "public-read" },
      ];
      for (const change of changes) {
        const response = await sendFile({ ...upload, fields: { ...upload.fields, ...change } }, new Blob([movies]));
        assert.match((await refusalOf(response)) ?? "", /AccessDenied|SignatureDoesNotMatch/, JSON.stringify(change));
      }
      assert.equal(await statusOf(dataset.id), "awaiting-upload");
      assert.equal(await statusOf(other.dataset.id), "awaiting-upload");
    });

    test("while no file has come there are no rows and no charts", async () => {
      const { dataset } = await ann.announce("never.csv", 100);
      const expected = { status: 409, kind: "not-ready" } as const;
      await ann.refused(operations.listRows, { params: { datasetId: dataset.id } }, expected);
      const body = { datasetIds: [dataset.id], question: "how many rows" };
      const { detail } = await ann.refused(operations.createChart, { body }, expected);
      assert.match(detail, /never is still waiting for its file/);
    });

    test("the same event twice changes nothing", async () => {
      const { dataset, upload } = await ann.announce("twice.csv", Buffer.byteLength(movies));
      const send = async () => assert.equal((await sendFile(upload, new Blob([movies]))).status, 204);
      // Each makes an event of its own for the same key and ETag; two at a time, and one long after.
      await Promise.all([send(), send()]);
      const params = { datasetId: dataset.id };
      const once = await ann.settled(dataset.id);
      assert.equal(once.status, "ready");
      const chart = await ann.query(dataset, "SELECT count(*) AS films FROM data");
      await send();
      // Events are taken up in their order, so once a later upload has been read, so has this one.
      await ann.upload("after.csv", "a,b\n1,2\n");
      assert.deepEqual(await ann.ok(operations.getDataset, { params }), once);
      const again = await ann.ok(operations.refreshChart, { params: { chartId: chart.id } });
      assert.deepEqual(again.result.rows, [[12]]);
      assert.deepEqual(again.receipt.datasetVersions, chart.receipt.datasetVersions);
    });

    test("another file sent by the same permission takes the first one's place", async () => {
      const { dataset, upload } = await ann.announce("replaced.csv", 100);
      assert.equal((await sendFile(upload, new Blob(["a,b\n1,2\n"]))).status, 204);
      const first = await ann.settled(dataset.id);
      const chart = await ann.query(dataset, "SELECT sum(b) AS total FROM data");
      assert.deepEqual(chart.result.rows, [[2]]);
      assert.equal((await sendFile(upload, new Blob(["a,b\n1,2\n3,40\n"]))).status, 204);
      let second = first;
      while (second.rowCount !== 2) second = await ann.settled(dataset.id);
      const refreshed = await ann.ok(operations.refreshChart, { params: { chartId: chart.id } });
      assert.deepEqual(refreshed.result.rows, [[42]]);
      assert.notDeepEqual(refreshed.receipt.datasetVersions, chart.receipt.datasetVersions);
    });

    test("a file that comes after its dataset was deleted is deleted too", async () => {
      const { dataset, upload } = await ann.announce("late.csv", 100);
      await ann.done(operations.deleteDataset, { params: { datasetId: dataset.id } });
      assert.equal((await sendFile(upload, new Blob(["a,b\n1,2\n"]))).status, 204);
      let left = [dataset.s3Key];
      const deadline = Date.now() + 20_000;
      while (left.length > 0 && Date.now() < deadline) left = await stack.objectKeys(upload.url, dataset.s3Key);
      assert.deepEqual(left, []);
    });
  });
}
