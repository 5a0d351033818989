import { createdDataset, type Dataset, type Upload } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { request, requestNothing } from "../api/client.ts";
import type { FileUpload } from "./file-upload.ts";
import { sendFile } from "./send-file.ts";

/** Where a file goes: a new dataset of a workspace, or the next version of one that is there. */
export interface UploadTarget {
  workspaceId: string;
  datasetId?: string;
}

interface Announced {
  dataset: { id: string };
  upload: Upload;
}

interface UploadsOptions {
  /** Called with all of them when one has changed. */
  onChange(uploads: readonly FileUpload[]): void;
  /** A dataset that the API has just answered with. */
  onDataset(dataset: Dataset): void;
  /** A dataset that has just been deleted. */
  onGone(workspaceId: string, datasetId: string): void;
}

/** More at a time would only share the same line. */
const atATime = 2;
/** A permission that ends sooner than this is asked for anew. */
const spareMs = 60_000;

/** The uploads of this tab, newest first; they go on while the person looks at other pages. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #uploads = new Map<number, FileUpload>();
  readonly #aborts = new Map<number, AbortController>();
  readonly #permissions = new Map<number, Upload>();
  /** What begins those that wait for others to end. */
  readonly #starts = new Map<number, () => void>();
  #last = 0;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** Lines the file up; resolves with the dataset's id once the API knows of it. @throws {ApiError} */
  add(file: File, { workspaceId, datasetId }: UploadTarget): Promise<string> {
    this.#last += 1;
    const key = this.#last;
    const isVersion = datasetId !== undefined;
    this.#set({
      key,
      file,
      workspaceId,
      datasetId: datasetId ?? null,
      isVersion,
      sent: 0,
      state: "waiting",
      reason: null,
    });
    return this.#begin(key);
  }

  /**
   * Sends the file of a failed upload once more, by the same permission while that holds. Resolves with the dataset's id,
   * which is another one where a new dataset had to be announced again. @throws {ApiError}
   */
  again(key: number): Promise<string> {
    this.#change(key, { state: "waiting", sent: 0, reason: null });
    return this.#begin(key);
  }

  /** Stops sending and removes the dataset that would have been. @throws {ApiError} */
  async cancel(key: number): Promise<void> {
    const upload = this.forget(key);
    if (upload?.datasetId && !upload.isVersion) await this.#remove(upload.workspaceId, upload.datasetId);
  }

  /** Takes an upload from the list; one that is being sent stops. */
  forget(key: number): FileUpload | undefined {
    const upload = this.#uploads.get(key);
    this.#uploads.delete(key);
    this.#starts.delete(key);
    this.#permissions.delete(key);
    this.#aborts.get(key)?.abort();
    this.#aborts.delete(key);
    this.#options.onChange(this.#list());
    this.#next();
    return upload;
  }

  #begin(key: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#starts.set(key, () => void this.#run(key, resolve, reject));
      this.#next();
    });
  }

  async #run(key: number, announced: (datasetId: string) => void, failed: (error: unknown) => void): Promise<void> {
    this.#change(key, { state: "sending" });
    try {
      const { dataset, upload } = await this.#announce(key);
      announced(dataset.id);
      await this.#send(key, upload);
    } catch (error) {
      this.#change(key, { state: "failed", reason: error instanceof Error ? error.message : "Something went wrong." });
      failed(error);
    } finally {
      this.#next();
    }
  }

  /** Lets those that wait begin, as far as there is room. */
  #next(): void {
    const sending = [...this.#uploads.values()].filter(({ state }) => state === "sending").length;
    for (const [key, start] of [...this.#starts].slice(0, Math.max(0, atATime - sending))) {
      this.#starts.delete(key);
      start();
    }
  }

  /** The permission to send, which lasts for some minutes. A new dataset whose permission has ended is announced anew. */
  async #announce(key: number): Promise<Announced> {
    const { file, workspaceId, datasetId, isVersion } = this.#get(key);
    const known = this.#permissions.get(key);
    if (known && datasetId !== null && Date.parse(known.expiresAt) - spareMs > Date.now()) {
      return { dataset: { id: datasetId }, upload: known };
    }
    const path = `/workspaces/${workspaceId}/datasets`;
    const announced = await request(isVersion ? `${path}/${datasetId}/versions` : path, createdDataset, {
      method: "POST",
      body: { fileName: file.name, fileSize: file.size },
    });
    const { dataset, upload } = announced;
    if (!this.#uploads.has(key)) {
      // Cancelled in the meantime.
      if (!isVersion) await this.#remove(workspaceId, dataset.id);
      return announced;
    }
    this.#permissions.set(key, upload);
    this.#change(key, { datasetId: dataset.id });
    this.#options.onDataset(dataset);
    if (datasetId !== null && datasetId !== dataset.id) await this.#remove(workspaceId, datasetId);
    return announced;
  }

  async #send(key: number, upload: Upload): Promise<void> {
    if (!this.#uploads.has(key)) return;
    const { file } = this.#get(key);
    const abort = new AbortController();
    this.#aborts.set(key, abort);
    await sendFile(file, upload, { signal: abort.signal, onProgress: (sent) => this.#change(key, { sent }) });
    this.#change(key, { state: "sent", sent: file.size });
  }

  async #remove(workspaceId: string, datasetId: string): Promise<void> {
    try {
      await requestNothing(`/workspaces/${workspaceId}/datasets/${datasetId}`, { method: "DELETE" });
    } catch (error) {
      // Somebody else has deleted it already.
      if (!(error instanceof ApiError && error.kind === "not-found")) throw error;
    }
    this.#options.onGone(workspaceId, datasetId);
  }

  #get(key: number): FileUpload {
    const upload = this.#uploads.get(key);
    if (!upload) throw new Error("This upload has been cancelled.");
    return upload;
  }

  #change(key: number, change: Partial<FileUpload>): void {
    const upload = this.#uploads.get(key);
    if (upload) this.#set({ ...upload, ...change });
  }

  #set(upload: FileUpload): void {
    this.#uploads.set(upload.key, upload);
    this.#options.onChange(this.#list());
  }

  #list(): FileUpload[] {
    return [...this.#uploads.values()].reverse();
  }
}
