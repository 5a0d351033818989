import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { HTTPRequest, Page } from "puppeteer-core";
import { operations, type Report } from "../../../contract/index.ts";
import { readPdf } from "../../functions/reports/pdf-text.ts";
import { eventually } from "../../local/eventually.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";
import { byTestId, Visit } from "../visit.ts";

const csv = `region,month,amount\n${Array.from(
  { length: 240 },
  (_, index) =>
    `${["North", "South", "West"][index % 3]},2025-${String(1 + (index % 12)).padStart(2, "0")}-01,${100 + index}`,
).join("\n")}\n`;

/** Reports in a real browser: put together, followed, read, downloaded, repeated, deleted. */
export function reportPages(stack: Stack): void {
  suite("the pages of reports", () => {
    const email = "reporter@example.org";
    let visit: Visit;
    let page: Page;
    let person: Person;
    let downloads: string;
    let datasetId: string;
    before(async () => {
      person = await stack.signIn(email);
      const dataset = await person.upload("sales.csv", csv);
      datasetId = dataset.id;
      for (const question of ["total amount by region", "total amount by month", "average amount by region"]) {
        await person.ask(dataset, question);
      }
      downloads = await mkdtemp(join(tmpdir(), "quantibi-downloads-"));
      visit = await Visit.begin();
      page = visit.page;
      await visit.downloadTo(downloads);
      await visit.openAs(person, email);
    });
    after(async () => {
      await visit?.end();
      if (downloads !== undefined) await rm(downloads, { recursive: true });
    });

    const step = (name: string, run: () => Promise<void>) => test(name, () => visit.step(run));
    const textOf = (selector: string) => visit.textOf(selector);
    const textsOf = (selector: string) => visit.textsOf(selector);
    const button = (name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`);
    const sees = (text: string) => visit.sees(text);
    const open = (path: string) => page.goto(`${stack.url}${path}`);

    /** The file that a click downloads, once all of it is there. */
    async function downloaded(click: () => Promise<void>, extension: string): Promise<string> {
      await click();
      const name = await eventually(async () => {
        const found = (await readdir(downloads)).find((file) => file.endsWith(extension));
        assert.ok(found);
        return found;
      });
      return join(downloads, name);
    }

    /** What the page shows while the API answers with a report that is `changed`. */
    async function withReport(changed: (report: Report) => object, run: (calls: string[]) => Promise<void>) {
      const calls: string[] = [];
      const answer = async (request: HTTPRequest) => {
        const path = new URL(request.url()).pathname;
        if (!/\/api\/workspaces\/\w+\/reports\/\w{24}/.test(path)) return await request.continue();
        calls.push(`${request.method()} ${path.split("/").at(-1)}`);
        const { items } = await person.ok(operations.listReports);
        assert.ok(items[0]);
        const body = JSON.stringify({ ...items[0], ...changed(items[0]) });
        await request.respond({ status: 200, contentType: "application/json", body });
      };
      const onRequest = (request: HTTPRequest) => void answer(request);
      await page.setRequestInterception(true);
      page.on("request", onRequest);
      await run(calls);
      page.off("request", onRequest);
      await page.setRequestInterception(false);
    }

    step("say what a report is while there is none", async () => {
      await open("/reports");
      await page.waitForSelector(byTestId("no-reports"));
      await sees("Nothing is repeated");
    });

    step("take a chart from under it, others from the list, and put them in order", async () => {
      await open(`/d/${datasetId}`);
      await button("Add to report").click();
      await page.locator(byTestId("report-draft")).click();
      assert.deepEqual(await textsOf(byTestId("chosen-chart")), ["1Average amount by region"]);
      await page.waitForSelector(byTestId("chart-choice"));
      for (const title of ["Total amount by region", "Total amount by month"]) {
        await page.locator(`${byTestId("chart-choice")} ::-p-text(${title})`).click();
      }
      await button("Move down: Average amount by region").click();
      await button("Move down: Average amount by region").click();
      await eventually(async () =>
        assert.deepEqual(await textsOf(byTestId("chosen-chart")), [
          "1Total amount by region",
          "2Total amount by month",
          "3Average amount by region",
        ]),
      );
      await sees("Give it a title.");
    });

    step("make it, and show what it says", async () => {
      await page.locator(byTestId("report-title-input")).fill("Sales of 2025");
      await button("Make the report").click();
      // The first report waits for its worker and for the browser to start.
      await page.waitForSelector(byTestId("report-summary"), { timeout: 90_000 });
      assert.equal(await textOf(byTestId("report-title")), "Sales of 2025");
      const sections = await textsOf(`${byTestId("report-section")} h2`);
      assert.deepEqual(sections, ["1Total amount by region", "2Total amount by month", "3Average amount by region"]);
      assert.equal(await page.$(byTestId("report-draft")), null);
    });

    step("give it as a PDF", async () => {
      const path = await downloaded(() => button("Download PDF").click(), ".pdf");
      assert.match(path, /Sales of 2025 [\d-]+\.pdf$/);
      const { text } = await eventually(async () => readPdf(new Uint8Array(await readFile(path))));
      const places = ["Total amount by region", "Total amount by month", "Average amount by region"].map((title) =>
        text.indexOf(title),
      );
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      );
      assert.ok(places.every((place) => place > 0));
    });

    step("give it as a page that draws and explains its charts without a network", async () => {
      const path = await downloaded(() => button("Interactive page").click(), ".html");
      const offline = await page.browser().newPage();
      const complaints: string[] = [];
      try {
        const asked: string[] = [];
        offline.on("request", (request) => asked.push(request.url().slice(0, 100)));
        offline.on("pageerror", (error) => complaints.push(String(error)));
        offline.on("console", (message) => complaints.push(message.text()));
        await offline.setOfflineMode(true);
        await offline.goto(pathToFileURL(path).href);
        await offline.waitForSelector('html[data-ready="drawn"]');
        assert.equal((await offline.$$("canvas")).length, 3);
        assert.deepEqual(
          asked.filter((url) => !url.startsWith("data:")),
          [pathToFileURL(path).href],
        );
        const picture = () => offline.$eval("canvas", (canvas) => canvas.toDataURL());
        const still = await eventually(async () => {
          const [one, other] = [await picture(), await picture()];
          assert.equal(one, other);
          return one;
        });
        await (await offline.$("canvas"))?.hover();
        await eventually(async () => assert.notEqual(await picture(), still, "a tooltip appears"));
        assert.deepEqual(complaints, []);
      } finally {
        await offline.close();
      }
    });

    step("show a report in the making section by section, and stop it", async () => {
      await open("/reports");
      const inTheMaking = ({ charts }: Report) => ({
        status: "running",
        progress: { done: 1, total: 5 },
        charts: charts.map((chart, index) => ({ ...chart, done: index === 0 })),
      });
      await withReport(inTheMaking, async (calls) => {
        await page.locator(`${byTestId("report-item")} a`).click();
        await sees("Section 2 of 3");
        const states = await page.$$eval(byTestId("report-step"), (all) =>
          all.map((item) => item.getAttribute("data-state")),
        );
        assert.deepEqual(states, ["done", "current", "current", "ahead", "ahead"]);
        await button("Cancel").click();
        await eventually(() => assert.ok(calls.includes("POST cancel")));
      });
    });

    step("say why one has failed, and make it again", async () => {
      await open("/reports");
      const failed = () => ({
        status: "failed",
        error: { code: "report-failed", message: "The printer was on fire." },
      });
      await withReport(failed, async (calls) => {
        await page.locator(`${byTestId("report-item")} a`).click();
        await sees("The printer was on fire.");
        await button("Try again").click();
        await eventually(() => assert.ok(calls.includes("POST retry")));
      });
    });

    step("have a report repeated, pause and change that, and end it", async () => {
      await open("/reports/new");
      await page.locator(`${byTestId("chart-choice")} ::-p-text(Total amount by region)`).click();
      await page.locator(byTestId("report-title-input")).fill("Weekly sales");
      await page.locator("fieldset ::-p-text(Weekly)").click();
      await page.waitForSelector("option[value=friday]");
      await page.select("select:has(option[value=friday])", "friday");
      await page.select("select:has(option[value='Europe/Athens'])", "Europe/Athens");
      await button("Start repeating it").click();
      const facts = byTestId("schedule-facts");
      await page.waitForSelector(facts);
      assert.equal(await textOf(facts), "Every Friday at 08:00, Europe/Athens · 0 editions");
      await button("Pause").click();
      await eventually(async () => assert.match(await textOf(facts), /^Paused/));
      await button("Change").click();
      await page.locator(byTestId("report-title-input")).fill("Monthly sales");
      await page.locator("fieldset ::-p-text(Monthly)").click();
      await button("Save").click();
      await eventually(async () => assert.match(await textOf(facts), /On day 1 of each month at 08:00/));
      const { items } = await person.ok(operations.listReportSchedules);
      assert.deepEqual(
        items.map(({ title, paused, repetition }) => [title, paused, repetition.every]),
        [["Monthly sales", true, "month"]],
      );
      await button("Delete…").click();
      await button("Delete schedule").click();
      await sees("Nothing is repeated");
      assert.deepEqual((await person.ok(operations.listReportSchedules)).items, []);
    });

    step("say that a chosen chart was deleted", async () => {
      await open("/reports/new");
      await page.locator(`${byTestId("chart-choice")} ::-p-text(Average amount by region)`).click();
      const { items } = await person.ok(operations.listCharts);
      const chart = items.find(({ title }) => title === "Average amount by region");
      await person.done(operations.deleteChart, { params: { chartId: chart?.id ?? "" } });
      await page.reload();
      await sees("It was deleted. Take it out.");
      await button("Take out: Average amount by region").click();
      await eventually(async () => assert.deepEqual(await textsOf(byTestId("chosen-chart")), []));
    });

    step("fit a phone", async () => {
      await page.setViewport({ width: 390, height: 800 });
      const { items } = await person.ok(operations.listReports);
      for (const path of ["/reports", "/reports/new", `/reports/${items[0]?.id}`]) {
        await open(path);
        await page.waitForSelector("main h1");
        const [content, screen] = await page.$eval("html", (html) => [html.scrollWidth, html.clientWidth]);
        assert.ok((content ?? 0) <= (screen ?? 0), `${path} is ${content} wide`);
      }
      await page.setViewport({ width: 1280, height: 900 });
    });

    step("delete a report once that is confirmed", async () => {
      await button("More about this report").click();
      await page.locator("::-p-text(Delete report…)").click();
      await button("Delete report").click();
      await page.waitForSelector(byTestId("no-reports"));
      assert.deepEqual((await person.ok(operations.listReports)).items, []);
    });
  });
}
