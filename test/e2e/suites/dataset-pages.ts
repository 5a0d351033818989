import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import exceljs from "exceljs";
import type { HTTPRequest, Page } from "puppeteer-core";
import { zip } from "../../functions/ingest/zip-writer.ts";
import { eventually } from "../../local/eventually.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";
import { byTestId, cellsOf, Visit } from "../visit.ts";

const rows = byTestId("rows");
const dialog = '[role="dialog"]';

/** What people do with a dataset beyond asking: bring files of all kinds, look at what became of them, correct and renew it. */
export function datasetPages(stack: Stack): void {
  suite("the page of a dataset", () => {
    let person: Person;
    let visit: Visit;
    let page: Page;
    let folder: string;
    let downloads: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "quantibi-files-"));
      downloads = await mkdtemp(join(tmpdir(), "quantibi-downloads-"));
      await makeFiles(folder);
      const email = "carol@datasets.example";
      visit = await Visit.begin();
      person = await stack.signIn(email);
      await visit.openAs(person, email);
      page = visit.page;
      await visit.downloadTo(downloads);
    });
    after(async () => {
      await visit?.end();
      for (const made of [folder, downloads]) await rm(made, { recursive: true });
    });

    const step = (name: string, run: () => Promise<void>) => test(name, () => visit.step(run));

    async function choose(...names: string[]) {
      const input = await page.waitForSelector(`${byTestId("file-drop")} input[type=file]`);
      assert.ok(input);
      await input.uploadFile(...names.map((name) => join(folder, name)));
    }
    const isUpload = (request: HTTPRequest) => request.method() === "POST" && !request.url().startsWith(stack.url);
    const facts = (expected: RegExp) =>
      eventually(async () => assert.match(await visit.textOf(byTestId("dataset-facts")), expected));
    const openColumn = async (name: string) => {
      await visit.openTab("Columns");
      await page.locator(`${byTestId("column")} button[title="Details of ${name}"]`).click();
      await page.waitForSelector(byTestId("column-facts"));
    };

    step("of several files takes those that may be tables, and says of the others what to do", async () => {
      await choose("empty.csv", "old.xls", "orders.xlsx", "customers.csv");
      await visit.sees("2 files were not taken");
      const refused = await visit.textsOf(`${byTestId("refused-files")} li`);
      assert.match(refused[0] ?? "", /empty\.csv is empty: check that the table was saved/);
      assert.match(refused[1] ?? "", /old\.xls is an old Excel workbook.*save it as \.xlsx/);
      await eventually(async () => {
        const uploads = await visit.textsOf(byTestId("upload"));
        assert.match(uploads[0] ?? "", /customers\.csvReady: 400 rows/);
        assert.match(uploads[1] ?? "", /orders\.xlsxReady: 60 rows/);
      }, 30_000);
    });

    step("shows a sheet's rows with the formats of its cells", async () => {
      await page.locator(`${byTestId("upload")} ::-p-text(orders.xlsx)`).click();
      await facts(/60 rows × 4 columns/);
      await visit.openTab("Rows");
      await page.waitForSelector(rows);
      assert.deepEqual((await cellsOf(page, rows))[1], ["2", "Feb 2, 2024", "€1,234.50", "12.5%"]);
      assert.deepEqual(await visit.textsOf(`${rows} thead small`), [
        "Whole number · Identifier",
        "Date · Time",
        "Amount in € · Measure",
        "Per cent · Measure",
      ]);
    });

    step("shows all rows, page by page and sorted", async () => {
      const shows = (expected: string) =>
        eventually(async () => assert.equal(await visit.textOf(byTestId("rows-shown")), expected));
      const numbers = () => visit.textsOf(`${rows} tbody th`);
      await shows("Rows 1–50 of 60");
      await visit.press("Next");
      await shows("Rows 51–60 of 60");
      assert.deepEqual([(await numbers())[0], (await numbers()).length], ["51", 10]);
      await visit.press("Previous");
      await shows("Rows 1–50 of 60");
      await page.locator('input[aria-label="Number of a row"]').fill("57");
      await visit.press("Go");
      await shows("Rows 51–60 of 60");
      await page.locator('select[aria-label="Sort rows by"]').fill("id");
      await shows("Rows 1–50 of 60");
      await page.locator('select[aria-label="Direction"]').fill("desc");
      await eventually(async () => assert.equal((await cellsOf(page, rows))[0]?.[0], "60"));
      await page.locator('select[aria-label="Sort rows by"]').fill("");
      await eventually(async () => assert.equal((await cellsOf(page, rows))[0]?.[0], "1"));
    });

    step("reads another sheet, and keeps the rows on the screen until it has", async () => {
      await page.locator(`${byTestId("sheet-choice")} select`).fill("Targets");
      await visit.press("Read this sheet instead");
      await page.waitForSelector(byTestId("ingest-progress"));
      assert.ok(await page.$(`${rows} tbody tr`), "the rows have gone");
      await facts(/4 rows × 2 columns/);
      await eventually(async () => assert.deepEqual((await cellsOf(page, rows))[0], ["North", "1,000"]));
      await visit.openTab("File");
      assert.match(await visit.textOf(byTestId("reading")), /SheetTargets, as chosen.*HeaderRow 1/);
    });

    step("lists all that did not become data, page by page and as a file", async () => {
      await page.goBack();
      await page.locator(`${byTestId("upload")} ::-p-text(customers.csv)`).click();
      await facts(/400 rows × 5 columns/);
      assert.match(
        await visit.textOf(byTestId("rejects-notice")),
        /58 cells could not be read and are empty here; 2 rows of the file are left out\./,
      );
      await visit.press("See them all");
      await page.waitForSelector(`${byTestId("rejects")} tbody tr`);
      assert.deepEqual((await cellsOf(page, byTestId("rejects")))[0]?.slice(0, 3), ["14", "paid", "unknown"]);
      const range = async (expected: string) =>
        eventually(async () => assert.equal(await visit.textOf(byTestId("rejects-range")), expected));
      await range("1–50 of 60");
      await visit.press("Next");
      await range("51–60 of 60");
      await visit.press("Previous");
      await range("1–50 of 60");
      await visit.press("Download as CSV");
      const lines = await eventually(async () => {
        const [file = ""] = (await readdir(downloads)).filter((name) => name.endsWith(".csv"));
        return (await readFile(join(downloads, file), "utf8")).split("\r\n").slice(0, -1);
      });
      assert.equal(lines.length, 61);
      assert.equal(lines[0], "\uFEFFrow,column,value,reason");
      assert.ok(lines.includes('102,,no row at all,"The row has one cell, the table 5 columns"'), lines[9]);
    });

    step("tells what is in a column, and reads it as another type", async () => {
      await openColumn("paid");
      const told = await visit.textOf(byTestId("column-facts"));
      assert.match(told, /Could not be read30 cells/);
      assert.match(told, /Smallest€10\.50/);
      assert.match(told, /Half is up to \(median\)€/);
      assert.ok(await page.$(`${dialog} [role="img"][aria-label^="20 bins from €"]`));
      await visit.fill("Label", "Paid so far");
      await visit.fill("Type", "VARCHAR");
      await visit.sees("The file is read again, without another upload.");
      await visit.press("Save and read again");
      await eventually(async () =>
        assert.match(await visit.textOf(byTestId("rejects-notice")), /^28 cells could not be read/),
      );
      assert.equal(await visit.textOf(byTestId("news")), "The file has been read again: 400 rows × 5 columns.");
      await visit.openTab("Rows");
      await eventually(async () => assert.equal((await cellsOf(page, rows))[12]?.[4], "unknown"));
      assert.ok((await visit.textsOf(`${rows} thead button`)).some((text) => text.includes("Paid so far")));
    });

    step("says why a file can't be read in some way, above the table as it was", async () => {
      await visit.openTab("File");
      await visit.fill("Encoding", "other");
      await visit.fill("Other encoding", "klingon");
      await visit.press("Read again");
      await page.waitForSelector(byTestId("reading-refused"));
      assert.match(
        await visit.textOf(byTestId("reading-refused")),
        /There is no encoding klingon.*Nothing has changed/,
      );
      await facts(/400 rows × 5 columns/);
      await visit.openTab("Rows");
      await eventually(async () => assert.equal((await cellsOf(page, rows)).length, 50));
      await visit.press("Close");
      await eventually(async () => assert.equal(await page.$(byTestId("reading-refused")), null));
    });

    step("takes a newer file, and says what that changed", async () => {
      await visit.press("Newer file");
      await visit.sees("The present file stays in use until the new one has been read.");
      await choose("customers-2.csv");
      await facts(/220 rows × 5 columns · customers-2\.csv · .* · version 2/);
      assert.equal(await visit.textOf(byTestId("news")), "customers-2.csv is in use now: 220 rows × 5 columns.");
      assert.deepEqual(await visit.textsOf(`${byTestId("schema-changes")} li`), [
        "zip_code is probably what was postcode, and keeps its label and description.",
        "note is missing from the new file.",
        "channel is new.",
        "signed_up changed from date to text.",
      ]);
      await visit.openTab("Columns");
      assert.ok((await visit.textsOf(byTestId("column"))).some((text) => text.includes("Paid so far")));
    });

    step("keeps the table when a newer file can't be read", async () => {
      await visit.press("Newer file");
      await choose("scan.csv");
      await page.waitForSelector(byTestId("next-version-failed"));
      assert.match(
        await visit.textOf(byTestId("next-version-failed")),
        /scan\.csv could not be read.*The file is a PDF.*Nothing has changed: customers-2\.csv stays in use/s,
      );
      await facts(/220 rows × 5 columns · customers-2\.csv/);
    });

    step("sends two files at a time, and stops sending one that is cancelled", async () => {
      await visit.press("New dataset");
      const held: HTTPRequest[] = [];
      const hold = (request: HTTPRequest) => {
        if (isUpload(request)) held.push(request);
        else void request.continue();
      };
      await page.setRequestInterception(true);
      page.on("request", hold);
      const stateOf = async (name: string) =>
        (await visit.textsOf(byTestId("upload"))).find((text) => text.startsWith(name))?.slice(name.length);
      await choose("one.csv", "two.csv", "three.csv");
      await eventually(() => assert.equal(held.length, 2));
      assert.match((await stateOf("three.csv")) ?? "", /^Waiting for the others/);
      await visit.press("Cancel one.csv");
      await eventually(() => assert.equal(held.length, 3));
      await Promise.all(held.slice(1).map((request) => request.continue()));
      page.off("request", hold);
      await page.setRequestInterception(false);
      await eventually(async () => {
        assert.deepEqual(await Promise.all(["one.csv", "two.csv", "three.csv"].map(stateOf)), [
          undefined,
          "Ready: 1 row",
          "Ready: 1 row",
        ]);
      }, 20_000);
      const datasets = await visit.textsOf(byTestId("dataset-link"));
      assert.ok(!datasets.some((text) => text.startsWith("one")), String(datasets));
    });

    step("sends a file again after the connection broke, as the same dataset", async () => {
      await visit.press("New dataset");
      let broken = false;
      const breakOnce = (request: HTTPRequest) => {
        if (isUpload(request) && !broken) {
          broken = true;
          void request.abort("connectionreset");
        } else void request.continue();
      };
      await page.setRequestInterception(true);
      page.on("request", breakOnce);
      await choose("small.csv");
      await page.waitForSelector(byTestId("upload-failed"));
      const address = page.url();
      await page.setRequestInterception(false);
      page.off("request", breakOnce);
      assert.match(await visit.textOf(byTestId("upload-failed")), /The connection broke/);
      await visit.press("Send it again");
      await facts(/2 rows × 2 columns/);
      assert.equal(page.url(), address);
    });

    step("lets another file take the place of one that can't be read", async () => {
      await visit.press("New dataset");
      await choose("scan.csv");
      await page.waitForSelector(byTestId("ingest-failed"));
      assert.match(await visit.textOf(byTestId("ingest-failed")), /The file is a PDF, which is not supported/);
      await visit.press("Choose another file");
      await visit.sees("It takes the place of the file that could not be read.");
      await choose("small.csv");
      await facts(/2 rows × 2 columns/);
      assert.equal(await page.$(byTestId("ingest-failed")), null);
    });

    step("is deleted only when that is confirmed", async () => {
      const address = page.url();
      await visit.press("More about this dataset");
      await page.locator('[role="menuitem"]').click();
      await visit.press("Keep it");
      await eventually(async () => assert.equal(await page.$(dialog), null));
      assert.equal(page.url(), address);
      await visit.press("More about this dataset");
      await page.locator('[role="menuitem"]').click();
      await visit.press("Delete dataset and charts");
      await page.waitForSelector("::-p-text(Bring a table)");
      await eventually(async () =>
        assert.deepEqual(
          (await visit.textsOf(byTestId("dataset-link"))).filter((text) => text.startsWith("scan")),
          [],
        ),
      );
    });

    step("asks which file of an archive it is", async () => {
      await visit.press("New dataset");
      await choose("two.zip");
      await page.waitForSelector(byTestId("ingest-failed"));
      assert.match(await visit.textOf(byTestId("ingest-failed")), /Which table is it\?.*“one\.csv”, “small\.csv”/);
      await visit.fill("File of the archive", "is:small.csv");
      await visit.press("Read again");
      await facts(/2 rows × 2 columns/);
      assert.match(await visit.textOf(byTestId("sheet-choice")), /one of 2 files of the file/);
    });

    step("is found among many, also when it is not listed yet", async () => {
      for (let index = 0; index < 55; index += 1) await person.announce(`later-${index}.csv`, 10);
      await page.reload();
      const names = () => visit.textsOf(byTestId("dataset-link"));
      await eventually(async () => assert.equal((await names()).length, 50));
      await page.locator('input[aria-label="Find a dataset"]').fill("CUSTOMERS 2");
      await eventually(async () => assert.deepEqual(await names(), ["customers220 rows"]));
      await page.locator('input[aria-label="Find a dataset"]').fill("nothing like it");
      await visit.sees("No dataset is called “nothing like it”.");
      await page.locator('input[aria-label="Find a dataset"]').fill("customers");
      await page.locator(byTestId("dataset-link")).click();
      await facts(/220 rows × 5 columns/);
    });

    step("fits a phone, whatever is shown", async () => {
      await page.setViewport({ width: 390, height: 844 });
      for (const tab of ["Columns", "Rows", "File", "Answers"]) {
        await visit.openTab(tab);
        const width = await page.evaluate("document.documentElement.scrollWidth");
        assert.ok(Number(width) <= 390, `${tab} is ${width} wide`);
      }
    });
  });
}

async function makeFiles(folder: string): Promise<void> {
  const save = (name: string, content: string) => writeFile(join(folder, name), content);
  const workbook = new exceljs.Workbook();
  const orders = workbook.addWorksheet("Orders");
  orders.addRow(["Orders of 2024"]);
  orders.addRow([]);
  orders.addRow(["id", "ordered", "amount", "margin"]);
  for (let index = 1; index <= 60; index += 1) {
    const row = orders.addRow([
      index,
      new Date(Date.UTC(2024, (index - 1) % 12, index % 28)),
      617.25 * index,
      0.0625 * (index % 5),
    ]);
    row.getCell(3).numFmt = '#,##0.00 "€"';
    row.getCell(4).numFmt = "0.0%";
  }
  const targets = workbook.addWorksheet("Targets");
  targets.addRows([
    ["region", "target"],
    ["North", 1000],
    ["South", 1200],
    ["West", 900],
    ["East", 1500],
  ]);
  await workbook.xlsx.writeFile(join(folder, "orders.xlsx"));

  const pad = (value: number) => String(value).padStart(2, "0");
  const lines = Array.from({ length: 400 }, (_, index) => {
    const id = index + 1;
    const date = id % 14 === 0 ? "soon" : `${pad((id % 28) + 1)}.${pad((id % 12) + 1)}.2023`;
    const paid = id % 13 === 0 ? "unknown" : `${id}0,50 €`;
    return `0${1000 + id};${date};${id % 2 ? "new" : "old"};${id};${paid}`;
  });
  lines.splice(100, 0, "no row at all");
  lines.splice(150, 0, "nor this");
  await save("customers.csv", `postcode;signed_up;note;orders;paid\n${lines.join("\n")}\n`);
  const newer = Array.from({ length: 220 }, (_, index) => {
    const id = index + 1;
    return `0${1000 + id};${id % 3 ? "soon" : "later"};${id};${id}0,50 €;${id % 2 ? "web" : "shop"}`;
  });
  await save("customers-2.csv", `zip_code;signed_up;orders;paid;channel\n${newer.join("\n")}\n`);
  await save("small.csv", "a,b\n1,2\n3,4\n");
  for (const name of ["one", "two", "three"]) await save(`${name}.csv`, `${name}\n1\n`);
  const archive = [
    { name: "one.csv", content: "one\n1\n" },
    { name: "small.csv", content: "a,b\n1,2\n3,4\n" },
  ];
  await writeFile(join(folder, "two.zip"), zip(archive));
  await save("empty.csv", "");
  await save("old.xls", "x");
  await save("scan.csv", "%PDF-1.4 a table, scanned");
}
