import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { S3Client } from "@aws-sdk/client-s3";
import middy from "@middy/core";
import { readConfiguration } from "../shared/configuration.ts";
import { connectMongo } from "../shared/mongo.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { logger } from "../shared/observability.ts";
import { sweep } from "./sweep.ts";

const { bucketName, mongodbSecret } = readConfiguration("bucketName", "mongodbSecret");
const storage = new ObjectStorage(bucketName, new S3Client());

export const handler = middy()
  .use(injectLambdaContext(logger))
  .handler(async () => {
    await connectMongo(mongodbSecret);
    logger.info("Swept", await sweep(storage, new Date()));
  });
