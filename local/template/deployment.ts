/** What the synthesized CloudFormation template declares, with every reference resolved to this machine's names. */
export interface Deployment {
  functions: FunctionSpec[];
  api: HttpApiSpec;
  queues: QueueSpec[];
  eventSources: EventSourceSpec[];
  buckets: BucketSpec[];
  schedules: ScheduleSpec[];
  secrets: SecretSpec[];
}

/** An `AWS::Lambda::Function` on a Node.js runtime. */
export interface FunctionSpec {
  name: string;
  arn: string;
  /** `file.export`, relative to `codeDir`. */
  handler: string;
  codeDir: string;
  /** What Lambda would unpack under `/opt`, in order. */
  layerDirs: string[];
  environment: Record<string, string>;
  memoryMb: number;
  timeoutSeconds: number;
  ephemeralStorageMb: number;
  reservedConcurrency: number | undefined;
  /** How often an asynchronous invocation is repeated after an error: 0, 1 or 2. */
  asynchronousRetries: number;
}

/** An HTTP API (`AWS::ApiGatewayV2::Api`) with its routes and its one stage. */
export interface HttpApiSpec {
  id: string;
  stage: string;
  routes: RouteSpec[];
  cors: CorsRule | undefined;
  throttling: { rateLimit: number; burstLimit: number } | undefined;
}

export interface RouteSpec {
  /** API Gateway's route key: `GET /api/me`, `ANY /api/{proxy+}` or `$default`. */
  routeKey: string;
  functionName: string;
  /** 30 s at most; HTTP APIs allow no more. */
  timeoutMs: number;
  authorizer: { issuer: string; audience: string[] } | undefined;
}

export interface QueueSpec {
  name: string;
  arn: string;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  deadLetter: { queueArn: string; maxReceiveCount: number } | undefined;
}

/** An `AWS::Lambda::EventSourceMapping` from an SQS queue. */
export interface EventSourceSpec {
  queueName: string;
  functionName: string;
  batchSize: number;
  batchingWindowSeconds: number;
  reportBatchItemFailures: boolean;
  maximumConcurrency: number | undefined;
}

export interface BucketSpec {
  name: string;
  cors: CorsRule[];
  notifications: BucketNotification[];
  expirations: { prefix: string; days: number }[];
}

export interface CorsRule {
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposedHeaders: string[];
  maxAgeSeconds: number | undefined;
}

export interface BucketNotification {
  /** For example `s3:ObjectCreated:*`. */
  events: string[];
  prefix: string;
  suffix: string;
  target: { kind: "queue"; queueName: string } | { kind: "function"; functionName: string };
}

/** An `AWS::Events::Rule` with a schedule, or an `AWS::Scheduler::Schedule`, aimed at a function. */
export interface ScheduleSpec {
  name: string;
  /** The rule's or the schedule's own ARN: it is what the default event names as its resource. */
  arn: string;
  /** `rate(…)` or `cron(…)`, in UTC. */
  expression: string;
  functionName: string;
  /** What the function receives; `undefined` means the scheduled event that AWS makes up. */
  input: unknown;
}

export interface SecretSpec {
  name: string;
  arn: string;
}
