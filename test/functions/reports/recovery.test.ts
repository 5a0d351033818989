import "./quiet.ts";
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Report } from "../../../contract/index.ts";
import { retryReport } from "../../../functions/reports/reports.ts";
import { sweep } from "../../../functions/reports/sweep.ts";
import { eventually } from "../../local/eventually.ts";
import { maxReceiveCount, Workshop } from "./workshop.ts";

const minute = 60_000;

describe("a report whose worker, message or storage fails", () => {
  let workshop: Workshop;
  let chart: Awaited<ReturnType<Workshop["chart"]>>;
  before(async () => {
    workshop = await Workshop.open();
    const datasetId = await workshop.dataset("SELECT * FROM (VALUES ('North', 60), ('South', 40)) t(region, amount)");
    chart = await workshop.chart(datasetId, "SELECT region, sum(amount) AS amount FROM data GROUP BY 1", "bar");
  });
  after(() => workshop.close());

  const refusing = {
    read: async () => undefined,
    deleteFolder: async () => {},
    write: () => Promise.reject(new Error("AccessDenied")),
  };
  const sweepIn = (ms: number) =>
    sweep({ storage: workshop.storage, queue: workshop.queue, now: new Date(Date.now() + ms) });

  /** A worker that gets as far as printing and is never heard of again, while its message stays hidden. */
  async function dieOver(report: Report): Promise<void> {
    const silent = { print: () => new Promise<never>(() => {}) };
    void workshop.work(await workshop.receive(), { printer: silent }).catch(() => {});
    await eventually(async () => assert.equal((await workshop.report(report)).progress.done, 2));
  }

  it("is tried four times, says why it failed, and its message lies among the dead letters", async () => {
    const report = await workshop.request("Four times", [chart]);
    for (let attempt = 1; attempt <= maxReceiveCount; attempt += 1) {
      const message = await workshop.receive();
      assert.ok(message);
      assert.equal(message.attributes.ApproximateReceiveCount, String(attempt));
      await assert.rejects(workshop.work(message, { storage: refusing }), /AccessDenied/);
      const { status } = await workshop.report(report);
      assert.equal(status, attempt < maxReceiveCount ? "running" : "failed");
      await workshop.reveal(message);
    }
    assert.equal(await workshop.receive(), undefined);
    assert.deepEqual(await workshop.deadLetters(), [JSON.stringify({ reportId: report.id, run: 1 })]);
    const { error } = await workshop.report(report);
    assert.equal(error?.code, "report-failed");
    assert.match(error?.message ?? "", /Try again/);
  });

  it("is sent again when its worker has gone silent, and given up when that happens twice", async () => {
    const report = await workshop.request("Abandoned", [chart]);
    await dieOver(report);
    assert.equal((await sweepIn(minute)).orphans, 0, "its message may still come again");
    assert.equal((await sweepIn(6 * minute)).orphans, 1);
    await dieOver(report);
    await sweepIn(6 * minute);
    const failed = await workshop.report(report);
    assert.deepEqual([failed.status, failed.error?.code], ["failed", "report-failed"]);
    assert.equal(await workshop.receive(), undefined);

    await retryReport(workshop.workspaceId, report.id, workshop.queue);
    assert.equal(await workshop.work(await workshop.receive()), "made");
  });

  it("goes on where the silent worker stopped once it is sent again", async () => {
    const report = await workshop.request("Taken over", [chart]);
    await dieOver(report);
    await sweepIn(6 * minute);
    assert.equal(await workshop.work(await workshop.receive()), "made");
    assert.equal((await workshop.report(report)).status, "completed");
  });

  it("fails when its message has got lost", async () => {
    const report = await workshop.request("Lost", [chart]);
    await workshop.receive();
    assert.equal((await sweepIn(5 * 60 * minute)).lost, 0);
    assert.equal((await sweepIn(7 * 60 * minute)).lost, 1);
    const { status, error } = await workshop.report(report);
    assert.deepEqual([status, error?.code], ["failed", "report-failed"]);
  });

  it("is left to the worker that is at it, whichever message another one has", async () => {
    const report = await workshop.request("Two messages", [chart]);
    const first = await workshop.receive();
    assert.ok(first);
    const { promise: printing, resolve: isPrinting } = Promise.withResolvers<void>();
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const slow = {
      print: async (html: string) => {
        isPrinting();
        await mayGoOn;
        return workshop.print(html);
      },
    };
    const working = workshop.work(first, { printer: slow });
    await printing;
    const second = { ...first, messageId: "another" };
    await assert.rejects(workshop.work(second), /Another worker/);
    goOn();
    assert.equal(await working, "made");
    assert.equal(await workshop.work(second), "over");
    assert.equal((await workshop.report(report)).status, "completed");
  });
});
