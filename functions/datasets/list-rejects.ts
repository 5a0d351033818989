import { z } from "zod";
import { type ListQuery, type Page, type Reject, reject } from "../../contract/index.ts";
import { InvalidInput } from "../shared/errors.ts";
import { rejectsKey } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { findDataset } from "./datasets.ts";

const place = z.coerce.number().int().min(1);

/** One page of the ledger of the dataset's current version, by row. The cursor is the number of rejects before the page. */
export async function listRejects(
  workspaceId: string,
  datasetId: string,
  { limit, cursor }: ListQuery,
  storage: Pick<ObjectStorage, "readText">,
): Promise<Page<Reject>> {
  const { version, reading } = await findDataset(workspaceId, datasetId);
  const start = cursor === undefined ? { success: true as const, data: 0 } : place.safeParse(cursor);
  if (!start.success) throw new InvalidInput([{ path: "cursor", message: "is not one that a list gave" }]);
  const lines = ((await storage.readText(rejectsKey({ workspaceId, datasetId, version, reading }))) ?? "")
    .split("\n")
    .slice(0, -1);
  const end = start.data + limit;
  return {
    items: lines.slice(start.data, end).map((line) => reject.parse(JSON.parse(line))),
    nextCursor: end < lines.length ? String(end) : null,
  };
}
