import "./quiet.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { type Repetition, reportLimits } from "../../../contract/index.ts";
import { createReport, listReports } from "../../../functions/reports/reports.ts";
import {
  createReportSchedule,
  deleteReportSchedule,
  getReportSchedule,
  updateReportSchedule,
} from "../../../functions/reports/schedules/report-schedules.ts";
import { cronExpression, type ReportScheduler } from "../../../functions/reports/schedules/scheduler.ts";
import { sweep } from "../../../functions/reports/sweep.ts";
import { TooManyRequests } from "../../../functions/shared/errors.ts";
import { type Scheduler, startScheduler } from "../../../local/scheduler/index.ts";
import { eventually } from "../../local/eventually.ts";
import { HandClock } from "../../local/scheduler/hand-clock.ts";
import { Workshop } from "./workshop.ts";

const daily: Repetition = { every: "day", hour: 8, timeZone: "Europe/Berlin" };
const dayMs = 86_400_000;

describe("a report that repeats", () => {
  let workshop: Workshop;
  let played: Scheduler;
  let scheduler: ReportScheduler & { client: SchedulerClient };
  const clock = new HandClock("2026-06-01T12:00:00Z");
  before(async () => {
    workshop = await Workshop.open();
    played = await startScheduler({
      file: join(workshop.folder, "schedules.json"),
      region: "us-east-1",
      accountId: "000000000000",
      clock,
      send: workshop.queues.send,
      invokeAsynchronously: () => {},
      log: () => {},
    });
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    scheduler = {
      client: new SchedulerClient({ endpoint: played.url, region: "us-east-1", credentials }),
      group: "reports",
      queueArn: "arn:aws:sqs:us-east-1:000000000000:reports",
      roleArn: "arn:aws:iam::000000000000:role/scheduler",
    };
  });
  after(async () => {
    scheduler.client.destroy();
    await played.close();
    await workshop.close();
  });

  it("makes an edition each time, keeps the earlier ones, and lets them expire", async () => {
    const { workspaceId } = workshop;
    const datasetId = await workshop.dataset("SELECT 'North' AS region, 5 AS amount");
    const chart = await workshop.chart(datasetId, "SELECT region, amount FROM data", "bar");
    const body = { title: "Daily", chartIds: [chart.id], repetition: daily };
    const schedule = await createReportSchedule(workspaceId, body, scheduler);

    clock.moveTo("2026-06-02T06:00:00Z");
    const message = await eventually(async () => {
      const received = await workshop.receive();
      assert.ok(received);
      return received;
    });
    assert.equal(await workshop.work(message), "made");
    assert.equal(await workshop.work(message), "over", "the same run makes no second edition");
    clock.moveTo("2026-06-03T06:00:00Z");
    await eventually(async () => assert.equal(await workshop.work(await workshop.receive()), "made"));

    const { items } = await listReports(workspaceId, { scheduleId: schedule.id, limit: 25 });
    assert.deepEqual(
      items.map(({ edition, status }) => [edition, status]),
      [
        [2, "completed"],
        [1, "completed"],
      ],
    );
    assert.equal((await getReportSchedule(workspaceId, schedule.id)).editions, 2);

    await updateReportSchedule(workspaceId, schedule.id, { paused: true }, scheduler);
    clock.moveTo("2026-06-04T06:00:00Z");
    await deleteReportSchedule(workspaceId, schedule.id, scheduler);
    assert.equal(await workshop.receive(), undefined);
    assert.equal((await listReports(workspaceId, { scheduleId: schedule.id, limit: 25 })).items.length, 2);

    const later = new Date(Date.now() + (reportLimits.editionDays + 1) * dayMs);
    const { expired, deletions } = await sweep({ storage: workshop.storage, queue: workshop.queue, now: later });
    assert.deepEqual([expired, deletions], [2, 2]);
    assert.equal((await listReports(workspaceId, { scheduleId: schedule.id, limit: 25 })).items.length, 0);
    assert.equal(await workshop.storage.read(items[0]?.pdfS3Key ?? ""), undefined);
  });

  it("is due as its repetition says", () => {
    const timeZone = "UTC";
    assert.equal(cronExpression(daily), "cron(0 8 * * ? *)");
    assert.equal(cronExpression({ every: "week", weekday: "thursday", hour: 0, timeZone }), "cron(0 0 ? * THU *)");
    assert.equal(cronExpression({ every: "month", day: 15, hour: 23, timeZone }), "cron(0 23 15 * ? *)");
    assert.equal(cronExpression({ every: "month", day: "last", hour: 6, timeZone }), "cron(0 6 L * ? *)");
  });

  it("leaves room in the workspace: only so many reports may be in the making", async () => {
    const datasetId = await workshop.dataset("SELECT 1 AS amount");
    const chart = await workshop.chart(datasetId, "SELECT amount FROM data", "stat");
    const attempts = await Promise.allSettled(
      Array.from({ length: reportLimits.inFlight + 3 }, () =>
        createReport(workshop.workspaceId, { title: "Many", chartIds: [chart.id] }, workshop.queue),
      ),
    );
    const refused = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason] : []));
    assert.equal(refused.length, 3);
    for (const error of refused) assert.ok(error instanceof TooManyRequests);
  });
});
