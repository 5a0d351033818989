import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from "@aws-sdk/client-scheduler";
import { type Scheduler, startScheduler } from "../../../local/scheduler/index.ts";
import { parseCron } from "../../../local/schedules/cron.ts";
import { inTimeZone } from "../../../local/schedules/zoned.ts";
import { eventually } from "../eventually.ts";
import { HandClock } from "./hand-clock.ts";

const weekly = {
  Name: "weekly",
  GroupName: "reports",
  ScheduleExpression: "cron(0 8 ? * MON *)",
  ScheduleExpressionTimezone: "Europe/Berlin",
  FlexibleTimeWindow: { Mode: "OFF" },
  Target: {
    Arn: "arn:aws:sqs:us-east-1:000000000000:work",
    RoleArn: "arn:aws:iam::000000000000:role/scheduler",
    Input: '{"at":"<aws.scheduler.scheduled-time>"}',
  },
} satisfies CreateScheduleCommandInput;

describe("the local EventBridge Scheduler", () => {
  let dir: string;
  let clock: HandClock;
  let scheduler: Scheduler;
  let client: SchedulerClient;
  let sent: string[];
  let refuse: boolean;

  async function start(): Promise<void> {
    scheduler = await startScheduler({
      file: join(dir, "schedules.json"),
      region: "us-east-1",
      accountId: "000000000000",
      clock,
      send: async (queue, body) => {
        if (refuse) throw new Error("The queue refuses");
        sent.push(`${queue} ${body}`);
      },
      invokeAsynchronously: (name, event) => {
        sent.push(`${name} ${JSON.stringify(event)}`);
      },
      log: () => {},
    });
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    client = new SchedulerClient({ endpoint: scheduler.url, region: "us-east-1", credentials });
  }
  async function stop(): Promise<void> {
    client.destroy();
    await scheduler.close();
  }

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "scheduler-"));
    // A Friday; clocks in Berlin are put forward on the Sunday after.
    clock = new HandClock("2026-03-27T12:00:00Z");
    sent = [];
    refuse = false;
    await start();
  });
  afterEach(async () => {
    await stop();
    await rm(dir, { recursive: true });
  });

  it("creates, tells of, changes and deletes schedules, and refuses as AWS does", async () => {
    const { ScheduleArn } = await client.send(new CreateScheduleCommand(weekly));
    assert.equal(ScheduleArn, "arn:aws:scheduler:us-east-1:000000000000:schedule/reports/weekly");
    await assert.rejects(client.send(new CreateScheduleCommand(weekly)), ConflictException);
    await client.send(new UpdateScheduleCommand({ ...weekly, State: "DISABLED" }));
    const named = { Name: "weekly", GroupName: "reports" };
    const known = await client.send(new GetScheduleCommand(named));
    assert.deepEqual([known.State, known.Target?.Arn], ["DISABLED", weekly.Target.Arn]);
    await client.send(new DeleteScheduleCommand(named));
    await assert.rejects(client.send(new GetScheduleCommand(named)), ResourceNotFoundException);
    await assert.rejects(client.send(new UpdateScheduleCommand(weekly)), ResourceNotFoundException);
    for (const wrong of [
      { ScheduleExpression: "cron(0 25 * * ? *)" },
      { ScheduleExpressionTimezone: "Mars/Olympus" },
      { FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 } as const },
    ]) {
      await assert.rejects(client.send(new CreateScheduleCommand({ ...weekly, ...wrong })), ValidationException);
    }
  });

  it("sends to a queue at the hour of the schedule's time zone", async () => {
    await client.send(new CreateScheduleCommand(weekly));
    clock.moveTo("2026-03-30T06:00:00Z");
    await eventually(() => assert.deepEqual(sent, ['work {"at":"2026-03-30T06:00:00Z"}']));
    clock.moveTo("2026-04-06T06:00:30Z");
    await eventually(() => assert.equal(sent[1], 'work {"at":"2026-04-06T06:00:00Z"}'));
  });

  it("keeps schedules over a restart and makes up once for what was missed", async () => {
    await client.send(new CreateScheduleCommand(weekly));
    await stop();
    clock.moveTo("2026-04-20T12:00:00Z");
    await start();
    await eventually(() => assert.deepEqual(sent, ['work {"at":"2026-03-30T06:00:00Z"}']));
    clock.moveTo("2026-04-27T06:00:00Z");
    await eventually(() => assert.equal(sent.length, 2));
  });

  it("delivers the same run again when its target refused", async () => {
    await client.send(new CreateScheduleCommand(weekly));
    refuse = true;
    clock.moveTo("2026-03-30T06:00:00Z");
    await new Promise((resolve) => setImmediate(resolve));
    refuse = false;
    clock.moveTo("2026-03-30T06:00:10Z");
    await eventually(() => assert.deepEqual(sent, ['work {"at":"2026-03-30T06:00:00Z"}']));
  });
});

describe("a cron in a time zone", () => {
  const berlin = (cron: string) => inTimeZone(parseCron(cron), "Europe/Berlin");
  const next = (cron: string, after: string) => berlin(cron).next(new Date(after))?.toISOString();

  it("follows the clock through the year", () => {
    assert.equal(next("0 8 * * ? *", "2026-01-10T08:00:00Z"), "2026-01-11T07:00:00.000Z");
    assert.equal(next("0 8 * * ? *", "2026-07-10T08:00:00Z"), "2026-07-11T06:00:00.000Z");
    assert.equal(next("0 8 L * ? *", "2026-02-01T00:00:00Z"), "2026-02-28T07:00:00.000Z");
  });

  it("leaves out a time that the clock skips, and takes one that it shows twice once", () => {
    assert.equal(next("30 2 * * ? *", "2026-03-28T12:00:00Z"), "2026-03-30T00:30:00.000Z");
    const first = next("30 2 * * ? *", "2026-10-24T12:00:00Z");
    assert.equal(first, "2026-10-25T00:30:00.000Z");
    assert.equal(next("30 2 * * ? *", first ?? ""), "2026-10-26T01:30:00.000Z");
  });

  it("works where the day has turned already", () => {
    const auckland = inTimeZone(parseCron("0 7 ? * MON *"), "Pacific/Auckland");
    assert.equal(auckland.next(new Date("2026-06-05T00:00:00Z"))?.toISOString(), "2026-06-07T19:00:00.000Z");
  });
});
