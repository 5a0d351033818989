import type { Dataset } from "../../../contract/index.ts";
import { formatCount } from "../format/numbers.ts";

type State = Pick<Dataset, "status" | "nextVersion" | "rowCount">;

/** Whether a dataset, or its next version, is still on its way. */
export function isPending({ status, nextVersion }: Pick<State, "status" | "nextVersion">): boolean {
  const isUnderWay = (of: string | undefined) => of === "awaiting-upload" || of === "ingesting";
  return isUnderWay(status) || isUnderWay(nextVersion?.status);
}

/** How often to look how far it has come; a file that may never arrive is not worth a look a second. */
export function pollMs(dataset: Pick<State, "status" | "nextVersion">): number | false {
  if (!isPending(dataset)) return false;
  const isRead = dataset.status === "ingesting" || dataset.nextVersion?.status === "ingesting";
  return isRead || dataset.status === "awaiting-upload" ? 1000 : 2000;
}

/** Whether there is a table to look at: ready, or the one from before while its file is read again. */
export function hasTable({ status, rowCount }: Pick<State, "status" | "rowCount">): boolean {
  return status === "ready" || (status === "ingesting" && rowCount !== null);
}

/** What changes whenever a dataset's rows or rejects may have, and with nothing else. */
export function contentKey({ id, version, fileSize, rowCount, columns, rejects, read }: Dataset): readonly unknown[] {
  return [id, version, fileSize, rowCount, rejects.count, read, columns.map(({ name, type }) => [name, type])];
}

/** What has come to its end between two looks at a dataset that had a table before; null if nothing has. */
export function newsOf(before: Dataset, now: Dataset, locale?: string): string | null {
  if (before.id !== now.id || now.status !== "ready" || before.rowCount === null) return null;
  const size = `${formatCount(now.rowCount ?? 0, "row", locale)} × ${formatCount(now.columns.length, "column", locale)}`;
  if (now.version > before.version) return `${now.fileName} is in use now: ${size}.`;
  return before.status === "ingesting" && now.error === null ? `The file has been read again: ${size}.` : null;
}
