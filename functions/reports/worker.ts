import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import type { Context, SQSEvent, SQSRecord } from "aws-lambda";
import { ParquetCache } from "../charts/query/parquet-cache.ts";
import { QueryEngine } from "../charts/query/query-engine.ts";
import { findModel } from "../model/find-model.ts";
import { readConfiguration, readOptional } from "../shared/configuration.ts";
import { connectMongo } from "../shared/mongo.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { logger, metrics } from "../shared/observability.ts";
import { readUsageLimits } from "../usage/limits.ts";
import { mayAskModel, recordSpending } from "../usage/model-spending.ts";
import { Narrator } from "./narrative/narrator.ts";
import { readPrintFiles } from "./print/print-files.ts";
import { Printer } from "./print/printer.ts";
import { workOn } from "./work/work-on.ts";

const {
  bucketName,
  mongodbSecret,
  reportQueueUrl,
  maxReceiveCount,
  openaiSecret,
  openaiModel,
  memoryMb,
  taskRoot,
  nodePath,
} = readConfiguration(
  "bucketName",
  "mongodbSecret",
  "reportQueueUrl",
  "maxReceiveCount",
  "openaiSecret",
  "openaiModel",
  "memoryMb",
  "taskRoot",
  "nodePath",
);
const folder = join(tmpdir(), "reports");
const storage = new ObjectStorage(bucketName, new S3Client());
const engine = new QueryEngine({
  cache: new ParquetCache(join(folder, "parquet"), storage, { maxBytes: 1.5e9, maxIdleMs: 3_600_000 }),
  processFile: join(taskRoot, "query-process.js"),
  processEnvironment: { NODE_PATH: nodePath },
  // Chromium needs the rest.
  memoryMb: Number(memoryMb) / 2,
  spillFolder: join(folder, "spill"),
  maxSpillMb: 512,
  timeoutMs: 30_000,
});
const limits = readUsageLimits();
const files = readPrintFiles(taskRoot, nodePath);
const printer = new Printer(files.chromium);
printer.warm();
const queue = { client: new SQSClient(), url: reportQueueUrl };
const processor = new BatchProcessor(EventType.SQS);

async function workOnRecord(record: SQSRecord, context: Context): Promise<void> {
  await connectMongo(mongodbSecret);
  const model = await findModel({
    secretArn: openaiSecret,
    name: openaiModel,
    baseUrl: readOptional("openaiBaseUrl"),
    price: readOptional("openaiPrice"),
  });
  const outcome = await workOn(record, {
    queue,
    maxReceiveCount: Number(maxReceiveCount),
    remainingMs: () => context.getRemainingTimeInMillis(),
    making: {
      engine,
      storage,
      printer,
      assets: files,
      narrator: new Narrator(model),
      accountOf: (workspaceId) => ({
        mayAsk: () => mayAskModel(workspaceId, limits),
        spend: (tokens) => recordSpending(workspaceId, tokens, model?.price),
      }),
    },
  });
  metrics.addMetric(
    outcome === "failed" ? "reportsFailed" : "reportsMade",
    MetricUnit.Count,
    outcome === "over" ? 0 : 1,
  );
}

export const handler = middy<SQSEvent>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(logMetrics(metrics))
  .handler((event, context) =>
    processPartialResponse(event, (record: SQSRecord) => workOnRecord(record, context), processor, {
      context,
      throwOnFullBatchFailure: false,
    }),
  );
