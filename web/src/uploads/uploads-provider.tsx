import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { cacheDataset, forgetDataset } from "../datasets/use-dataset.ts";
import type { FileUpload } from "./file-upload.ts";
import { Uploads } from "./uploads.ts";

const UploadsContext = createContext<{ uploads: Uploads; list: readonly FileUpload[] } | null>(null);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [list, onChange] = useState<readonly FileUpload[]>([]);
  const uploads = useMemo(
    () =>
      new Uploads({
        onChange,
        onDataset: (dataset) => cacheDataset(client, dataset),
        onGone: (workspaceId, datasetId) => forgetDataset(client, workspaceId, datasetId),
      }),
    [client],
  );
  const sending = list.some(({ state }) => state === "sending" || state === "waiting");
  useEffect(() => {
    if (!sending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [sending]);
  const value = useMemo(() => ({ uploads, list }), [uploads, list]);
  return <UploadsContext value={value}>{children}</UploadsContext>;
}

export function useUploads() {
  const value = use(UploadsContext);
  if (!value) throw new Error("useUploads outside of UploadsProvider");
  return value;
}

/** The latest upload of this tab for a dataset, be it the dataset's first file or a newer one. */
export function useUploadOf(datasetId: string): FileUpload | undefined {
  return useUploads().list.find((upload) => upload.datasetId === datasetId);
}
