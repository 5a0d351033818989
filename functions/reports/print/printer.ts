import type { ChildProcess } from "node:child_process";
import { rm } from "node:fs/promises";
import chromium from "@sparticuz/chromium";
import puppeteer, { type Browser, type Page, type PDFOptions } from "puppeteer-core";
import { logger } from "../../shared/observability.ts";
import { countPages, destinations } from "./pdf-objects.ts";

export interface Printed {
  pdf: Uint8Array;
  pages: number;
  /** Milliseconds; `browserMs` is next to nothing with a warm browser. */
  timings: { browserMs: number; drawMs: number; pdfMs: number };
}

const printTimeoutMs = 120_000;
const options: PDFOptions = {
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  outline: true,
  timeout: printTimeoutMs,
};
/** What interception does not see, such as web sockets, goes to a proxy that is not there; nothing goes around it. */
const noNetwork = [
  "--proxy-server=http://127.0.0.1:9",
  "--proxy-bypass-list=<-loopback>",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
];
/** Browsers gather rubbish; after this many documents a new one is cheaper. */
const documentsPerBrowser = 100;

/** Prints HTML to PDF with the one browser of this process, which stays warm and is replaced when it dies. */
export class Printer {
  private readonly chromiumFolder: string;
  private browser: Promise<Browser> | undefined;
  private documents = 0;

  /** @param chromiumFolder of the compressed Chromium */
  constructor(chromiumFolder: string) {
    this.chromiumFolder = chromiumFolder;
  }

  /** Starts the browser without waiting for it, so that it is there when it is needed. */
  warm(): void {
    this.running().catch((error: unknown) => logger.warn("The browser did not start", { error }));
  }

  /** The browser's process, while it runs. */
  process: ChildProcess | undefined;

  /** Prints a whole document, which can load nothing. One that kills the browser is tried with a second one. */
  async print(html: string): Promise<Printed> {
    try {
      return await this.printOnce(html);
    } catch (error) {
      const browser = await this.browser?.catch(() => undefined);
      if (browser?.connected) throw error;
      logger.warn("The browser died; another one prints", { error });
      await this.close();
      return this.printOnce(html);
    }
  }

  async close(): Promise<void> {
    const browser = await this.browser?.catch(() => undefined);
    this.browser = undefined;
    if (!browser) return;
    // A dead browser does not say goodbye.
    browser.process()?.kill("SIGKILL");
    await browser.close().catch(() => {});
  }

  private async printOnce(html: string): Promise<Printed> {
    const clock = lapClock();
    if (this.documents >= documentsPerBrowser) await this.close();
    const browser = await this.running();
    this.documents += 1;
    const browserMs = clock();
    const page = await browser.newPage();
    try {
      await shutIn(page);
      await page.setContent(html, { waitUntil: "domcontentloaded", timeout: printTimeoutMs });
      const root = await page.waitForSelector("html[data-ready]", { timeout: printTimeoutMs });
      const state = await root?.evaluate((element) => [
        element.getAttribute("data-ready"),
        element.getAttribute("data-failure"),
      ]);
      if (state?.[0] !== "drawn") throw new Error(`The charts were not drawn: ${state?.[1]}`);
      const drawMs = clock();
      // On which page a section begins is known once it is printed; the numbers have their room already.
      await page.$eval(":root", (element) => element.setAttribute("data-draft", ""));
      const draft = await page.pdf({ ...options, tagged: false, outline: false });
      await page.$eval(
        ":root",
        (element, pages) => {
          element.removeAttribute("data-draft");
          for (const span of element.querySelectorAll("[data-page-of]")) {
            span.textContent = String(pages[span.getAttribute("data-page-of") ?? ""] ?? "");
          }
        },
        destinations(draft),
      );
      const pdf = await page.pdf(options);
      return { pdf, pages: countPages(pdf), timings: { browserMs, drawMs, pdfMs: clock() } };
    } finally {
      await page.close().catch(() => {});
    }
  }

  private running(): Promise<Browser> {
    this.browser ??= this.launch().then(
      (browser) => {
        this.process = browser.process() ?? undefined;
        browser.once("disconnected", () => {
          this.process = undefined;
          this.browser = undefined;
        });
        return browser;
      },
      (error: unknown) => {
        this.browser = undefined;
        throw error;
      },
    );
    return this.browser;
  }

  private async launch(): Promise<Browser> {
    this.documents = 0;
    chromium.setGraphicsMode = false;
    const executablePath = await chromium.executablePath(this.chromiumFolder);
    const start = () =>
      puppeteer.launch({
        executablePath,
        args: [...chromium.args, "--lang=en-US", ...noNetwork],
        headless: "shell",
        // The browser ends when the pipe does, so that none is left of a worker that was killed.
        pipe: true,
        defaultViewport: { width: 794, height: 1123 },
        // One process serves it all in Lambda: what it prints is ours to log, and nothing else.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
    try {
      return await start();
    } catch (error) {
      // Whoever was stopped while unpacking has left half a browser.
      logger.warn("The browser did not start; it is unpacked again", { error });
      await rm(executablePath, { force: true });
      await chromium.executablePath(this.chromiumFolder);
      return start();
    }
  }
}

/** Keeps a page from reaching anything but itself. */
async function shutIn(page: Page): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const inside = request.url().startsWith("data:") || request.url() === "about:blank";
    (inside ? request.continue() : request.abort("blockedbyclient")).catch((error: unknown) =>
      logger.debug("A request of a page that is gone", { error }),
    );
  });
}

function lapClock(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const ms = Math.round(now - last);
    last = now;
    return ms;
  };
}
