import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { operations, type Report, type ReportStatus } from "../../../contract/index.ts";
import type { Person } from "../../e2e/person.ts";
import { Stack } from "../../e2e/stack.ts";
import { eventually } from "../../local/eventually.ts";
import { readPdf } from "./pdf-text.ts";

const csv = `region,month,amount\n${Array.from(
  { length: 240 },
  (_, index) =>
    `${["North", "South", "West"][index % 3]},2025-${String(1 + (index % 12)).padStart(2, "0")}-01,${100 + index}`,
).join("\n")}\n`;

describe("reports over HTTP", () => {
  const stack = new Stack();
  let person: Person;
  let chartIds: string[];
  before(async () => {
    await stack.start();
    person = await stack.signIn("ada@example.org");
    const dataset = await person.upload("sales.csv", csv);
    const charts = await Promise.all([
      person.ask(dataset, "total amount by region"),
      person.ask(dataset, "total amount by month"),
      person.query(dataset, 'SELECT sum(amount) AS "total amount" FROM data'),
    ]);
    chartIds = charts.map(({ id }) => id);
  });
  after(() => stack.remove());

  const settled = (reportId: string, ...states: ReportStatus[]): Promise<Report> =>
    eventually(async () => {
      const report = await person.ok(operations.getReport, { params: { reportId } });
      assert.ok(states.includes(report.status), `${report.status} ${JSON.stringify(report.error)}`);
      return report;
    }, 90_000);

  it("are made from the request to the bytes, and deleted", async () => {
    const queued = await person.ok(operations.createReport, { body: { title: "Sales, 2025", chartIds } });
    assert.equal(queued.status, "queued");
    const report = await settled(queued.id, "completed", "failed");
    assert.equal(report.status, "completed", JSON.stringify(report.error));
    const response = await fetch(report.downloadUrl ?? "");
    assert.equal(response.headers.get("content-type"), "application/pdf");
    assert.match(response.headers.get("content-disposition") ?? "", /filename="Sales_2025_[\d-]+\.pdf"/);
    const { text } = await readPdf(new Uint8Array(await response.arrayBuffer()));
    for (const { title, facts } of report.narrative?.sections ?? []) {
      for (const said of [title, ...facts.map(({ statement }) => statement)]) assert.ok(text.includes(said), said);
    }
    assert.deepEqual(
      (await person.ok(operations.listReports)).items.map(({ id }) => id),
      [report.id],
    );
    await person.refused(operations.cancelReport, { params: { reportId: report.id } }, { status: 409 });
    const stranger = await stack.signIn("eve@example.org");
    await stranger.refused(operations.getReport, { params: { reportId: report.id } }, { status: 404 });
    await person.done(operations.deleteReport, { params: { reportId: report.id } });
    await person.refused(operations.getReport, { params: { reportId: report.id } }, { status: 404 });
    assert.equal((await fetch(report.downloadUrl ?? "")).status, 404);
  });

  it("are refused without charts, with too many, with none of this workspace, and without a title", async () => {
    const absent = "0".repeat(24);
    for (const body of [
      { title: "T", chartIds: [] },
      { title: "T", chartIds: [absent] },
      { title: "T", chartIds: Array.from({ length: 51 }, (_, index) => String(index).padStart(24, "0")) },
      { title: " ", chartIds },
      { title: "x".repeat(2001), chartIds },
    ]) {
      await person.refused(operations.createReport, { body }, { status: 400 });
    }
  });

  it("are repeated by schedules that can be changed, paused and ended", async () => {
    const repetition = { every: "week", weekday: "monday", hour: 7, timeZone: "Europe/Athens" } as const;
    const made = await person.ok(operations.createReportSchedule, { body: { title: "Weekly", chartIds, repetition } });
    const params = { scheduleId: made.id };
    const changed = await person.ok(operations.updateReportSchedule, {
      params,
      body: { paused: true, title: "Paused" },
    });
    assert.deepEqual([changed.paused, changed.title, changed.repetition], [true, "Paused", repetition]);
    const { items } = await person.ok(operations.listReportSchedules);
    assert.deepEqual(
      items.map(({ id }) => id),
      [made.id],
    );
    const wrong = { ...repetition, timeZone: "Mars/Olympus" };
    await person.refused(operations.updateReportSchedule, { params, body: { repetition: wrong } }, { status: 400 });
    await person.done(operations.deleteReportSchedule, { params });
    await person.refused(operations.getReportSchedule, { params }, { status: 404 });
  });

  it("survive the machine's death half-way", async () => {
    const body = { title: "Survivor", chartIds };
    const { id } = await person.ok(operations.createReport, { body });
    await settled(id, "running");
    await stack.stop("SIGKILL");
    await stack.start();
    person = await stack.signIn("ada@example.org");
    const report = await settled(id, "completed", "failed");
    assert.equal(report.status, "completed", JSON.stringify(report.error));
    assert.equal(
      (await readPdf(new Uint8Array(await (await fetch(report.downloadUrl ?? "")).arrayBuffer()))).pages.length,
      report.pageCount,
    );
  });
});
