import "./quiet.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { ChangeMessageVisibilityCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { DuckDBInstance } from "@duckdb/node-api";
import { buildSync } from "esbuild";
import mongoose, { Types } from "mongoose";
import type { Chart, CreateChart, Report } from "../../../contract/index.ts";
import { createChart } from "../../../functions/charts/create-chart.ts";
import { makePlanner } from "../../../functions/charts/plan/make-planner.ts";
import { QueryEngine } from "../../../functions/charts/query/query-engine.ts";
import { DatasetModel } from "../../../functions/datasets/dataset-model.ts";
import { Narrator } from "../../../functions/reports/narrative/narrator.ts";
import { readPrintFiles } from "../../../functions/reports/print/print-files.ts";
import { Printer } from "../../../functions/reports/print/printer.ts";
import { createReport, getReport } from "../../../functions/reports/reports.ts";
import { type WorkOptions, workOn } from "../../../functions/reports/work/work-on.ts";
import { ObjectStorage } from "../../../functions/shared/object-storage.ts";
import { account } from "../../../local/account.ts";
import { startMongo } from "../../../local/mongo/index.ts";
import { type Queues, startQueues } from "../../../local/queues/queues.ts";
import { startObjectStorage } from "../../../local/storage/index.ts";

const root = join(import.meta.dirname, "../../..");
const queueName = "reports";
export const maxReceiveCount = 4;

/** What reports are made with, all of it real: MongoDB's, S3's and SQS's protocols, DuckDB, Chromium. */
export class Workshop {
  readonly workspaceId = new Types.ObjectId().toString();
  readonly storage: ObjectStorage;
  readonly queues: Queues;
  readonly engine: QueryEngine;
  readonly folder: string;
  private readonly making: WorkOptions["making"];
  private readonly parquet = new Map<string, string>();
  /** Of the compressed Chromium. */
  readonly chromiumFolder: string;
  private readonly printer: Printer;
  private readonly stack: AsyncDisposableStack;

  private constructor(folder: string, storage: ObjectStorage, queues: Queues, stack: AsyncDisposableStack) {
    this.folder = folder;
    this.storage = storage;
    this.queues = queues;
    this.stack = stack;
    this.engine = new QueryEngine({
      cache: {
        fetch: async ({ key }) => {
          const path = this.parquet.get(key);
          if (path === undefined) throw new Error(`No Parquet ${key}`);
          return { path, release() {} };
        },
        evict: async () => [],
      },
      processFile: join(root, "functions/charts/query/query-process.ts"),
      processEnvironment: {},
      memoryMb: 1024,
      spillFolder: join(folder, "spill"),
      maxSpillMb: 100,
      timeoutMs: 10_000,
    });
    stack.defer(() => this.engine.close());
    // The script as the bundle has it.
    buildSync({
      entryPoints: [join(root, "web/src/reports/document/draw-report.ts")],
      outdir: folder,
      bundle: true,
      minify: true,
      format: "iife",
      target: "chrome130",
    });
    const files = readPrintFiles(folder, join(root, "node_modules"));
    this.chromiumFolder = files.chromium;
    this.printer = new Printer(files.chromium);
    stack.defer(() => this.printer.close());
    this.making = {
      engine: this.engine,
      storage,
      printer: this.printer,
      assets: files,
      narrator: new Narrator(undefined),
      accountOf: () => ({ mayAsk: async () => true, spend: async () => {} }),
    };
  }

  static async open(): Promise<Workshop> {
    await using stack = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), "reports-"));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const mongo = await startMongo({ file: join(folder, "mongo.sqlite") });
    stack.defer(() => mongo.close());
    await mongoose.connect(mongo.uri);
    stack.defer(() => mongoose.disconnect());
    await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
    const { region, id: accountId, credentials } = account;
    const arn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
    const queue = { visibilityTimeoutSeconds: 360, retentionSeconds: 86_400 };
    const queues = await startQueues({
      dir: join(folder, "queues"),
      region,
      accountId,
      queues: [
        { ...queue, name: "dead", arn: arn("dead"), deadLetter: undefined },
        {
          ...queue,
          name: queueName,
          arn: arn(queueName),
          deadLetter: { queueArn: arn("dead"), maxReceiveCount },
        },
      ],
    });
    stack.defer(() => queues.close());
    const objects = await startObjectStorage({
      dir: join(folder, "objects"),
      port: 0,
      region,
      credentials,
      buckets: [{ name: "files", cors: [], notifications: [], expirations: [] }],
      onObjectCreated: async () => {},
      log: () => {},
    });
    stack.defer(() => objects.close());
    const client = new S3Client({ endpoint: objects.url, region, credentials, forcePathStyle: true });
    stack.defer(() => client.destroy());
    return new Workshop(folder, new ObjectStorage("files", client), queues, stack.move());
  }

  close(): Promise<void> {
    return this.stack.disposeAsync();
  }

  get queue() {
    return { client: this.queues.client, url: this.queues.url(queueName) };
  }

  /** A data set of what the SELECT yields. */
  async dataset(select: string, of: { name?: string; rejects?: number } = {}): Promise<string> {
    const _id = new Types.ObjectId();
    const path = join(this.folder, `${_id}.parquet`);
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    const rows = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM '${path}'`);
    connection.closeSync();
    instance.closeSync();
    this.parquet.set(`files/${this.workspaceId}/${_id}/v1/data.parquet`, path);
    const reason = "is no number";
    const count = of.rejects ?? 0;
    await DatasetModel.create({
      _id,
      workspaceId: this.workspaceId,
      name: of.name ?? "Sales",
      fileName: "sales.csv",
      format: "csv",
      status: "ready",
      version: 1,
      fileSize: 1,
      rowCount: Number(rows.getRows()[0]?.[0]),
      s3Bucket: "files",
      s3Key: "key",
      uploadExpiresAt: new Date(),
      columns: [],
      rejects: { count, sample: count > 0 ? [{ row: 3, column: "amount", value: "x", reason }] : [] },
      suggestions: [],
      eTag: "tag",
      parquetETag: "parquet-tag",
    });
    return _id.toString();
  }

  chart(datasetId: string, sql: string, type?: CreateChart["type"]): Promise<Chart> {
    const body = { datasetIds: [datasetId], sql, ...(type && { type }) };
    return createChart(this.workspaceId, body, { engine: this.engine, planner: makePlanner() });
  }

  request(title: string, charts: Pick<Chart, "id">[], instructions?: string): Promise<Report> {
    const chartIds = charts.map(({ id }) => id);
    return createReport(this.workspaceId, { title, chartIds, ...(instructions && { instructions }) }, this.queue);
  }

  report(of: Pick<Report, "id">): Promise<Report> {
    return getReport(this.workspaceId, of.id, this.storage);
  }

  /** Takes a message, as Lambda would; undefined if none is to be had. */
  async receive(): Promise<Parameters<typeof workOn>[0] | undefined> {
    const { Messages: [message] = [] } = await this.queue.client.send(
      new ReceiveMessageCommand({ QueueUrl: this.queue.url, MessageSystemAttributeNames: ["All"] }),
    );
    return message && asRecord(message);
  }

  /** Lets a message that is hidden be received at once, as if its time had passed. */
  async reveal({ receiptHandle }: Parameters<typeof workOn>[0]): Promise<void> {
    await this.queue.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.queue.url,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 0,
      }),
    );
  }

  /** What lies among the dead letters. */
  async deadLetters(): Promise<string[]> {
    const { Messages = [] } = await this.queue.client.send(
      new ReceiveMessageCommand({ QueueUrl: this.queues.url("dead"), MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = "" }) => Body);
  }

  /** Works on a message; `but` replaces parts of what it is made with. */
  work(
    message: Parameters<typeof workOn>[0] | undefined,
    but: Partial<WorkOptions["making"]> & { remainingMs?: () => number } = {},
  ): ReturnType<typeof workOn> {
    if (message === undefined) throw new Error("There is no message");
    const { remainingMs = () => 300_000, ...making } = but;
    return workOn(message, {
      queue: this.queue,
      maxReceiveCount,
      remainingMs,
      making: { ...this.making, narrator: new Narrator(undefined), ...making },
    });
  }

  /** A report from the request to its end. */
  async make(title: string, charts: Pick<Chart, "id">[]): Promise<Report> {
    const queued = await this.request(title, charts);
    await this.work(await this.receive());
    return this.report(queued);
  }

  print(html: string): ReturnType<Printer["print"]> {
    return this.printer.print(html);
  }

  /** Ends the browser as the kernel would. */
  killBrowser(): void {
    this.printer.process?.kill("SIGKILL");
  }

  async pdf({ downloadUrl }: Report): Promise<Uint8Array> {
    if (downloadUrl === null) throw new Error("The report has no PDF");
    const response = await fetch(downloadUrl);
    return new Uint8Array(await response.arrayBuffer());
  }
}

function asRecord({ Body = "", MessageId = "", ReceiptHandle = "", Attributes = {} }: Message) {
  return {
    body: Body,
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    attributes: {
      ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? "1",
      SentTimestamp: Attributes.SentTimestamp ?? "",
      SenderId: Attributes.SenderId ?? "",
      ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp ?? "",
    },
  };
}
