import type { Dataset } from "../../../contract/index.ts";
import { formatBytes, formatCount } from "../format/numbers.ts";
import type { FileUpload } from "./file-upload.ts";

/** How far a file has come, in words; `dataset` is what it becomes, as far as that is known. */
export function uploadWords(
  { file, sent, state, reason }: Pick<FileUpload, "file" | "sent" | "state" | "reason">,
  dataset: Pick<Dataset, "status" | "rowCount"> | undefined,
  locale?: string,
): string {
  if (dataset?.status === "ready") return `Ready: ${formatCount(dataset.rowCount ?? 0, "row", locale)}`;
  if (dataset?.status === "failed") return "Arrived, but could not be read";
  if (dataset?.status === "ingesting") return "Arrived, being read…";
  if (state === "failed") return reason ?? "Did not arrive";
  if (state === "waiting") return "Waiting for the others";
  if (state === "sent") return "Arrived, waiting to be read…";
  return `${formatBytes(sent, locale)} of ${formatBytes(file.size, locale)}`;
}
