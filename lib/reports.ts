import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Architecture } from "aws-cdk-lib/aws-lambda";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { environment } from "../functions/shared/environment.ts";
import { ChromiumLayer } from "./chromium-layer.ts";
import { DuckDbLayer } from "./duckdb-layer.ts";
import { grantModel } from "./model.ts";
import { QuantibiFunction } from "./quantibi-function.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Storage } from "./storage.ts";
import { tellUsageLimits } from "./usage.ts";
import { WorkQueue } from "./work-queue.ts";

export interface ReportsProps {
  readonly storage: Storage;
  readonly secrets: Secrets;
  /** The layer of the other functions, used here too where Chromium runs on their processor. */
  readonly duckDb: DuckDbLayer;
  readonly settings: Settings;
}

/** Makes reports: API → queue → worker, with a dead-letter queue, a sweeper for what got stuck, and schedules that repeat them. */
export class Reports extends Construct {
  readonly api: QuantibiFunction;

  constructor(scope: Construct, id: string, { storage, secrets, duckDb, settings }: ReportsProps) {
    super(scope, id);
    const timeout = Duration.minutes(5);
    const queue = new WorkQueue(this, "Queue", {
      workTimeout: timeout,
      urlVariable: environment.reportQueueUrl,
      alarmDescription: "Reports could not be made. Runbook: docs/operations/report-dead-letters.md",
    });
    new Alarm(this, "QueueAgeAlarm", {
      alarmDescription: "Reports wait for long. Runbook: docs/operations/report-queue-age.md",
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: Duration.minutes(30).toSeconds(),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });

    this.makeWorker({ storage, secrets, duckDb, settings }, queue, timeout);
    this.makeSweeper({ storage, secrets }, queue, duckDb.architecture);

    this.api = new QuantibiFunction(this, "Api", {
      description: "Reports and their schedules",
      capability: "reports",
      architecture: duckDb.architecture,
      memoryMb: 512,
      timeout: Duration.seconds(15),
    });
    tellUsageLimits(this.api, settings);
    secrets.grantMongodb(this.api);
    // To sign downloads: a presigned URL can do no more than the function that signed it.
    storage.grantReadReports(this.api);
    storage.grantDeleteReports(this.api);
    queue.grantSend(this.api);
    this.grantSchedules(queue);
  }

  private makeWorker({ storage, secrets, duckDb, settings }: ReportsProps, queue: WorkQueue, timeout: Duration): void {
    const chromium = new ChromiumLayer(this, "Chromium");
    const samePlatform = !settings.platform.startsWith("linux") || settings.platform === "linux-x64";
    const engine = samePlatform ? duckDb : new DuckDbLayer(this, "DuckDb", { platform: "linux-x64" });
    const worker = new QuantibiFunction(this, "Worker", {
      description: "Refreshes charts, computes facts, writes and prints reports",
      capability: "reports",
      file: "worker.ts",
      processes: ["../charts/query/query-process.ts"],
      browserScripts: ["../../web/src/reports/document/draw-report.ts"],
      architecture: engine.architecture,
      duckDb: engine,
      layers: [chromium.layer],
      // By bench/reports.ts, Chromium, DuckDB and Node.js together peak at 0.75 GB with ten charts and 1.3 GB with fifty, which
      // take 20 s on two busy processors. Processors come with memory, and printing wants two.
      memoryMb: 3008,
      timeout,
      // Chromium unpacked, copies of data sets, and what DuckDB spills.
      ephemeralStorageMb: 3072,
    });
    tellUsageLimits(worker, settings);
    queue.workedOnBy(worker);
    storage.grantRead(worker);
    storage.grantReadReports(worker);
    storage.grantWriteReports(worker);
    storage.grantDeleteReports(worker);
    secrets.grantMongodb(worker);
    grantModel(worker, { secrets, settings });
  }

  private makeSweeper(
    { storage, secrets }: Pick<ReportsProps, "storage" | "secrets">,
    queue: WorkQueue,
    architecture: Architecture,
  ): void {
    const sweeper = new QuantibiFunction(this, "Sweeper", {
      description: "Sends reports that were stored and not sent, deletes those that have expired",
      capability: "reports",
      file: "sweeper.ts",
      architecture,
      memoryMb: 256,
      timeout: Duration.minutes(1),
    });
    storage.grantDeleteReports(sweeper);
    secrets.grantMongodb(sweeper);
    queue.grantSend(sweeper);
    new Rule(this, "SweeperSchedule", {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweeper)],
    });
  }

  /** Lets the API keep schedules in a group of their own, and EventBridge Scheduler send to the queue what they are due. */
  private grantSchedules(queue: WorkQueue): void {
    const group = new CfnScheduleGroup(this, "Schedules");
    const role = new Role(this, "SchedulesRole", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    });
    queue.grantSendMessages(role);
    this.api.addToRolePolicy(
      new PolicyStatement({
        actions: ["scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"],
        resources: [
          Stack.of(this).formatArn({
            service: "scheduler",
            resource: "schedule",
            resourceName: `${group.ref}/*`,
            arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
          }),
        ],
      }),
    );
    this.api.addToRolePolicy(
      new PolicyStatement({
        actions: ["iam:PassRole"],
        resources: [role.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
      }),
    );
    this.api.addEnvironment(environment.scheduleGroup, group.ref);
    this.api.addEnvironment(environment.scheduleRoleArn, role.roleArn);
    this.api.addEnvironment(environment.reportQueueArn, queue.queueArn);
  }
}
