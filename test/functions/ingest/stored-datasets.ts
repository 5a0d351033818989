import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { after, before } from "node:test";
import mongoose from "mongoose";
import type { Dataset, Upload } from "../../../contract/index.ts";
import { createDataset, findDataset, presentDataset } from "../../../functions/datasets/datasets.ts";
import { ingestUpload, type Uploaded } from "../../../functions/ingest/ingest-upload.ts";
import { type MongoServer, startMongo } from "../../../local/mongo/index.ts";

export const workspaceId = "0123456789abcdef01234567";

/** Object storage at its edge: a folder. An object's ETag is its size and content's beginning. */
export class Folder {
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
    return copyFile(join(this.root, key), path).then(
      () => true,
      () => false,
    );
  }
  /** Called before an object is written. */
  onUpload: (key: string) => Promise<void> = async () => {};
  async upload(path: string, key: string): Promise<string> {
    await this.onUpload(key);
    await mkdir(dirname(join(this.root, key)), { recursive: true });
    await copyFile(path, join(this.root, key));
    return `parquet-${(await stat(path)).mtimeMs}`;
  }
  async readText(key: string): Promise<string | undefined> {
    return readFile(join(this.root, key), "utf8").catch(() => undefined);
  }
  async keys(prefix = ""): Promise<string[]> {
    return (await this.listFolder(prefix)).map((key) => basename(key)).sort();
  }
  async listFolder(prefix: string): Promise<string[]> {
    const entries = await readdir(join(this.root, prefix), { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(this.root, join(parentPath, name)))
      .sort();
  }
  async folderBytes(prefix: string): Promise<number> {
    const at = join(this.root, prefix);
    const isFile = (await stat(at).catch(() => undefined))?.isFile() ?? false;
    const sizes = (isFile ? [prefix] : await this.listFolder(prefix)).map(
      async (key) => (await stat(join(this.root, key))).size,
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }
  async deleteFolder(prefix: string): Promise<void> {
    await this.deleteObjects([prefix]);
  }
  async deleteObjects(keys: readonly string[]): Promise<void> {
    for (const key of keys) await rm(join(this.root, key), { recursive: true, force: true });
  }
}

/** Datasets in a database and a folder of their own, for the tests of one file. */
export class StoredDatasets {
  storage = new Folder("");
  /** What waits to be read again. */
  readonly waiting: Uploaded[] = [];
  readonly queue = { readAgain: async (upload: Uploaded) => void this.waiting.push(upload) };
  /** What a workspace may store. */
  readonly limits = { storedBytes: 1e9 };
  private folder = "";
  private mongo: MongoServer | undefined;

  constructor() {
    before(async () => {
      this.folder = await mkdtemp(join(tmpdir(), "datasets-"));
      this.storage = new Folder(join(this.folder, "objects"));
      this.mongo = await startMongo({ file: join(this.folder, "mongo.sqlite") });
      await mongoose.connect(this.mongo.uri);
    });
    after(async () => {
      await mongoose.disconnect();
      await this.mongo?.close();
      await rm(this.folder, { recursive: true, force: true });
    });
  }

  ingest(upload: Uploaded): Promise<void> {
    const { storage, limits } = this;
    return ingestUpload(upload, { storage, limits, memoryMb: 1000, deadline: Date.now() + 60_000 });
  }

  async readWaiting(): Promise<void> {
    for (const upload of this.waiting.splice(0)) await this.ingest(upload);
  }

  async current(id: string): Promise<Dataset> {
    return presentDataset(await findDataset(workspaceId, id));
  }

  /** Announces a file and puts it where the upload would; it is not read yet. */
  async announced(content: string): Promise<{ id: string; upload: Uploaded }> {
    const { dataset } = await createDataset(
      workspaceId,
      { fileName: "sales.csv", fileSize: content.length },
      this.storage,
    );
    return { id: dataset.id, upload: await this.storage.put(dataset.s3Key, content) };
  }

  async uploaded(content: string): Promise<string> {
    const { id, upload } = await this.announced(content);
    await this.ingest(upload);
    return id;
  }
}

/** Sales of so many days; the fourth amount is no number. */
export const sales = (rows: number) =>
  `day,region,amount\n${Array.from({ length: rows }, (_, index) => `2024-01-0${(index % 9) + 1},${index % 2 ? "N" : "S"},${index === 3 ? "oops" : index}`).join("\n")}\n`;
