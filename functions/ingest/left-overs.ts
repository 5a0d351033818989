import { type DatasetDocument, DatasetModel } from "../datasets/dataset-model.ts";
import { datasetFolder, parquetKey, rejectsKey, uploadKey } from "../shared/object-keys.ts";
import type { ObjectStorage } from "../shared/object-storage.ts";
import { storageFull } from "./versions.ts";

/** So many datasets are looked through at once; the next sweep goes on. */
const mostAtOnce = 100;

/**
 * Deletes what readings have left that died or whose result nobody took: objects in a dataset's folder that none of its versions
 * refers to. Only of datasets in which a reading began before `before` and none is going on. Returns how many objects.
 */
export async function deleteLeftOvers(
  storage: Pick<ObjectStorage, "listFolder" | "deleteObjects">,
  before: Date,
): Promise<number> {
  const idle = {
    unsweptSince: { $lt: before },
    deletedAt: { $exists: false },
    status: { $ne: "ingesting" as const },
    "next.status": { $ne: "ingesting" as const },
  };
  const candidates = await DatasetModel.find(idle, { workspaceId: 1 }).limit(mostAtOnce).lean();
  let count = 0;
  for (const { _id, workspaceId } of candidates) {
    const folder = datasetFolder({ workspaceId: workspaceId.toString(), datasetId: _id.toString() });
    const keys = await storage.listFolder(folder);
    // What was listed is older than what is read here; and a reading that begins meanwhile writes under another number.
    const dataset = await DatasetModel.findOne({ _id, ...idle }).lean();
    if (!dataset) continue;
    const referred = referredTo(dataset);
    const leftOvers = keys.filter((key) => !referred(key));
    await storage.deleteObjects(leftOvers);
    count += leftOvers.length;
    await DatasetModel.updateOne({ _id, unsweptSince: dataset.unsweptSince }, { $unset: { unsweptSince: "" } });
  }
  return count;
}

/** Tells whether a version of the dataset refers to an object. */
function referredTo(dataset: DatasetDocument): (key: string) => boolean {
  const { version: current, reading, earlier = [], next, parquetETag } = dataset;
  const ids = { workspaceId: dataset.workspaceId.toString(), datasetId: dataset._id.toString() };
  const tables = parquetETag === undefined ? earlier : [...earlier, { version: current, reading }];
  const keys = new Set(tables.flatMap((table) => [parquetKey({ ...ids, ...table }), rejectsKey({ ...ids, ...table })]));
  const uploads = earlier.map(({ version }) => version);
  if (parquetETag !== undefined || dataset.error?.code !== storageFull) uploads.push(current);
  if (next && next.status !== "cancelled" && next.error?.code !== storageFull) uploads.push(next.version);
  for (const version of uploads) keys.add(uploadKey({ ...ids, version }));
  // Versions of a time when nobody noted what they ended with.
  const unknown = Array.from({ length: current - 1 }, (_, index) => index + 1)
    .filter((version) => !earlier.some((one) => one.version === version))
    .map((version) => `${datasetFolder(ids)}v${version}/`);
  return (key) => keys.has(key) || unknown.some((folder) => key.startsWith(folder));
}
