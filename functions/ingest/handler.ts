import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { S3Client } from "@aws-sdk/client-s3";
import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import type { Context, SQSEvent, SQSRecord } from "aws-lambda";
import { z } from "zod";
import { readConfiguration } from "../shared/configuration.ts";
import { connectMongo } from "../shared/mongo.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { logger, metrics } from "../shared/observability.ts";
import { readUsageLimits } from "../usage/limits.ts";
import { giveUp } from "./give-up.ts";
import { ingestUpload, type Uploaded } from "./ingest-upload.ts";

const { bucketName, mongodbSecret, ingestQueueUrl, maxReceiveCount, memoryMb } = readConfiguration(
  "bucketName",
  "mongodbSecret",
  "ingestQueueUrl",
  "maxReceiveCount",
  "memoryMb",
);
const limits = readUsageLimits();
const storage = new ObjectStorage(bucketName, new S3Client());
const queue = new SQSClient();
const processor = new BatchProcessor(EventType.SQS);

/** Time to store the outcome after work on a file had to end. */
const marginMs = 10_000;

// What S3 sends: uploads, or, when the notification is set up, a test event without records.
const s3Event = z.object({
  Records: z
    .array(z.object({ s3: z.object({ object: z.object({ key: z.string(), size: z.number(), eTag: z.string() }) }) }))
    .default([]),
});

function uploadsIn(record: SQSRecord): Uploaded[] {
  return s3Event
    .parse(JSON.parse(record.body))
    .Records.map(({ s3: { object } }) => ({ ...object, key: decodeURIComponent(object.key.replaceAll("+", " ")) }));
}

async function ingestRecord(record: SQSRecord, context: Context): Promise<void> {
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const uploads = uploadsIn(record);
  try {
    await connectMongo(mongodbSecret);
    for (const upload of uploads) {
      const deadline = Date.now() + context.getRemainingTimeInMillis() - marginMs;
      await ingestUpload(upload, { storage, limits, memoryMb: Number(memoryMb), deadline });
    }
    metrics.addMetric("uploadsIngested", MetricUnit.Count, uploads.length);
  } catch (error) {
    logger.error("An upload was not ingested", { attempt, error });
    metrics.addMetric("ingestFailures", MetricUnit.Count, 1);
    if (attempt >= Number(maxReceiveCount)) await giveUp(uploads);
    else await retrySoon(record, attempt);
    throw error;
  }
}

/** Shortens the wait for the next attempt, which otherwise is as long as an attempt may take: 15 s, then 30 s, then 60 s. */
async function retrySoon(record: SQSRecord, attempt: number): Promise<void> {
  await queue.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: ingestQueueUrl,
      ReceiptHandle: record.receiptHandle,
      VisibilityTimeout: 15 * 2 ** (attempt - 1),
    }),
  );
}

export const handler = middy<SQSEvent>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(logMetrics(metrics))
  .handler((event, context) =>
    processPartialResponse(event, (record: SQSRecord) => ingestRecord(record, context), processor, {
      context,
      throwOnFullBatchFailure: false,
    }),
  );
