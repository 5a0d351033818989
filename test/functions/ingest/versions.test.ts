import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cancelVersion } from "../../../functions/datasets/cancel-version.ts";
import { createVersion } from "../../../functions/datasets/create-version.ts";
import { updateDataset } from "../../../functions/datasets/datasets.ts";
import { listRejects } from "../../../functions/datasets/list-rejects.ts";
import { Conflict, NotFound } from "../../../functions/shared/errors.ts";
import { StoredDatasets, sales, workspaceId } from "./stored-datasets.ts";

describe("a dataset's files", () => {
  const datasets = new StoredDatasets();

  it("tell what was rejected, page by page", async () => {
    const id = await datasets.uploaded(sales(30));
    const dataset = await datasets.current(id);
    assert.equal(dataset.status, "ready");
    assert.deepEqual([dataset.rowCount, dataset.rejects.count, dataset.rejects.rows], [30, 1, 0]);
    assert.equal(dataset.columns[2]?.rejectCount, 1);
    const { items, nextCursor } = await listRejects(workspaceId, id, { limit: 25 }, datasets.storage);
    assert.deepEqual(
      items.map(({ row, column, value }) => [row, column, value]),
      [[5, "amount", "oops"]],
    );
    assert.equal(nextCursor, null);
  });

  it("are read again with the types and options that a person chose, labels kept", async () => {
    const id = await datasets.uploaded(sales(30));
    await updateDataset(workspaceId, id, { columns: [{ name: "amount", label: "Turnover" }] }, datasets.queue);
    assert.equal(datasets.waiting.length, 0);
    const changed = await updateDataset(
      workspaceId,
      id,
      { columns: [{ name: "amount", type: "VARCHAR" }] },
      datasets.queue,
    );
    assert.equal(changed.status, "ingesting");
    await assert.rejects(
      updateDataset(workspaceId, id, { columns: [{ name: "day", type: "VARCHAR" }] }, datasets.queue),
      Conflict,
    );
    await datasets.readWaiting();
    const read = await datasets.current(id);
    const amount = read.columns.find(({ name }) => name === "amount");
    assert.deepEqual(
      [read.status, read.rejects.count, amount?.type, amount?.label, amount?.typeIsChosen],
      ["ready", 0, "VARCHAR", "Turnover", true],
    );
    await updateDataset(workspaceId, id, { options: { headerRow: 2 } }, datasets.queue);
    await datasets.readWaiting();
    const shifted = await datasets.current(id);
    assert.deepEqual([shifted.columns[0]?.name, shifted.rowCount, shifted.read?.headerRow], ["2024-01-01", 29, 2]);
  });

  it("are replaced by a new version only once it is read, with what changed in the schema", async () => {
    const id = await datasets.uploaded(sales(30));
    await updateDataset(workspaceId, id, { columns: [{ name: "region", label: "Area" }] }, datasets.queue);
    const content = sales(40)
      .replace("day,region,amount", "day,Region name,amount,note")
      .replaceAll(/(\d|oops)$/gm, "$1,x");
    const { dataset, upload } = await createVersion(
      workspaceId,
      id,
      { fileName: "sales-2.csv", fileSize: content.length },
      datasets.storage,
    );
    assert.deepEqual([dataset.status, dataset.version, dataset.nextVersion?.version], ["ready", 1, 2]);
    const put = await datasets.storage.put(upload.fields.key ?? "", content);
    assert.equal((await datasets.current(id)).rowCount, 30);
    await datasets.ingest(put);
    const read = await datasets.current(id);
    assert.deepEqual(
      [read.status, read.version, read.fileName, read.rowCount, read.nextVersion],
      ["ready", 2, "sales-2.csv", 40, null],
    );
    assert.deepEqual(read.schemaChanges, [
      { change: "renamed", column: "Region name", from: "region" },
      { change: "added", column: "note" },
    ]);
    assert.equal(read.columns.find(({ name }) => name === "Region name")?.label, "Area");
    // The same event once more changes nothing.
    const before = await datasets.current(id);
    await datasets.ingest(put);
    assert.deepEqual(await datasets.current(id), before);
  });

  it("stay in use when the new version can't be read", async () => {
    const id = await datasets.uploaded(sales(30));
    const { upload } = await createVersion(workspaceId, id, { fileName: "sales.csv", fileSize: 4 }, datasets.storage);
    await datasets.ingest(await datasets.storage.put(upload.fields.key ?? "", "%PDF-1.7"));
    const read = await datasets.current(id);
    assert.deepEqual([read.status, read.version, read.rowCount, read.nextVersion?.status], ["ready", 1, 30, "failed"]);
    assert.match(read.nextVersion?.error?.message ?? "", /PDF/);
  });

  it("stay in use when a new version is cancelled, whose file is not read then", async () => {
    const id = await datasets.uploaded(sales(30));
    const announce = () => createVersion(workspaceId, id, { fileName: "b.csv", fileSize: 4 }, datasets.storage);
    const cancel = () => cancelVersion(workspaceId, id, datasets.storage);
    await assert.rejects(cancel(), NotFound);
    const { upload } = await announce();
    await cancel();
    await assert.rejects(cancel(), NotFound);
    await datasets.ingest(await datasets.storage.put(upload.fields.key ?? "", sales(50)));
    const kept = await datasets.current(id);
    assert.deepEqual([kept.status, kept.version, kept.rowCount, kept.nextVersion], ["ready", 1, 30, null]);
    assert.equal(await datasets.storage.readText(upload.fields.key ?? ""), undefined);
    // What could not be read can be dismissed, with its file.
    const failed = await announce();
    const key = failed.upload.fields.key ?? "";
    await datasets.ingest(await datasets.storage.put(key, "%PDF-1.7"));
    assert.equal((await datasets.current(id)).nextVersion?.status, "failed");
    await cancel();
    assert.deepEqual(
      [(await datasets.current(id)).nextVersion, await datasets.storage.readText(key)],
      [null, undefined],
    );
    const third = await announce();
    await datasets.ingest(await datasets.storage.put(third.upload.fields.key ?? "", sales(60)));
    assert.deepEqual([(await datasets.current(id)).version, (await datasets.current(id)).rowCount], [4, 60]);
  });

  it("leave no file behind when giving a new version up fails half-way", async () => {
    const id = await datasets.uploaded(sales(30));
    const { upload } = await createVersion(workspaceId, id, { fileName: "b.csv", fileSize: 4 }, datasets.storage);
    const key = upload.fields.key ?? "";
    await datasets.ingest(await datasets.storage.put(key, "%PDF-1.7"));
    const down = { deleteFolder: () => Promise.reject(new Error("storage is down")) };
    await assert.rejects(cancelVersion(workspaceId, id, down), /storage is down/);
    assert.equal(await datasets.storage.readText(key), "%PDF-1.7");
    await assert.rejects(cancelVersion(workspaceId, id, datasets.storage), NotFound);
    assert.equal(await datasets.storage.readText(key), undefined);
  });

  it("stay as they were when reading them another way fails, and say why", async () => {
    const id = await datasets.uploaded(sales(30));
    const before = await datasets.current(id);
    const wrong = await updateDataset(workspaceId, id, { options: { headerRow: 500 } }, datasets.queue);
    assert.deepEqual([wrong.status, wrong.options], ["ingesting", { headerRow: 500 }]);
    await datasets.readWaiting();
    const { error, updatedAt: _, ...after } = await datasets.current(id);
    assert.equal(error?.code, "bad-option");
    const { error: none, updatedAt: __, ...asBefore } = before;
    assert.deepEqual([after, none], [asBefore, null]);
    assert.equal((await listRejects(workspaceId, id, { limit: 5 }, datasets.storage)).items.length, 1);
    await updateDataset(workspaceId, id, { columns: [{ name: "amount", type: "VARCHAR" }] }, datasets.queue);
    await datasets.readWaiting();
    const mended = await datasets.current(id);
    assert.deepEqual([mended.status, mended.error, mended.columns[2]?.type], ["ready", null, "VARCHAR"]);
  });

  it("are as before when nobody can be told to read them again", async () => {
    const id = await datasets.uploaded(sales(30));
    const before = await datasets.current(id);
    const broken = { readAgain: () => Promise.reject(new Error("no queue")) };
    await assert.rejects(updateDataset(workspaceId, id, { options: { headerRow: 2 } }, broken), /no queue/);
    assert.deepEqual({ ...(await datasets.current(id)), updatedAt: "" }, { ...before, updatedAt: "" });
  });

  it("keep a label that is given while they are read, and nothing of a reading before", async () => {
    const id = await datasets.uploaded(sales(30));
    await updateDataset(workspaceId, id, { columns: [{ name: "day", type: "VARCHAR" }] }, datasets.queue);
    datasets.storage.onUpload = async (key) => {
      if (!key.endsWith(".parquet")) return;
      await updateDataset(workspaceId, id, { columns: [{ name: "region", label: "Area" }] }, datasets.queue);
    };
    await datasets.readWaiting();
    datasets.storage.onUpload = async () => {};
    const read = await datasets.current(id);
    assert.deepEqual([read.columns[0]?.type, read.columns[1]?.label], ["VARCHAR", "Area"]);
    const folder = read.s3Key.slice(0, read.s3Key.lastIndexOf("/"));
    assert.deepEqual(await datasets.storage.keys(folder), ["data-2.parquet", "original", "rejects-2.ndjson"]);
  });

  it("keep the type that was chosen for a column that is probably renamed", async () => {
    const id = await datasets.uploaded(sales(30).replaceAll("oops", "3"));
    await updateDataset(
      workspaceId,
      id,
      { columns: [{ name: "amount", label: "Turnover", type: "DOUBLE" }] },
      datasets.queue,
    );
    await datasets.readWaiting();
    const content = sales(30).replaceAll("oops", "3").replace("amount", "Amounts");
    const { upload } = await createVersion(
      workspaceId,
      id,
      { fileName: "sales.csv", fileSize: content.length },
      datasets.storage,
    );
    await datasets.ingest(await datasets.storage.put(upload.fields.key ?? "", content));
    const { columns, schemaChanges } = await datasets.current(id);
    assert.deepEqual(schemaChanges, [{ change: "renamed", column: "Amounts", from: "amount" }]);
    const { name, label, type, typeIsChosen } = columns[2] ?? {};
    assert.deepEqual([name, label, type, typeIsChosen], ["Amounts", "Turnover", "DOUBLE", true]);
  });
});
