import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { SqsDestination } from "aws-cdk-lib/aws-s3-notifications";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environment } from "../functions/shared/environment.ts";
import type { DuckDbLayer } from "./duckdb-layer.ts";
import { QuantibiFunction } from "./quantibi-function.ts";
import type { Secrets } from "./secrets.ts";
import type { Storage } from "./storage.ts";

export interface IngestProps {
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly duckDb: DuckDbLayer;
}

/** Turns each upload into a table: bucket → queue → function, with a dead-letter queue and a sweeper for what got stuck. */
export class Ingest extends Construct {
  private readonly queue: Queue;

  constructor(scope: Construct, id: string, { storage, secrets, duckDb }: IngestProps) {
    super(scope, id);
    // The longest that Lambda allows: 2 GB of damaged rows are read one by one.
    const timeout = Duration.minutes(15);
    const maxReceiveCount = 4;
    const deadLetters = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Longer than one attempt, so that no message is worked on twice at a time; a failed attempt shortens it itself.
      visibilityTimeout: timeout.plus(Duration.minutes(1)),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    });
    new Alarm(this, "DeadLettersAlarm", {
      alarmDescription: "Uploads could not be ingested. Runbook: docs/operations/ingest-dead-letters.md",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });

    const ingest = new QuantibiFunction(this, "Function", {
      description: "Reads an upload, profiles its columns and writes it as Parquet",
      capability: "ingest",
      architecture: duckDb.architecture,
      duckDb,
      memoryMb: 3008,
      timeout,
      // An archive, the 2 GB that it may unpack to and a packed copy of these lie in /tmp, and what DuckDB spills.
      ephemeralStorageMb: 8192,
    });
    ingest.addEnvironment(environment.maxReceiveCount, String(maxReceiveCount));
    ingest.addEnvironment(environment.ingestQueueUrl, this.queue.queueUrl);
    // One upload per invocation: a large one takes minutes and must not hold up others.
    ingest.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 10 }),
    );
    storage.grantRead(ingest);
    storage.grantWrite(ingest);
    storage.grantDelete(ingest);
    secrets.grantMongodb(ingest);
    storage.onUploaded(new SqsDestination(this.queue));

    const sweeper = new QuantibiFunction(this, "Sweeper", {
      description: "Ends uploads that never came, ingests that died and deletions that stopped half-way",
      capability: "ingest",
      file: "sweeper.ts",
      architecture: duckDb.architecture,
      memoryMb: 256,
      timeout: Duration.minutes(1),
    });
    storage.grantDelete(sweeper);
    secrets.grantMongodb(sweeper);
    new Rule(this, "SweeperSchedule", {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(sweeper)],
    });
  }
  /** Lets `fn` have a file read again. */
  grantReadAgain(fn: QuantibiFunction): void {
    this.queue.grantSendMessages(fn);
    fn.addEnvironment(environment.ingestQueueUrl, this.queue.queueUrl);
  }
}
