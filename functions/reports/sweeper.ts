import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import middy from "@middy/core";
import { readConfiguration } from "../shared/configuration.ts";
import { connectMongo } from "../shared/mongo.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { logger } from "../shared/observability.ts";
import { sweep } from "./sweep.ts";

const { bucketName, mongodbSecret, reportQueueUrl } = readConfiguration(
  "bucketName",
  "mongodbSecret",
  "reportQueueUrl",
);
const storage = new ObjectStorage(bucketName, new S3Client());
const queue = { client: new SQSClient(), url: reportQueueUrl };

export const handler = middy()
  .use(injectLambdaContext(logger))
  .handler(async () => {
    await connectMongo(mongodbSecret);
    logger.info("Swept", await sweep({ storage, queue, now: new Date() }));
  });
