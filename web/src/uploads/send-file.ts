import type { Upload } from "../../../contract/index.ts";
import { storageRefusal } from "./storage-refusal.ts";

/** A file that did not reach storage; `message` is for the person who sent it. */
export class UploadFailed extends Error {
  override readonly name = "UploadFailed";
}

/**
 * Sends a file to the storage's presigned POST: the form's fields first and the file last, as S3 demands.
 * `onProgress` gets the bytes sent. XMLHttpRequest, because fetch does not tell how far an upload is.
 * @throws {UploadFailed} also when `signal` aborts.
 */
export function sendFile(
  file: Blob,
  upload: Upload,
  { onProgress, signal }: { onProgress: (sent: number) => void; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
    form.append("file", file);
    const xhr = new XMLHttpRequest();
    xhr.upload.addEventListener("progress", ({ loaded, total }) => {
      // The form around the file counts too; scaled so that the end is the file's size.
      if (total > 0) onProgress(Math.round((loaded / total) * file.size));
    });
    xhr.addEventListener("load", () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve();
      else reject(new UploadFailed(storageRefusal(xhr.status, xhr.responseText)));
    });
    xhr.addEventListener("error", () =>
      reject(new UploadFailed("The connection broke while the file was being sent.")),
    );
    xhr.addEventListener("abort", () => reject(new UploadFailed("The upload was cancelled.")));
    signal.addEventListener("abort", () => xhr.abort());
    xhr.open(upload.method, upload.url);
    xhr.send(form);
  });
}
