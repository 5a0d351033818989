/** Names of the environment variables that constructs set and functions read. */
export const environment = {
  bucketName: "BUCKET_NAME",
  mongodbSecret: "MONGODB_SECRET_ARN",
  openaiSecret: "OPENAI_SECRET_ARN",
  openaiBaseUrl: "OPENAI_BASE_URL",
  openaiModel: "OPENAI_MODEL",
  openaiPrice: "OPENAI_PRICE",
  usageLimits: "USAGE_LIMITS",
  ingestQueueUrl: "INGEST_QUEUE_URL",
  maxReceiveCount: "MAX_RECEIVE_COUNT",
  reportQueueUrl: "REPORT_QUEUE_URL",
  reportQueueArn: "REPORT_QUEUE_ARN",
  scheduleGroup: "REPORT_SCHEDULE_GROUP",
  scheduleRoleArn: "REPORT_SCHEDULE_ROLE_ARN",
  // Lambda's own.
  taskRoot: "LAMBDA_TASK_ROOT",
  nodePath: "NODE_PATH",
  memoryMb: "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
} as const;
