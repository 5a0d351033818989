import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { SqsDestination } from "aws-cdk-lib/aws-s3-notifications";
import { Construct } from "constructs";
import { environment } from "../functions/shared/environment.ts";
import type { DuckDbLayer } from "./duckdb-layer.ts";
import { QuantibiFunction } from "./quantibi-function.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Storage } from "./storage.ts";
import { tellUsageLimits } from "./usage.ts";
import { WorkQueue } from "./work-queue.ts";

export interface IngestProps {
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly duckDb: DuckDbLayer;
  readonly settings: Settings;
}

/** Turns each upload into a table: bucket → queue → function, with a dead-letter queue and a sweeper for what got stuck. */
export class Ingest extends Construct {
  private readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, { storage, secrets, duckDb, settings }: IngestProps) {
    super(scope, id);
    // The longest that Lambda allows: 2 GB of damaged rows are read one by one.
    const timeout = Duration.minutes(15);
    this.queue = new WorkQueue(this, "Queue", {
      workTimeout: timeout,
      urlVariable: environment.ingestQueueUrl,
      alarmDescription: "Uploads could not be ingested. Runbook: docs/operations/ingest-dead-letters.md",
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
    this.queue.workedOnBy(ingest);
    storage.grantRead(ingest);
    storage.grantWrite(ingest);
    storage.grantDelete(ingest);
    // What a workspace stores is checked once more when a file has arrived.
    storage.grantListReports(ingest);
    tellUsageLimits(ingest, settings);
    secrets.grantMongodb(ingest);
    storage.onUploaded(new SqsDestination(this.queue));

    const sweeper = new QuantibiFunction(this, "Sweeper", {
      description:
        "Ends uploads that never came, ingests that died and deletions that stopped half-way; deletes what readings left",
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
    this.queue.grantSend(fn);
  }
}
