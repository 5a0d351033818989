/** One file on its way from this tab to the storage. */
export interface FileUpload {
  /** Names it within this tab. */
  key: number;
  file: File;
  workspaceId: string;
  /** The dataset that it becomes, or whose next version it is; null until the API knows of it. */
  datasetId: string | null;
  isVersion: boolean;
  sent: number;
  state: "waiting" | "sending" | "sent" | "failed";
  /** Why, when `failed`. */
  reason: string | null;
}
