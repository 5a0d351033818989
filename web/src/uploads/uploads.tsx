import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { createDataset, createdDataset } from "../../../contract/index.ts";
import { request, requestNothing } from "../api/client.ts";
import { cacheDataset } from "../datasets/use-dataset.ts";
import { sendFile, UploadFailed } from "./send-file.ts";

/** One file on its way from this tab to the storage. */
export interface FileUpload {
  file: File;
  workspaceId: string;
  sent: number;
  state: "sending" | "sent" | "failed";
  /** Why, when `failed`. */
  reason: string | null;
}

/** The uploads of this tab by dataset; they go on while the person looks at other pages. */
export class Uploads {
  readonly #client: QueryClient;
  readonly #changed: (uploads: ReadonlyMap<string, FileUpload>) => void;
  readonly #uploads = new Map<string, FileUpload>();
  readonly #aborts = new Map<string, AbortController>();

  constructor(client: QueryClient, changed: (uploads: ReadonlyMap<string, FileUpload>) => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /**
   * Creates a dataset for the file and begins to send it; resolves with the dataset's id once it exists.
   * @throws {UploadFailed} when the file can't be one. @throws {ApiError}
   */
  async start(file: File, workspaceId: string): Promise<string> {
    const body = createDataset.safeParse({ fileName: file.name, fileSize: file.size });
    if (!body.success) throw new UploadFailed(refusal(body.error.issues[0]));
    const created = await request(`/workspaces/${workspaceId}/datasets`, createdDataset, {
      method: "POST",
      body: body.data,
    });
    const { id } = created.dataset;
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    this.#set(id, { file, workspaceId, sent: 0, state: "sending", reason: null });
    cacheDataset(this.#client, created.dataset);
    sendFile(file, created.upload, { signal: abort.signal, onProgress: (sent) => this.#change(id, { sent }) }).then(
      () => this.#change(id, { state: "sent", sent: file.size }),
      (error: unknown) =>
        this.#change(id, { state: "failed", reason: String(error instanceof Error ? error.message : error) }),
    );
    return id;
  }

  /** Stops sending and removes the dataset that would have been. @throws {ApiError} */
  async cancel(datasetId: string): Promise<void> {
    const upload = this.#uploads.get(datasetId);
    if (!upload) return;
    this.#uploads.delete(datasetId);
    this.#aborts.get(datasetId)?.abort();
    this.#changed(new Map(this.#uploads));
    await requestNothing(`/workspaces/${upload.workspaceId}/datasets/${datasetId}`, { method: "DELETE" });
    void this.#client.invalidateQueries({ queryKey: ["datasets", upload.workspaceId] });
  }

  /** Sends the file of a failed upload once more, as a new dataset, whose id it returns. @throws {ApiError} */
  async again(datasetId: string): Promise<string | undefined> {
    const upload = this.#uploads.get(datasetId);
    if (!upload) return undefined;
    const id = await this.start(upload.file, upload.workspaceId);
    await this.cancel(datasetId);
    return id;
  }

  #change(id: string, change: Partial<FileUpload>): void {
    const upload = this.#uploads.get(id);
    if (upload) this.#set(id, { ...upload, ...change });
  }

  #set(id: string, upload: FileUpload): void {
    this.#uploads.set(id, upload);
    this.#changed(new Map(this.#uploads));
  }
}

function refusal(issue: { path: PropertyKey[]; message: string } | undefined): string {
  const subject = issue?.path[0] === "fileName" ? "The file's name" : "The file's size";
  return `${subject} ${issue?.message ?? "is not accepted"}.`;
}

const UploadsContext = createContext<{ uploads: Uploads; byDataset: ReadonlyMap<string, FileUpload> } | null>(null);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [byDataset, setByDataset] = useState<ReadonlyMap<string, FileUpload>>(new Map());
  const uploads = useMemo(() => new Uploads(client, setByDataset), [client]);
  const sending = [...byDataset.values()].some(({ state }) => state === "sending");
  useEffect(() => {
    if (!sending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [sending]);
  const value = useMemo(() => ({ uploads, byDataset }), [uploads, byDataset]);
  return <UploadsContext value={value}>{children}</UploadsContext>;
}

export function useUploads() {
  const value = use(UploadsContext);
  if (!value) throw new Error("useUploads outside of UploadsProvider");
  return value;
}
