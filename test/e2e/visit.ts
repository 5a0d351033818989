import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { launchChrome } from "./chrome.ts";
import type { Person } from "./person.ts";

/** A page of the product in a browser, with the steps of a test on it. */
export class Visit {
  readonly page: Page;
  readonly #chrome: Browser;
  readonly #complaints: string[] = [];

  private constructor(chrome: Browser, page: Page) {
    this.#chrome = chrome;
    this.page = page;
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
    page.on("console", (message) => {
      // The browser itself logs every answer that is no success; the page may well expect it.
      const isAnswer = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isAnswer) this.#complaints.push(message.text());
    });
  }

  static async begin(): Promise<Visit> {
    const chrome = await launchChrome();
    return new Visit(chrome, await chrome.newPage());
  }

  /** Opens the product for somebody who has signed in before. */
  async openAs(person: Person, email: string): Promise<void> {
    await this.page.goto(person.url);
    const session = JSON.stringify({ accessToken: person.accessToken, email, expiresAt: Date.now() + 3_600_000 });
    await this.page.evaluate(`localStorage.setItem("quantibi.session", ${JSON.stringify(session)})`);
    await this.page.goto(person.url);
  }

  /** Has the browser keep what it downloads in a folder, without asking. */
  async downloadTo(folder: string): Promise<void> {
    const session = await this.#chrome.target().createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
  }

  async end(): Promise<void> {
    await this.#chrome.close();
  }

  /** A step that fails when the page complains, and leaves a picture of it behind when it fails. */
  async step(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      assert.deepEqual(this.#complaints, []);
    } catch (error) {
      const path: `${string}.png` = `${join(tmpdir(), `quantibi-page-${randomUUID()}`)}.png`;
      await this.page.screenshot({ path, fullPage: true });
      throw new Error(`${error instanceof Error ? error.message : error}\nThe page at that moment: ${path}`, {
        cause: error,
      });
    }
  }

  textOf(selector: string): Promise<string> {
    return this.page.$eval(selector, (element) => element.textContent ?? "");
  }

  textsOf(selector: string): Promise<string[]> {
    return this.page.$$eval(selector, (all) => all.map((element) => element.textContent ?? ""));
  }

  async sees(text: string): Promise<void> {
    await this.page.waitForSelector(`::-p-text(${text})`);
  }

  async press(name: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  }

  async openTab(name: string): Promise<void> {
    await this.page.locator(`::-p-xpath(//*[@role="tab"][starts-with(normalize-space(.), "${name}")])`).click();
  }

  /** Fills in the field that a label names: picks in a list, types into the rest. */
  async fill(label: string, value: string): Promise<void> {
    await this.page.locator(`::-p-xpath(//*[@id = //label[starts-with(., "${label}")]/@for])`).fill(value);
  }
}

/** The table's cells as they are shown, row by row. */
export function cellsOf(page: Page, table: string): Promise<string[][]> {
  return page.$$eval(`${table} tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
  );
}

export function byTestId(id: string): string {
  return `[data-testid="${id}"]`;
}
