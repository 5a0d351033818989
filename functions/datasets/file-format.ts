import type { FileFormat } from "../../contract/index.ts";

const formats: Record<string, FileFormat> = {
  tsv: "tsv",
  tab: "tsv",
  xlsx: "xlsx",
  xlsm: "xlsx",
  json: "json",
  ndjson: "json",
  jsonl: "json",
  parquet: "parquet",
};

/** The format that a file's name promises; ingest looks at the content and has the last word. */
export function promisedFormat(fileName: string): FileFormat {
  const [, extension = ""] = /\.(\w+?)(?:\.(?:gz|zip))?$/i.exec(fileName) ?? [];
  return formats[extension.toLowerCase()] ?? "csv";
}

/** A name for a dataset: the file's without its extensions. */
export function datasetName(fileName: string): string {
  return fileName.replace(/(\.\w+)(\.(gz|zip))?$/i, "") || fileName;
}

/** What the browser's form declares. */
export function contentTypeOf(fileName: string): string {
  if (/\.gz$/i.test(fileName)) return "application/gzip";
  if (/\.zip$/i.test(fileName)) return "application/zip";
  return contentTypes[promisedFormat(fileName)];
}

const contentTypes: Record<FileFormat, string> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
  parquet: "application/vnd.apache.parquet",
};
