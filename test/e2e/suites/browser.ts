import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Page } from "puppeteer-core";
import { eventually } from "../../local/eventually.ts";
import { moviesPath } from "../fixtures.ts";
import type { Stack } from "../stack.ts";
import { byTestId, Visit } from "../visit.ts";

/** The page in a real browser, as a person who has just started QuantiBI uses it. */
export function browser(stack: Stack): void {
  suite("the page", () => {
    let visit: Visit;
    let page: Page;
    before(async () => {
      visit = await Visit.begin();
      page = visit.page;
    });
    after(() => visit?.end());

    const step = (name: string, run: () => Promise<void>) => test(name, () => visit.step(run));
    const textOf = (selector: string) => visit.textOf(selector);
    const newest = `${byTestId("chart")}:first-of-type`;

    async function ask(question: string) {
      await page.locator(byTestId("ask-input")).fill(question);
      await page.keyboard.press("Enter");
    }

    /** Waits until the newest chart has this title. */
    async function newestTitled(title: string) {
      const shown = `${newest} ${byTestId("chart-title")}`;
      await eventually(async () => assert.equal((await textOf(shown)).toLowerCase(), title.toLowerCase()));
    }

    /** The cells of the newest chart's data as they are shown. */
    async function shownData() {
      await page.locator(`${newest} ::-p-aria([name="Show data"][role="button"])`).click();
      await page.waitForSelector(`${newest} tbody td`);
      return await page.$$eval(`${newest} tbody tr`, (rows) =>
        rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
      );
    }

    step("lets a person in with one click", async () => {
      await page.goto(stack.url);
      await visit.press("Sign in on this computer");
      await page.waitForSelector(byTestId("file-drop"));
    });

    step("takes a file, and shows it as a table when it has been read", async () => {
      const input = await page.waitForSelector(`${byTestId("file-drop")} input[type=file]`);
      assert.ok(input);
      await input.uploadFile(moviesPath);
      await page.waitForSelector(byTestId("ask-input"));
      assert.equal(await textOf(byTestId("dataset-name")), "movies");
      assert.match(await textOf(byTestId("dataset-facts")), /12 rows × 9 columns/);
    });

    step("answers a question with a titled chart, its numbers and its SQL", async () => {
      await ask("average rating by genre");
      await newestTitled("Average rating by genre");
      await page.waitForSelector(`${newest} canvas`);
      assert.deepEqual(await shownData(), [
        ["Drama", "7.87"],
        ["Thriller", "7.2"],
        ["Adventure", "7.07"],
        ["Comedy", "6.4"],
      ]);
      await page.locator(`${newest} ::-p-aria([name="SQL"][role="button"])`).click();
      assert.match(await textOf(`${newest} ${byTestId("chart-sql")}`), /avg\("rating"\).*GROUP BY/s);
    });

    step("tells those who can't see it what has been answered", async () => {
      assert.equal(await textOf(byTestId("ask-status")), "Answered: Average rating by genre");
    });

    step("hands out the chart as a picture and its data as files", async () => {
      for (const [name, type] of [
        ["Picture (PNG)", "image/png"],
        ["Data (CSV)", "text/csv; charset=utf-8"],
        ["Data (JSON)", "application/json; charset=utf-8"],
      ]) {
        await page.locator(`${newest} ::-p-aria([name="Download"][role="button"])`).click();
        const answer = page.waitForResponse((response) => response.url().includes("/export?format="));
        await page.locator(`::-p-aria([name="${name}"][role="menuitem"])`).click();
        const response = await answer;
        assert.deepEqual([response.status(), response.headers()["content-type"]], [200, type]);
      }
    });

    step("answers the next question above the first", async () => {
      await ask("total box office by director");
      await newestTitled("Total box office by director");
      const [first] = await shownData();
      assert.deepEqual(first, ["Mary Okafor", "711,100,000"]);
      assert.equal((await page.$$(byTestId("chart"))).length, 2);
    });

    step("says what can't be answered, and what can at a click", async () => {
      await ask("how many unicorns per galaxy");
      await page.waitForSelector(byTestId("ask-failure"));
      assert.match(await textOf(byTestId("ask-failure")), /can't be answered from the data/);
      const suggestion = `${byTestId("ask-failure")} ${byTestId("suggestion")}`;
      assert.ok((await textOf(suggestion)) !== "");
      await page.locator(suggestion).click();
      await eventually(async () => assert.equal((await page.$$(byTestId("chart"))).length, 3));
      assert.equal(await page.$(byTestId("ask-failure")), null);
    });

    step("is as it was after a reload", async () => {
      await page.reload();
      await eventually(async () => assert.equal((await page.$$(byTestId("chart"))).length, 3));
      const titles = await page.$$eval(byTestId("chart-title"), (all) => all.map((title) => title.textContent ?? ""));
      assert.deepEqual(
        titles.slice(1).map((title) => title.toLowerCase()),
        ["total box office by director", "average rating by genre"],
      );
      assert.equal(await textOf(byTestId("dataset-name")), "movies");
    });

    step("asks about a chart that is there, and then about the whole again", async () => {
      const title = await textOf(`${newest} ${byTestId("chart-title")}`);
      await page.locator(`${newest} ::-p-text(Ask about this)`).click();
      await page.waitForSelector(byTestId("ask-about"));
      assert.ok((await textOf(byTestId("ask-about"))).includes(title));
      await ask("as a pie");
      await page.waitForSelector(`${newest}[data-type="pie"]`);
      await newestTitled(title);
      await eventually(async () => assert.equal(await page.$(byTestId("ask-about")), null));
    });

    step("says how it read a question that may mean something else, and asks for that at a click", async () => {
      await ask("drama vs comedy");
      await newestTitled("Number of rows by genre where genre is Drama or Comedy");
      assert.match(await textOf(`${newest} ${byTestId("doubts")}`), /rows are counted.*names no quantity/);
      await page.locator(`${newest} ::-p-text(Show total votes instead)`).click();
      await newestTitled("Total votes by genre where genre is Drama or Comedy");
    });

    step("says so where nothing matches", async () => {
      await ask("movies with a rating over 100");
      await page.waitForSelector(`${newest}[data-type="table"]`);
      assert.match(await textOf(newest), /No rows match/);
    });

    step("shows from the account's menu what the workspace has used, by month", async () => {
      await page.locator('button[aria-label^="Account of"]').click();
      await page.locator('::-p-aria([name="Usage"][role="menuitem"])').click();
      await page.waitForSelector(byTestId("usage-meter"));
      const [charts] = await visit.textsOf(byTestId("usage-meter"));
      assert.match(charts ?? "", /^Charts7 of 10,000/);
      assert.match(await textOf(byTestId("usage-cost")), /No language model was asked/);
      await page.setViewport({ width: 390, height: 844 });
      const sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
      assert.equal(await page.evaluate(sideways), false, "on a phone, the page can be pushed sideways");
      await page.setViewport({ width: 1280, height: 900 });
      const earlier = await page.$eval(`select option:nth-child(2)`, (option) => option.getAttribute("value") ?? "");
      await page.select("select", earlier);
      await page.waitForSelector(byTestId("usage-empty"));
    });

    step("takes a file that is dropped on it, and says why it can't be read", async () => {
      await page.goto(stack.url);
      await page.waitForSelector(byTestId("file-drop"));
      // As text, because it runs in the page, whose types are not those of this project.
      await page.evaluate(`{
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([" \\n \\n"], "blank.csv", { type: "text/csv" }));
        const target = document.querySelector('${byTestId("file-drop")}');
        for (const type of ["dragenter", "dragover", "drop"]) {
          target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        }
      }`);
      await page.waitForSelector("::-p-text(The file has no content)");
    });
  });
}
