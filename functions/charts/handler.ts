import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { operations } from "../../contract/index.ts";
import { findModel } from "../model/find-model.ts";
import { readConfiguration, readOptional } from "../shared/configuration.ts";
import { Fonts } from "../shared/fonts.ts";
import { endpoint, fileEndpoint } from "../shared/http/endpoint.ts";
import { httpHandler } from "../shared/http/http-handler.ts";
import { findInLayers } from "../shared/layer-files.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { readUsageLimits } from "../usage/limits.ts";
import { mayAskModel, modelUsedUp, recordSpending } from "../usage/model-spending.ts";
import { withinQuota } from "../usage/quota.ts";
import { deleteChart, refreshChart, updateChart } from "./change-chart.ts";
import { createChart } from "./create-chart.ts";
import { exportChart } from "./export-chart.ts";
import { getChart, listCharts } from "./find-charts.ts";
import { listRows } from "./list-rows.ts";
import { makePlanner, type Planner } from "./plan/make-planner.ts";
import { ParquetCache } from "./query/parquet-cache.ts";
import { QueryEngine } from "./query/query-engine.ts";

const { bucketName, openaiSecret, openaiModel, memoryMb, taskRoot, nodePath } = readConfiguration(
  "bucketName",
  "openaiSecret",
  "openaiModel",
  "memoryMb",
  "taskRoot",
  "nodePath",
);
const openaiBaseUrl = readOptional("openaiBaseUrl");
const openaiPrice = readOptional("openaiPrice");

const folder = join(tmpdir(), "charts");
const storage = new ObjectStorage(bucketName, new S3Client());
// Of the 5 GB that the function has in /tmp: copies, one more of up to 2 GB that is being fetched, and what DuckDB spills.
const cache = new ParquetCache(join(folder, "parquet"), storage, { maxBytes: 1.8e9, maxIdleMs: 3_600_000 });
const engine = new QueryEngine({
  cache,
  processFile: join(taskRoot, "query-process.js"),
  processEnvironment: { NODE_PATH: nodePath },
  memoryMb: Number(memoryMb),
  spillFolder: join(folder, "spill"),
  maxSpillMb: 1024,
  timeoutMs: 15_000,
});

let imageFonts: Fonts | undefined;
function fonts(): Fonts {
  imageFonts ??= new Fonts(findInLayers(nodePath, "@fontsource"));
  return imageFonts;
}

const limits = readUsageLimits();
let model: ReturnType<typeof findModel> | undefined;

/** The planner for a workspace: with the model, if there is one and the workspace may still ask it this month. */
async function plannerFor(workspaceId: string): Promise<Planner> {
  model ??= findModel({ secretArn: openaiSecret, name: openaiModel, baseUrl: openaiBaseUrl, price: openaiPrice });
  model.catch(() => {
    model = undefined;
  });
  const found = await model;
  if (!found) return makePlanner();
  if (!(await mayAskModel(workspaceId, limits))) return makePlanner({ withoutModel: modelUsedUp });
  return makePlanner({
    model: { ...found, onSpent: (tokens) => recordSpending(workspaceId, tokens, found.price) },
  });
}

export const handler = httpHandler([
  endpoint(operations.createChart, ({ caller: { workspaceId }, body }) =>
    withinQuota(workspaceId, "charts", limits, async () =>
      createChart(workspaceId, body, { engine, planner: await plannerFor(workspaceId) }),
    ),
  ),
  endpoint(operations.listCharts, ({ caller, query }) => listCharts(caller.workspaceId, query)),
  endpoint(operations.getChart, ({ caller, params }) => getChart(caller.workspaceId, params.chartId)),
  endpoint(operations.updateChart, ({ caller, params, body }) =>
    updateChart(caller.workspaceId, params.chartId, body, { engine }),
  ),
  endpoint(operations.refreshChart, ({ caller, params }) =>
    refreshChart(caller.workspaceId, params.chartId, { engine }),
  ),
  endpoint(operations.deleteChart, ({ caller, params }) => deleteChart(caller.workspaceId, params.chartId)),
  fileEndpoint(operations.exportChart, ({ caller, params, query }) =>
    exportChart(caller.workspaceId, params.chartId, query.format, { engine, fonts }),
  ),
  endpoint(operations.listRows, ({ caller, params, query }) =>
    listRows(caller.workspaceId, params.datasetId, query, { engine }),
  ),
]);
