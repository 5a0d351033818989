import "./quiet.ts";
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deleteChart } from "../../../functions/charts/change-chart.ts";
import { ChartModel } from "../../../functions/charts/chart-model.ts";
import { ReportModel } from "../../../functions/reports/report-model.ts";
import { cancelReport, deleteReport, retryReport } from "../../../functions/reports/reports.ts";
import { sweep } from "../../../functions/reports/sweep.ts";
import { asPrinted, readPdf } from "./pdf-text.ts";
import { Workshop } from "./workshop.ts";

const sales = `SELECT DATE '2024-01-01' + INTERVAL (i * 5) DAY AS day, ['North', 'South', 'East'][1 + i % 3] AS region,
  100 + i + 10 * (i % 3) AS amount FROM range(144) t(i)`;
const byRegion = 'SELECT region, sum(amount) AS "Total amount" FROM data GROUP BY ALL ORDER BY 2 DESC';
const byMonth =
  "SELECT date_trunc('month', day)::DATE AS month, sum(amount) AS \"Total amount\" FROM data GROUP BY ALL ORDER BY 1";

describe("the report worker", () => {
  let workshop: Workshop;
  let datasetId: string;
  before(async () => {
    workshop = await Workshop.open();
    datasetId = await workshop.dataset(sales, { rejects: 2 });
  });
  after(() => workshop.close());

  it("prints every title, sentence and fact as text, tagged and with an outline", async () => {
    const charts = [await workshop.chart(datasetId, byRegion), await workshop.chart(datasetId, byMonth)];
    const report = await workshop.make("Sales of 2024 & 2025", charts);
    assert.equal(report.status, "completed");
    assert.deepEqual(report.progress, { done: 4, total: 4 });
    const pdf = await readPdf(await workshop.pdf(report));
    assert.equal(pdf.pages.length, report.pageCount);
    for (const role of ["H1", "H2", "P", "Table", "TH", "Figure", "Link"]) assert.ok(pdf.roles.has(role), role);
    assert.equal(pdf.info.get("Title"), "Sales of 2024 & 2025");
    assert.equal(pdf.info.get("Author"), "QuantiBI");
    assert.ok(report.narrative);
    for (const { title, sentences, facts } of report.narrative.sections) {
      assert.ok(pdf.outline.includes(title), title);
      for (const { text } of sentences) assert.ok(pdf.text.includes(asPrinted(text)), text);
      for (const { statement } of facts) assert.ok(pdf.text.includes(asPrinted(statement)), statement);
    }
    const kinds = report.narrative.sections.flatMap(({ facts }) => facts.map(({ kind }) => kind));
    for (const kind of ["total", "top", "bottom", "change", "trend", "rejects"] as const)
      assert.ok(kinds.includes(kind));
    assert.match(pdf.text, /Page 2 of \d+/);
    assert.ok(pdf.text.includes("sum(amount)"), "the appendix has the query");
    // The axis of a chart is text too, as the chart is drawn and not photographed.
    assert.ok(pdf.pages[1]?.includes("South"));
  });

  it("says beside a chart how its question was read, where that may be doubted", async () => {
    const chart = await workshop.chart(datasetId, byRegion);
    const text = "“sales” is read as amount, not as units.";
    await ChartModel.updateOne({ _id: chart.id }, { $set: { doubts: [{ text, alternatives: [] }] } });
    const pdf = await readPdf(await workshop.pdf(await workshop.make("Doubted", [chart])));
    assert.ok(pdf.text.includes(asPrinted(text)));
  });

  it("offers the same as one HTML file that loads nothing", async () => {
    const report = await workshop.make("Page", [await workshop.chart(datasetId, byRegion)]);
    const response = await fetch(report.htmlUrl ?? "");
    assert.match(response.headers.get("content-disposition") ?? "", /^attachment; filename="Page_[\d-]+\.html"/);
    const html = await response.text();
    assert.match(html, /default-src 'none'/);
    assert.doesNotMatch(html, /(src|href)="(?!#)/);
    assert.ok(html.includes('"labels":["'));
  });

  it("goes on where a killed worker stopped, once its message comes again", async () => {
    const charts = [await workshop.chart(datasetId, byRegion), await workshop.chart(datasetId, byMonth)];
    const queued = await workshop.request("Resumed", charts);
    const message = await workshop.receive();
    const written: string[] = [];
    const { storage } = workshop;
    const watched = {
      read: (key: string) => storage.read(key),
      deleteFolder: (prefix: string) => storage.deleteFolder(prefix),
      write: async (key: string, content: Uint8Array | string, type: string) => {
        written.push(key);
        await storage.write(key, content, type);
      },
    };
    // It gets as far as printing and then never returns.
    void workshop.work(message, { storage: watched, printer: { print: () => new Promise(() => {}) } }).catch(() => {});
    await until(async () => (await workshop.report(queued)).progress.done === 3);
    assert.equal((await workshop.report(queued)).status, "running");
    assert.equal(await workshop.work(message, { storage: watched }), "made");
    assert.equal((await workshop.report(queued)).status, "completed");
    assert.equal(written.filter((key) => key.includes("/sections/")).length, 2, "no section was made twice");
  });

  it("makes a report once, however often its message comes", async () => {
    const queued = await workshop.request("Twice", [await workshop.chart(datasetId, byRegion)]);
    const message = await workshop.receive();
    await workshop.work(message);
    const { completedAt, pdfS3Key } = await workshop.report(queued);
    assert.equal(await workshop.work(message), "over");
    const again = await workshop.report(queued);
    assert.deepEqual([again.completedAt, again.pdfS3Key], [completedAt, pdfS3Key]);
  });

  it("is tried again when storage refuses, and fails with a reason at the last attempt", async () => {
    const queued = await workshop.request("Refused", [await workshop.chart(datasetId, byRegion)]);
    const message = await workshop.receive();
    assert.ok(message);
    const refusing = {
      read: async () => undefined,
      deleteFolder: async () => {},
      write: () => Promise.reject(new Error("AccessDenied")),
    };
    await assert.rejects(workshop.work(message, { storage: refusing }), /AccessDenied/);
    assert.equal((await workshop.report(queued)).status, "running");
    const last = { ...message, attributes: { ...message.attributes, ApproximateReceiveCount: "4" } };
    await assert.rejects(workshop.work(last, { storage: refusing }));
    const failed = await workshop.report(queued);
    assert.equal(failed.status, "failed");
    assert.equal(failed.error?.code, "report-failed");

    await retryReport(workshop.workspaceId, queued.id, workshop.queue);
    assert.equal(await workshop.work(message), "over", "the message of the first run is void");
    assert.equal(await workshop.work(await workshop.receive()), "made");
    assert.equal((await workshop.report(queued)).status, "completed");
  });

  it("says which chart was deleted meanwhile, and fails only when none is left", async () => {
    const [kept, gone] = [await workshop.chart(datasetId, byRegion), await workshop.chart(datasetId, byMonth)];
    const queued = await workshop.request("Half", [kept, gone]);
    await deleteChart(workshop.workspaceId, gone.id);
    await workshop.work(await workshop.receive());
    const report = await workshop.report(queued);
    assert.equal(report.status, "completed");
    assert.match(report.narrative?.sections[1]?.notices[0] ?? "", /was deleted before the report was made/);

    const lost = await workshop.request("None", [kept]);
    await deleteChart(workshop.workspaceId, kept.id);
    assert.equal(await workshop.work(await workshop.receive()), "failed");
    assert.equal((await workshop.report(lost)).error?.code, "no-charts");
  });

  it("stops for a cancelled report, and leaves no file of a deleted one", async () => {
    const charts = [await workshop.chart(datasetId, byRegion)];
    const cancelled = await workshop.request("Cancelled", charts);
    const stop = cancelReport(workshop.workspaceId, cancelled.id);
    const [message] = await Promise.all([workshop.receive(), stop]);
    assert.equal(await workshop.work(message), "over");
    assert.equal((await workshop.report(cancelled)).status, "cancelled");

    const deleted = await workshop.request("Deleted", charts);
    const toDelete = await workshop.receive();
    const { storage } = workshop;
    const written: string[] = [];
    const outcome = await workshop.work(toDelete, {
      storage: {
        read: (key) => storage.read(key),
        deleteFolder: (prefix) => storage.deleteFolder(prefix),
        write: async (key, content, type) => {
          // It goes in the moment before its first section is stored.
          if (written.length === 0) await deleteReport(workshop.workspaceId, deleted.id, storage);
          written.push(key);
          await storage.write(key, content, type);
        },
      },
    });
    assert.equal(outcome, "over");
    assert.equal(await storage.read(written[0] ?? ""), undefined);
    assert.equal(await ReportModel.findById(deleted.id), null);
  });

  it("is sent again when it was stored and not sent", async () => {
    const chart = await workshop.chart(datasetId, byRegion);
    const unreachable = { url: workshop.queue.url, client: { send: () => Promise.reject(new Error("SQS is down")) } };
    const { createReport } = await import("../../../functions/reports/reports.ts");
    const queued = await createReport(workshop.workspaceId, { title: "Unsent", chartIds: [chart.id] }, unreachable);
    assert.equal(queued.status, "queued");
    assert.equal(await workshop.receive(), undefined);
    const soon = new Date(Date.now() + 61_000);
    assert.equal((await sweep({ storage: workshop.storage, queue: workshop.queue, now: soon })).unsent, 1);
    assert.equal(await workshop.work(await workshop.receive()), "made");
    assert.equal((await workshop.report(queued)).status, "completed");
  });

  it("replaces a browser that has died", async () => {
    const chart = await workshop.chart(datasetId, byRegion);
    await workshop.make("Before", [chart]);
    workshop.killBrowser();
    assert.equal((await workshop.make("After", [chart])).status, "completed");
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
