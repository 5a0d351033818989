import type { Types } from "mongoose";
import { z } from "zod";
import { id } from "../../contract/index.ts";
import { type DatasetDocument, DatasetModel } from "../datasets/dataset-model.ts";
import { Conflict, NotFound } from "../shared/errors.ts";
import { parquetKey } from "../shared/object-keys.ts";
import type { PlannableTable } from "./plan/planner.ts";
import type { QueryTable } from "./query/query-engine.ts";

/** A dataset as a table of a query. */
export interface NamedDataset extends QueryTable {
  dataset: DatasetDocument;
  plannable: PlannableTable;
}

/**
 * The datasets, in this order, by the names under which SQL knows them: the first is `data`, further ones are called after
 * their dataset; `known` holds the names that a chart has already used. Throws `NotFound`, and `Conflict` while one is not
 * ready.
 */
export async function findTables(
  workspaceId: string,
  datasetIds: string[],
  known: { datasetId: Types.ObjectId; name: string }[] = [],
): Promise<NamedDataset[]> {
  const ids = [...new Set(datasetIds)];
  if (!z.array(id).safeParse(ids).success) throw noSuchDataset();
  const found = await DatasetModel.find({ _id: { $in: ids }, workspaceId, deletedAt: { $exists: false } }).lean();
  const taken = new Set<string>();
  return ids.map((datasetId, index) => {
    const dataset = found.find(({ _id }) => _id.toString() === datasetId);
    if (!dataset) throw noSuchDataset();
    const key = parquetKey({ workspaceId, datasetId, version: dataset.version, reading: dataset.reading });
    if (dataset.status !== "ready" || dataset.parquetETag === undefined) throw notReady(dataset);
    const remembered = known.find((table) => table.datasetId.toString() === datasetId)?.name;
    const name = remembered ?? (index === 0 ? "data" : unusedName(dataset.name, taken));
    taken.add(name);
    const { columns } = dataset;
    return {
      name,
      dataset,
      parquet: { key, eTag: dataset.parquetETag },
      plannable: { name, label: dataset.name, rowCount: dataset.rowCount ?? 0, columns },
    };
  });
}

function noSuchDataset(): NotFound {
  return new NotFound("There is no such dataset");
}

function notReady({ name, status }: DatasetDocument): Conflict {
  const reasons = {
    "awaiting-upload": "is still waiting for its file",
    ingesting: "is still being read: try again in a moment",
    failed: "could not be read, so it has no rows",
    ready: "is being replaced: try again in a moment",
  };
  return new Conflict(`${name} ${reasons[status]}`, { kind: "not-ready" });
}

function unusedName(datasetName: string, taken: ReadonlySet<string>): string {
  const words = datasetName.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["table"];
  const base = words
    .join("_")
    .replace(/^(?=\d)/, "t")
    .slice(0, 60);
  let name = base;
  for (let count = 2; taken.has(name) || name === "data"; count += 1) name = `${base}_${count}`;
  return name;
}
