import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dataset, UsageLimits } from "../../contract/index.ts";
import { suggestQuestions } from "../charts/plan/offline/suggest/suggest.ts";
import { confine, openEngine, quoteLiteral } from "../shared/engine/engine.ts";
import {
  type DatasetReading,
  datasetFolder,
  parquetKey,
  parseUploadKey,
  rejectsKey,
  versionFolder,
} from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { logger } from "../shared/observability.ts";
import { lacksRoomFor } from "../usage/storage-quota.ts";
import { DataError } from "./data-error.ts";
import { Ledger, rejectSampleSize } from "./ledger.ts";
import { makeTable } from "./make-table.ts";
import { profileTable } from "./profile.ts";
import { carryOver, chosenTypes, schemaChanges } from "./schema-changes.ts";
import {
  beginVersion,
  datasetExists,
  failVersion,
  findVersion,
  finishVersion,
  firstArrival,
  isGivenUp,
  type Outcome,
  refuseVersion,
  storeProgress,
  type VersionInWork,
  wishesFor,
} from "./versions.ts";

export interface Uploaded {
  key: string;
  eTag: string;
  size: number;
}

export interface IngestOptions {
  storage: Pick<ObjectStorage, "download" | "upload" | "deleteFolder" | "folderBytes">;
  /** What the workspace may store. */
  limits: Pick<UsageLimits, "storedBytes">;
  memoryMb: number;
  /** When work on the file must end, in milliseconds of the epoch. */
  deadline: number;
}

/**
 * Makes the uploaded object its dataset's table. Repeating it changes nothing: a dataset that has this object already is
 * left alone. What is wrong with the file becomes the dataset's error; every other failure is thrown, to be tried again.
 */
export async function ingestUpload(uploaded: Uploaded, options: IngestOptions): Promise<void> {
  const { key } = uploaded;
  const parsed = parseUploadKey(key);
  if (!parsed) throw new Error(`No dataset version has the key ${key}`);
  const dataset = await findVersion(parsed, key);
  if (!dataset || dataset.deletedAt) {
    // It was deleted while the file was on its way; so must be the file. One that another upload has replaced stays until then.
    if (dataset?.deletedAt || !(await datasetExists(parsed.datasetId)))
      await options.storage.deleteFolder(datasetFolder(parsed));
    else if (await isGivenUp(parsed.datasetId, key)) await options.storage.deleteFolder(versionFolder(parsed));
    return;
  }
  const arrival = firstArrival(dataset, key);
  const refusal = arrival && (await lacksRoomFor({ ...parsed, ...arrival }, options));
  if (refusal !== undefined) {
    await refuseVersion(dataset, uploaded, refusal);
    await options.storage.deleteFolder(versionFolder(parsed));
    return;
  }
  const version = await beginVersion(dataset, uploaded);
  if (!version) return;
  const folder = await mkdtemp(join(tmpdir(), "ingest-"));
  const progress = progressOf(version);
  try {
    const outcome = await readUpload(version, uploaded, folder, progress.report, options);
    await progress.end();
    // Without an outcome, a newer upload has replaced this one, and its own event ingests it.
    const replaced = outcome && (await finishVersion(version, outcome));
    if (replaced) await deleteReading(replaced, options.storage);
  } catch (error) {
    await progress.end();
    if (!(error instanceof DataError)) throw error;
    logger.info("The file can't become a table", { datasetId: parsed.datasetId, code: error.detail.code });
    await failVersion(version, error.detail, error.tables);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  // Deleted while it was read: what was written after its files had gone must go too.
  if (!(await datasetExists(parsed.datasetId))) await options.storage.deleteFolder(datasetFolder(parsed));
}

async function deleteReading(of: DatasetReading, storage: Pick<ObjectStorage, "deleteFolder">): Promise<void> {
  for (const key of [parquetKey(of), rejectsKey(of)]) await storage.deleteFolder(key);
}

type Report = (stage: NonNullable<Dataset["progress"]>["stage"], fraction: number) => void;

async function readUpload(
  version: VersionInWork,
  { key, eTag, size }: Uploaded,
  folder: string,
  report: Report,
  { storage, memoryMb, deadline }: IngestOptions,
): Promise<Outcome | undefined> {
  const original = join(folder, "original");
  let received = 0;
  const current = await storage.download(key, eTag, original, (bytes) => {
    received += bytes;
    report("downloading", received / size);
  });
  if (!current) {
    if ((await storage.folderBytes(key)) > 0) return undefined;
    throw new DataError("file-gone", "The uploaded file is no longer there. Upload it again.");
  }

  const engine = await openEngine({ memoryMb, spillFolder: join(folder, "spill"), maxSpillMb: 1024 });
  try {
    const connection = await engine.connect();
    // Profiles half of the columns.
    const second = await engine.connect();
    // A time without a zone is what the file says, whatever the zone of this machine.
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`SET allowed_directories = [${quoteLiteral(`${folder}/`)}]`);
    await connection.run(confine([]));
    const signal = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
    const connections: [DuckDBConnection, DuckDBConnection] = [connection, second];
    const interrupt = () => {
      for (const one of connections) one.interrupt();
    };
    signal.addEventListener("abort", interrupt);
    try {
      return await makeVersion(version, connections, { original, folder, signal, report, storage });
    } catch (error) {
      throw signal.aborted && !(error instanceof DataError) ? tooSlow(error) : error;
    } finally {
      signal.removeEventListener("abort", interrupt);
      interrupt();
      for (const one of connections) one.closeSync();
    }
  } finally {
    engine.closeSync();
  }
}

interface Making {
  original: string;
  folder: string;
  signal: AbortSignal;
  report: Report;
  storage: Pick<ObjectStorage, "upload">;
}

async function makeVersion(
  inWork: VersionInWork,
  connections: readonly [DuckDBConnection, ...DuckDBConnection[]],
  { original, folder, signal, report, storage }: Making,
): Promise<Outcome> {
  const { dataset, version, reading } = inWork;
  const ledger = new Ledger();
  const parquet = join(folder, "data.parquet");
  const wishes = wishesFor(inWork);
  const table = await makeTable({
    connection: connections[0],
    path: original,
    folder,
    parquetPath: parquet,
    options: wishes.options,
    chosen: (names) => chosenTypes(wishes.columns, names),
    ledger,
    onProgress: report,
    signal,
  });
  report("profiling", 0);
  const profiled = await profileTable(connections, parquet, (fraction) => report("profiling", fraction), {
    columns: table.columns,
    ledger,
  });
  const { rowCount } = profiled;
  const entries = ledger.entries();
  if (rowCount === 0 && ledger.count > 0) {
    throw new DataError(
      "no-readable-rows",
      `None of the ${ledger.count} rows could be read. The first: ${entries[0]?.reason}`,
    );
  }
  const { columns } = profiled;
  const changes = wishes.columns.length > 0 ? schemaChanges(wishes.columns, columns) : [];
  const of = { workspaceId: dataset.workspaceId.toString(), datasetId: dataset._id.toString(), version, reading };
  const ledgerFile = join(folder, "rejects.ndjson");
  await writeFile(ledgerFile, entries.map((reject) => `${JSON.stringify(reject)}\n`).join(""));
  await storage.upload(ledgerFile, rejectsKey(of), "application/x-ndjson");
  const parquetETag = await storage.upload(parquet, parquetKey(of), "application/vnd.apache.parquet");
  logger.info("Ingested", {
    datasetId: of.datasetId,
    version,
    parquetBytes: (await stat(parquet)).size,
    rows: rowCount,
    columns: columns.length,
    rejects: ledger.count,
  });
  return {
    format: table.format,
    rowCount,
    columns,
    rejects: { count: ledger.count, rows: ledger.rowCount, sample: ledger.entries(rejectSampleSize) },
    read: table.read,
    tables: table.tables,
    changes,
    suggestions: suggestQuestions({
      name: "data",
      label: dataset.name,
      rowCount,
      columns: carryOver(wishes.columns, columns, changes),
    }),
    parquetETag,
  };
}

function tooSlow(cause: unknown): DataError {
  return new DataError(
    "too-slow",
    "Reading the file took longer than an upload may take. Split it or leave out columns and upload it again.",
    { cause },
  );
}

/** Stores progress at most once a second, one write at a time; a failed write is the next one's concern. */
function progressOf(version: VersionInWork): { report: Report; end(): Promise<void> } {
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
        storeProgress(version, progress).catch((error: unknown) => logger.warn("Progress was not stored", { error })),
      );
    },
    async end() {
      await writing;
    },
  };
}
