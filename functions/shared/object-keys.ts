import { z } from "zod";
import { id } from "../../contract/index.ts";

/** Top-level folders of the bucket; lifecycle rules and grants are declared by them. */
export const objectPrefixes = { files: "files/", reports: "reports/", temp: "temp/" } as const;

/** How the key of an upload ends; what functions write beside it ends otherwise, so that it sets off no ingest. */
export const uploadSuffix = "/original";

export interface DatasetVersion {
  workspaceId: string;
  datasetId: string;
  version: number;
}

/** The folder of a dataset with all its versions. */
export function datasetFolder({ workspaceId, datasetId }: Omit<DatasetVersion, "version">): string {
  return `${objectPrefixes.files}${workspaceId}/${datasetId}/`;
}

/** The folder of one version, with its upload and all readings of it. */
export function versionFolder(of: DatasetVersion): string {
  return `${datasetFolder(of)}v${of.version}/`;
}

export function uploadKey(of: DatasetVersion): string {
  return `${datasetFolder(of)}v${of.version}${uploadSuffix}`;
}

/** What became of a version's file; each reading of it has its own objects, so that one that fails spoils none before it. */
export interface DatasetReading extends DatasetVersion {
  /** From 1, which is also what is meant where it is not given. */
  reading?: number | undefined;
}

export function parquetKey(of: DatasetReading): string {
  return `${datasetFolder(of)}v${of.version}/data${readingMark(of)}.parquet`;
}

/** Rows and cells that did not become data, as NDJSON. */
export function rejectsKey(of: DatasetReading): string {
  return `${datasetFolder(of)}v${of.version}/rejects${readingMark(of)}.ndjson`;
}

function readingMark({ reading = 1 }: DatasetReading): string {
  return reading === 1 ? "" : `-${reading}`;
}

const uploadKeyParts = z.tuple([z.literal("files"), id, id, z.templateLiteral(["v", z.int()]), z.literal("original")]);

/** The dataset version that an upload belongs to, or undefined if no dataset has such a key. */
export function parseUploadKey(key: string): DatasetVersion | undefined {
  const { success, data } = uploadKeyParts.safeParse(key.split("/"));
  return success ? { workspaceId: data[1], datasetId: data[2], version: Number(data[3].slice(1)) } : undefined;
}

/** The folder of a report with everything that is made for it. */
export function reportFolder({ workspaceId, reportId }: { workspaceId: string; reportId: string }): string {
  return `${objectPrefixes.reports}${workspaceId}/${reportId}/`;
}
