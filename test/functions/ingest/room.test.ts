import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createVersion } from "../../../functions/datasets/create-version.ts";
import { updateDataset } from "../../../functions/datasets/datasets.ts";
import { deleteDataset } from "../../../functions/datasets/delete-dataset.ts";
import { sweep } from "../../../functions/ingest/sweep.ts";
import { StoredDatasets, sales, workspaceId } from "./stored-datasets.ts";

describe("a file that has arrived in a workspace without room for it", () => {
  const datasets = new StoredDatasets();
  const made: string[] = [];
  const announced = async (content: string) => {
    const one = await datasets.announced(content);
    made.push(one.id);
    return one;
  };
  /** Leaves room for this beside what is stored now. */
  const leaveRoomFor = async (bytes: number) => {
    datasets.limits.storedBytes = (await datasets.storage.folderBytes(`files/${workspaceId}/`)) + bytes;
  };
  afterEach(async () => {
    datasets.limits.storedBytes = 1e9;
    for (const id of made.splice(0)) await deleteDataset(workspaceId, id, datasets.storage);
  });

  it("is refused with what to do, and not kept; the one announced before it is read", async () => {
    const content = sales(300);
    await leaveRoomFor(content.length * 1.5);
    const [first, second] = [await announced(content), await announced(content)];
    // Whichever comes first.
    await datasets.ingest(second.upload);
    await datasets.ingest(first.upload);
    const [read, refused] = [await datasets.current(first.id), await datasets.current(second.id)];
    assert.deepEqual([read.status, read.rowCount], ["ready", 300]);
    assert.deepEqual([refused.status, refused.error?.code], ["failed", "storage-full"]);
    assert.match(refused.error?.message ?? "", /would store .* GB of the .* GB .*Delete .* and upload it again\.$/);
    assert.equal(await datasets.storage.folderBytes(second.upload.key), 0);
    // The same event once more changes nothing.
    await datasets.ingest(second.upload);
    assert.deepEqual(await datasets.current(second.id), refused);
  });

  it("is deleted by the sweeper where the function died before it was", async () => {
    const { id, upload } = await announced(sales(300));
    await leaveRoomFor(-1);
    const { deleteFolder } = datasets.storage;
    datasets.storage.deleteFolder = () => Promise.reject(new Error("the function was killed"));
    await assert.rejects(datasets.ingest(upload), /killed/);
    datasets.storage.deleteFolder = deleteFolder;
    assert.ok((await datasets.storage.folderBytes(upload.key)) > 0);
    await sweep(datasets.storage, new Date(Date.now() + 7_200_000));
    assert.equal(await datasets.storage.folderBytes(upload.key), 0);
    assert.equal((await datasets.current(id)).error?.code, "storage-full");
    // Reading what is gone another way says so.
    await updateDataset(workspaceId, id, { options: { headerRow: 2 } }, datasets.queue);
    await datasets.readWaiting();
    assert.equal((await datasets.current(id)).error?.code, "file-gone");
  });

  it("takes nothing from the version before it, nor from a file that is read another way", async () => {
    const { id, upload } = await announced(sales(30));
    await datasets.ingest(upload);
    await leaveRoomFor(-1);
    await updateDataset(workspaceId, id, { columns: [{ name: "day", type: "VARCHAR" }] }, datasets.queue);
    await datasets.readWaiting();
    assert.deepEqual(
      [(await datasets.current(id)).columns[0]?.type, (await datasets.current(id)).error],
      ["VARCHAR", null],
    );
    const next = await createVersion(workspaceId, id, { fileName: "b.csv", fileSize: 900 }, datasets.storage);
    const key = next.upload.fields.key ?? "";
    await datasets.ingest(await datasets.storage.put(key, sales(40)));
    const { status, rowCount, nextVersion } = await datasets.current(id);
    assert.deepEqual([status, rowCount, nextVersion?.error?.code], ["ready", 30, "storage-full"]);
    assert.equal(await datasets.storage.folderBytes(key), 0);
  });
});
