import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import mongoose from "mongoose";
import type { Upload } from "../../../contract/index.ts";
import { createVersion } from "../../../functions/datasets/create-version.ts";
import { createDataset, findDataset, presentDataset, updateDataset } from "../../../functions/datasets/datasets.ts";
import { listRejects } from "../../../functions/datasets/list-rejects.ts";
import { ingestUpload, type Uploaded } from "../../../functions/ingest/ingest-upload.ts";
import { Conflict } from "../../../functions/shared/errors.ts";
import { type MongoServer, startMongo } from "../../../local/mongo/index.ts";

const workspaceId = "0123456789abcdef01234567";

/** Object storage at its edge: a folder. An object's ETag is its size and content's beginning. */
class Folder {
  readonly bucket = "bucket";
  readonly root: string;
  constructor(root: string) {
    this.root = root;
  }
  async presignUpload(key: string): Promise<Upload> {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    return { method: "POST", url: "http://127.0.0.1/", fields: { key }, expiresAt, maxBytes: 1 };
  }
  async put(key: string, content: string): Promise<Uploaded> {
    await mkdir(dirname(join(this.root, key)), { recursive: true });
    await writeFile(join(this.root, key), content);
    return { key, eTag: `${content.length}`, size: content.length };
  }
  async download(key: string, _eTag: string, path: string): Promise<boolean> {
    await copyFile(join(this.root, key), path);
    return true;
  }
  async upload(path: string, key: string): Promise<string> {
    await mkdir(dirname(join(this.root, key)), { recursive: true });
    await copyFile(path, join(this.root, key));
    return `parquet-${(await stat(path)).mtimeMs}`;
  }
  async readText(key: string): Promise<string | undefined> {
    return readFile(join(this.root, key), "utf8").catch(() => undefined);
  }
  async deleteFolder(prefix: string): Promise<void> {
    await rm(join(this.root, prefix), { recursive: true, force: true });
  }
}

describe("a dataset's files", () => {
  let folder: string;
  let storage: Folder;
  let mongo: MongoServer;
  const waiting: Uploaded[] = [];
  const queue = { readAgain: async (upload: Uploaded) => void waiting.push(upload) };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "versions-"));
    storage = new Folder(join(folder, "objects"));
    mongo = await startMongo({ file: join(folder, "mongo.sqlite") });
    await mongoose.connect(mongo.uri);
  });
  after(async () => {
    await mongoose.disconnect();
    await mongo.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ingest = (upload: Uploaded) => ingestUpload(upload, { storage, memoryMb: 1000, deadline: Date.now() + 60_000 });
  const current = async (id: string) => presentDataset(await findDataset(workspaceId, id));

  async function uploaded(content: string): Promise<string> {
    const { dataset } = await createDataset(workspaceId, { fileName: "sales.csv", fileSize: content.length }, storage);
    await ingest(await storage.put(dataset.s3Key, content));
    return dataset.id;
  }
  const sales = (rows: number) =>
    `day,region,amount\n${Array.from({ length: rows }, (_, index) => `2024-01-0${(index % 9) + 1},${index % 2 ? "N" : "S"},${index === 3 ? "oops" : index}`).join("\n")}\n`;

  it("tell what was rejected, page by page", async () => {
    const id = await uploaded(sales(30));
    const dataset = await current(id);
    assert.equal(dataset.status, "ready");
    assert.deepEqual([dataset.rowCount, dataset.rejects.count, dataset.rejects.rows], [30, 1, 0]);
    assert.equal(dataset.columns[2]?.rejectCount, 1);
    const { items, nextCursor } = await listRejects(workspaceId, id, { limit: 25 }, storage);
    assert.deepEqual(
      items.map(({ row, column, value }) => [row, column, value]),
      [[5, "amount", "oops"]],
    );
    assert.equal(nextCursor, null);
  });

  it("are read again with the types and options that a person chose, labels kept", async () => {
    const id = await uploaded(sales(30));
    await updateDataset(workspaceId, id, { columns: [{ name: "amount", label: "Turnover" }] }, queue);
    assert.equal(waiting.length, 0);
    const changed = await updateDataset(workspaceId, id, { columns: [{ name: "amount", type: "VARCHAR" }] }, queue);
    assert.equal(changed.status, "ingesting");
    await assert.rejects(
      updateDataset(workspaceId, id, { columns: [{ name: "day", type: "VARCHAR" }] }, queue),
      Conflict,
    );
    for (const upload of waiting.splice(0)) await ingest(upload);
    const read = await current(id);
    const amount = read.columns.find(({ name }) => name === "amount");
    assert.deepEqual(
      [read.status, read.rejects.count, amount?.type, amount?.label, amount?.typeIsChosen],
      ["ready", 0, "VARCHAR", "Turnover", true],
    );
    await updateDataset(workspaceId, id, { options: { headerRow: 2 } }, queue);
    for (const upload of waiting.splice(0)) await ingest(upload);
    const shifted = await current(id);
    assert.deepEqual([shifted.columns[0]?.name, shifted.rowCount, shifted.read?.headerRow], ["2024-01-01", 29, 2]);
  });

  it("are replaced by a new version only once it is read, with what changed in the schema", async () => {
    const id = await uploaded(sales(30));
    await updateDataset(workspaceId, id, { columns: [{ name: "region", label: "Area" }] }, queue);
    const content = sales(40)
      .replace("day,region,amount", "day,Region name,amount,note")
      .replaceAll(/(\d|oops)$/gm, "$1,x");
    const { dataset, upload } = await createVersion(
      workspaceId,
      id,
      { fileName: "sales-2.csv", fileSize: content.length },
      storage,
    );
    assert.deepEqual([dataset.status, dataset.version, dataset.nextVersion?.version], ["ready", 1, 2]);
    const put = await storage.put(upload.fields.key ?? "", content);
    assert.equal((await current(id)).rowCount, 30);
    await ingest(put);
    const read = await current(id);
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
    const before = await current(id);
    await ingest(put);
    assert.deepEqual(await current(id), before);
  });

  it("stay in use when the new version can't be read", async () => {
    const id = await uploaded(sales(30));
    const { upload } = await createVersion(workspaceId, id, { fileName: "sales.csv", fileSize: 4 }, storage);
    await ingest(await storage.put(upload.fields.key ?? "", "%PDF-1.7"));
    const read = await current(id);
    assert.deepEqual([read.status, read.version, read.rowCount, read.nextVersion?.status], ["ready", 1, 30, "failed"]);
    assert.match(read.nextVersion?.error?.message ?? "", /PDF/);
  });
});
