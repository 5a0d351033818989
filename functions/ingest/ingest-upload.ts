import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dataset } from "../../contract/index.ts";
import { suggestQuestions } from "../charts/plan/offline/suggest.ts";
import { type DatasetDocument, DatasetModel } from "../datasets/dataset-model.ts";
import { confine, openEngine } from "../shared/engine/engine.ts";
import { datasetFolder, parquetKey, parseUploadKey } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { logger } from "../shared/observability.ts";
import { DataError } from "./data-error.ts";
import { profileTable } from "./profile.ts";
import { convertTable, detectTable } from "./read-table.ts";

export interface Uploaded {
  key: string;
  eTag: string;
  size: number;
}

export interface IngestOptions {
  storage: Pick<ObjectStorage, "download" | "upload" | "deleteFolder">;
  memoryMb: number;
  /** When work on the file must end, in milliseconds of the epoch. */
  deadline: number;
}

/**
 * Makes the uploaded object its dataset's table. Repeating it changes nothing: a dataset that has this object already is
 * left alone. What is wrong with the file becomes the dataset's error; every other failure is thrown, to be tried again.
 */
export async function ingestUpload({ key, eTag, size }: Uploaded, options: IngestOptions): Promise<void> {
  const version = parseUploadKey(key);
  if (!version) throw new Error(`No dataset version has the key ${key}`);
  const dataset = await DatasetModel.findOne({ _id: version.datasetId, s3Key: key }).lean();
  if (!dataset || dataset.deletedAt) {
    // It was deleted while the file was on its way; so must be the file.
    await options.storage.deleteFolder(datasetFolder(version));
    return;
  }
  const done = dataset.eTag === eTag && dataset.status !== "ingesting";
  if (done) return;
  await DatasetModel.updateOne(
    { _id: dataset._id },
    {
      $set: { status: "ingesting", eTag, fileSize: size, error: null, progress: { stage: "downloading", fraction: 0 } },
    },
  );
  const folder = await mkdtemp(join(tmpdir(), "ingest-"));
  const progress = progressOf(dataset, eTag);
  try {
    await settle(dataset, eTag, await makeTable(dataset, { key, eTag, size }, folder, progress.report, options));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    logger.info("The file can't become a table", { datasetId: version.datasetId, code: error.detail.code });
    await settle(dataset, eTag, { status: "failed", error: error.detail });
  } finally {
    await progress.end();
    await rm(folder, { recursive: true, force: true });
  }
}

type Outcome = Partial<Omit<Dataset, "createdAt" | "updatedAt" | "id" | "workspaceId">> & { parquetETag?: string };
type Report = (stage: NonNullable<Dataset["progress"]>["stage"], fraction: number) => void;

async function makeTable(
  dataset: DatasetDocument,
  { key, eTag, size }: Uploaded,
  folder: string,
  report: Report,
  { storage, memoryMb, deadline }: IngestOptions,
): Promise<Outcome> {
  const original = join(folder, "original");
  const parquet = join(folder, "data.parquet");
  let received = 0;
  const current = await storage.download(key, eTag, original, (bytes) => {
    received += bytes;
    report("downloading", received / size);
  });
  // A newer upload has replaced this one, and its own event ingests it.
  if (!current) return {};

  const spillFolder = join(folder, "spill");
  const engine = await openEngine({ memoryMb, spillFolder, maxSpillMb: 1024 });
  try {
    const connection = await engine.connect();
    await connection.run(`SET allowed_directories = ['${folder.replaceAll("'", "''")}/']`);
    await connection.run(confine([]));
    const timeUp = setTimeout(() => connection.interrupt(), deadline - Date.now());
    try {
      report("detecting", 0);
      const table = await detectTable(connection, original, dataset.format);
      report("converting", 0);
      const watch = setInterval(() => report("converting", Math.max(0, connection.progress.percentage) / 100), 500);
      const { rejects } = await convertTable(connection, table, parquet).finally(() => clearInterval(watch));
      report("profiling", 0);
      const { rowCount, columns } = await profileTable(connection, parquet, (fraction) =>
        report("profiling", fraction),
      );
      if (rowCount === 0 && rejects.count > 0) {
        throw new DataError(
          "no-readable-rows",
          `None of the ${rejects.count} rows could be read. The first: ${rejects.sample[0]?.reason}`,
        );
      }
      const parquetETag = await storage.upload(
        parquet,
        parquetKey({
          workspaceId: dataset.workspaceId.toString(),
          datasetId: dataset._id.toString(),
          version: dataset.version,
        }),
        "application/vnd.apache.parquet",
      );
      logger.info("Ingested", {
        datasetId: dataset._id.toString(),
        bytes: size,
        parquetBytes: (await stat(parquet)).size,
        rows: rowCount,
        columns: columns.length,
        rejects: rejects.count,
      });
      const suggestions = suggestQuestions({ name: "data", label: dataset.name, rowCount, columns });
      return { status: "ready", rowCount, columns, rejects, suggestions, parquetETag };
    } catch (error) {
      throw Date.now() < deadline ? error : tooSlow(error);
    } finally {
      clearTimeout(timeUp);
      connection.closeSync();
    }
  } finally {
    engine.closeSync();
  }
}

function tooSlow(cause: unknown): DataError {
  return new DataError(
    "too-slow",
    "Reading the file took longer than an upload may take. Split it or leave out columns and upload it again.",
    { cause },
  );
}

/** Writes the outcome, unless another delivery of the same event has done so, or a newer upload has begun. */
async function settle(dataset: DatasetDocument, eTag: string, outcome: Outcome): Promise<void> {
  if (Object.keys(outcome).length === 0) return;
  await DatasetModel.updateOne(
    { _id: dataset._id, eTag, status: "ingesting" },
    { $set: { error: null, ...outcome, progress: null } },
  );
}

/** Stores progress at most once a second, one write at a time; a failed write is the next one's concern. */
function progressOf(dataset: DatasetDocument, eTag: string): { report: Report; end(): Promise<void> } {
  let writing: Promise<unknown> = Promise.resolve();
  let last = 0;
  let stage = "downloading";
  return {
    report(now, fraction) {
      if (now === stage && Date.now() - last < 1000) return;
      last = Date.now();
      stage = now;
      const progress = { stage: now, fraction: Math.min(1, Math.max(0, fraction)) };
      writing = writing.then(() =>
        DatasetModel.updateOne({ _id: dataset._id, eTag, status: "ingesting" }, { $set: { progress } }).catch((error) =>
          logger.warn("Progress was not stored", { error }),
        ),
      );
    },
    async end() {
      await writing;
    },
  };
}
