import "./quiet.ts";
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { readPdf } from "./pdf-text.ts";
import { Workshop } from "./workshop.ts";

describe("the printer", () => {
  let workshop: Workshop;
  before(async () => {
    workshop = await Workshop.open();
  });
  after(() => workshop.close());

  it("lets no request leave the page, whatever stands in it", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
      // Without the policy that reports carry: this is what stands behind it.
      const { pdf } = await workshop.print(`<!doctype html><html><head>
        <title>Shut in</title><link rel="stylesheet" href="${url}/style"><link rel="preconnect" href="${url}">
        <style>@import url(${url}/import); @font-face { font-family: Far; src: url(${url}/font) } body { font-family: Far; background: url(${url}/background) }</style></head>
        <body>Inside<img src="${url}/image"><img src="file:///etc/passwd"><iframe src="${url}/frame"></iframe><object data="${url}/object"></object>
        <script src="${url}/script"></script><script>
          const done = () => { document.documentElement.dataset.ready = "drawn" };
          const ways = [fetch("${url}/fetch"), fetch("${url}/no-cors", { mode: "no-cors" }), import("${url}/module")];
          navigator.sendBeacon("${url}/beacon", "x");
          new WebSocket("${url.replace("http", "ws")}/socket");
          new EventSource("${url}/events");
          Promise.allSettled(ways).then(done);
        </script></body></html>`);
      assert.match((await readPdf(pdf)).text, /Inside/);
      assert.deepEqual(asked, []);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("leaves no browser behind when its process is killed", { timeout: 30_000 }, async ({ signal }) => {
    const child = fork(join(import.meta.dirname, "print-and-stay.ts"), [workshop.chromiumFolder]);
    const [pid] = await once(child, "message");
    assert.equal(typeof pid, "number");
    assert.match(commandOf(pid), /chromium/);
    child.kill("SIGKILL");
    while (commandOf(pid) !== "") await setTimeout(20, undefined, { signal });
  });

  it("says what a page that can't draw has thrown", async () => {
    const page = `<html><script>document.documentElement.dataset.failure = "no such axis"; document.documentElement.dataset.ready = "failed"</script></html>`;
    await assert.rejects(workshop.print(page), /The charts were not drawn: no such axis/);
  });
});

/** Empty once the process has ended, reaped or not. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
