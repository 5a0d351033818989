import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createVersion } from "../../../functions/datasets/create-version.ts";
import { DatasetModel } from "../../../functions/datasets/dataset-model.ts";
import { updateDataset } from "../../../functions/datasets/datasets.ts";
import { deleteDataset } from "../../../functions/datasets/delete-dataset.ts";
import { giveUp } from "../../../functions/ingest/give-up.ts";
import { sweep } from "../../../functions/ingest/sweep.ts";
import { beginVersion, findVersion } from "../../../functions/ingest/versions.ts";
import { NotFound } from "../../../functions/shared/errors.ts";
import { parseUploadKey } from "../../../functions/shared/object-keys.ts";
import { StoredDatasets, sales, workspaceId } from "./stored-datasets.ts";

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

describe("what is left unfinished", () => {
  const datasets = new StoredDatasets();

  /** As far as a function comes that dies while it reads. */
  async function begin(upload: { key: string; eTag: string; size: number }): Promise<void> {
    const version = parseUploadKey(upload.key);
    const dataset = version && (await findVersion(version, upload.key));
    assert.ok(dataset);
    await beginVersion(dataset, upload);
  }

  it("is nothing of a dataset that is deleted while its file is read", async () => {
    for (const moment of ["rejects", "parquet"]) {
      const { id, upload } = await datasets.announced(sales(30));
      datasets.storage.onUpload = async (key) => {
        if (key.includes(moment)) await deleteDataset(workspaceId, id, datasets.storage);
      };
      await datasets.ingest(upload);
      datasets.storage.onUpload = async () => {};
      await assert.rejects(datasets.current(id), NotFound);
      assert.equal(await DatasetModel.countDocuments({ _id: id }), 0);
      assert.deepEqual(await datasets.storage.keys(), []);
    }
  });

  it("is nothing of a file that arrives after its dataset was deleted", async () => {
    const { id, upload } = await datasets.announced(sales(30));
    await DatasetModel.deleteOne({ _id: id });
    await datasets.ingest(upload);
    assert.deepEqual(await datasets.storage.keys(), []);
  });

  it("is a deletion that stopped half-way only until the sweeper comes", async () => {
    const id = await datasets.uploaded(sales(30));
    const broken = { deleteFolder: () => Promise.reject(new Error("no storage")) };
    await assert.rejects(deleteDataset(workspaceId, id, broken), /no storage/);
    await assert.rejects(datasets.current(id), NotFound);
    assert.equal((await datasets.storage.keys()).length, 3);
    assert.equal((await sweep(datasets.storage, new Date())).deletions, 0);
    assert.equal((await sweep(datasets.storage, hours(1))).deletions, 1);
    assert.equal(await DatasetModel.countDocuments({ _id: id }), 0);
    assert.deepEqual(await datasets.storage.keys(), []);
  });

  it("is told to its owner: an upload that never came, and an ingest that died", async () => {
    const never = await datasets.announced(sales(3));
    const died = await datasets.announced(sales(3));
    await begin(died.upload);
    assert.deepEqual(await sweep(datasets.storage, new Date()), { uploads: 0, ingests: 0, deletions: 0, leftOvers: 0 });
    const swept = await sweep(datasets.storage, hours(2));
    assert.deepEqual([swept.uploads, swept.ingests], [1, 1]);
    const [missing, failed] = [await datasets.current(never.id), await datasets.current(died.id)];
    assert.deepEqual([missing.status, missing.error?.code], ["failed", "upload-missing"]);
    assert.deepEqual([failed.status, failed.error?.code, failed.progress], ["failed", "ingest-failed", null]);
  });

  it("takes away no table that was there: neither a reading that died nor a version that did", async () => {
    const id = await datasets.uploaded(sales(30));
    await updateDataset(workspaceId, id, { options: { headerRow: 2 } }, datasets.queue);
    const [again] = datasets.waiting.splice(0);
    assert.ok(again);
    await begin(again);
    await sweep(datasets.storage, hours(2));
    const { status, error, rowCount, options } = await datasets.current(id);
    assert.deepEqual([status, error?.code, rowCount, options], ["ready", "ingest-failed", 30, {}]);

    const { upload } = await createVersion(workspaceId, id, { fileName: "sales.csv", fileSize: 9 }, datasets.storage);
    const put = await datasets.storage.put(upload.fields.key ?? "", sales(9));
    await begin(put);
    await giveUp([put]);
    const { nextVersion, version } = await datasets.current(id);
    assert.deepEqual([version, nextVersion?.status, nextVersion?.error?.code], [1, "failed", "ingest-failed"]);
  });

  describe("of a reading", () => {
    /** A dataset that is to be read another way. */
    async function toBeReadAgain() {
      const id = await datasets.uploaded(sales(30));
      await updateDataset(workspaceId, id, { columns: [{ name: "day", type: "VARCHAR" }] }, datasets.queue);
      const [again] = datasets.waiting.splice(0);
      assert.ok(again);
      const { s3Key } = await datasets.current(id);
      return { id, again, folder: s3Key.slice(0, s3Key.lastIndexOf("/")) };
    }
    const dying = () => {
      throw new Error("the function was killed");
    };

    it("that another has taken the place of goes, though the function died before it was deleted", async () => {
      const { id, again, folder } = await toBeReadAgain();
      const { deleteFolder } = datasets.storage;
      datasets.storage.deleteFolder = dying;
      await assert.rejects(datasets.ingest(again), /killed/);
      datasets.storage.deleteFolder = deleteFolder;
      const both = ["data-2.parquet", "data.parquet", "original", "rejects-2.ndjson", "rejects.ndjson"];
      assert.deepEqual(await datasets.storage.keys(folder), both);
      assert.equal((await sweep(datasets.storage, new Date())).leftOvers, 0, "it may still be going on");
      assert.equal((await sweep(datasets.storage, hours(2))).leftOvers, 2);
      assert.deepEqual(await datasets.storage.keys(folder), ["data-2.parquet", "original", "rejects-2.ndjson"]);
      assert.equal((await datasets.current(id)).columns[0]?.type, "VARCHAR");
      assert.equal((await sweep(datasets.storage, hours(4))).leftOvers, 0);
    });

    it("that died between its objects and its end goes, and the table before stays", async () => {
      const { id, again, folder } = await toBeReadAgain();
      datasets.storage.onUpload = async (key) => {
        if (key.endsWith(".parquet")) dying();
      };
      await assert.rejects(datasets.ingest(again), /killed/);
      datasets.storage.onUpload = async () => {};
      assert.ok((await datasets.storage.keys(folder)).includes("rejects-2.ndjson"));
      assert.equal((await sweep(datasets.storage, hours(2))).leftOvers, 1);
      assert.deepEqual(await datasets.storage.keys(folder), ["data.parquet", "original", "rejects.ndjson"]);
      assert.deepEqual(
        [(await datasets.current(id)).rowCount, (await datasets.current(id)).error?.code],
        [30, "ingest-failed"],
      );
    });

    it("that is tried again writes nothing over the attempt before, which goes", async () => {
      const { again, folder } = await toBeReadAgain();
      await begin(again);
      await datasets.ingest(again);
      assert.deepEqual(await datasets.storage.keys(folder), ["data-3.parquet", "original", "rejects-3.ndjson"]);
    });

    it("of a version before stays, and so does the file of one that could not be read", async () => {
      const id = await datasets.uploaded(sales(30));
      const next = async (content: string) => {
        const { upload } = await createVersion(workspaceId, id, { fileName: "b.csv", fileSize: 9 }, datasets.storage);
        await datasets.ingest(await datasets.storage.put(upload.fields.key ?? "", content));
      };
      await next(sales(40));
      await next("%PDF-1.7");
      const { s3Key } = await datasets.current(id);
      const folder = s3Key.slice(0, s3Key.indexOf("/v2/"));
      const before = await datasets.storage.listFolder(folder);
      assert.equal(before.length, 7);
      await datasets.storage.put(`${folder}/v2/data-9.parquet`, "left");
      await sweep(datasets.storage, hours(2));
      assert.deepEqual(await datasets.storage.listFolder(folder), before);
    });
  });
});
