import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { httpApi } from "../../../local/gateway/http-api.ts";
import { type GatewayServer, listen } from "../../../local/gateway/server.ts";
import { website } from "../../../local/gateway/website.ts";
import { echo, route } from "./gateway-fixture.ts";

suite("the web app beside the API", () => {
  let directory: string;
  let server: GatewayServer;
  let url: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "website-"));
    await mkdir(join(directory, "assets"));
    await writeFile(join(directory, "index.html"), "<!doctype html>QuantiBI");
    await writeFile(join(directory, "assets", "app-abc123.js"), "1");
    await writeFile(join(directory, ".fingerprint"), "secret");
    server = await listen({ port: 0, onAccess: () => undefined, onError: assert.fail });
    url = `http://localhost:${server.port}`;
    const routes = [route("GET /api/me"), route("ANY /api/things/{proxy+}")];
    const api = { id: "a", stage: "$default", routes, cors: undefined, throttling: undefined };
    const invoke = (name: string, event: Parameters<typeof echo>[0]) => echo(event, name);
    server.mount([httpApi(api, { invoke, onError: assert.fail }), website(directory, "http://127.0.0.1:4566")]);
  });
  after(async () => {
    await server.close(1000);
    await rm(directory, { recursive: true });
  });

  for (const path of ["/", "/workspaces/w1/datasets", "/?x=1", "/.fingerprint"]) {
    test(`GET ${path} is index.html, asked for anew each time`, async () => {
      const response = await fetch(url + path);
      assert.equal(await response.text(), "<!doctype html>QuantiBI");
      assert.equal(response.headers.get("content-type"), "text/html;charset=utf-8");
      assert.equal(response.headers.get("cache-control"), "no-cache");
    });
  }

  test("files with a hash in their name are kept for ever", async () => {
    const response = await fetch(`${url}/assets/app-abc123.js`);
    assert.match(response.headers.get("cache-control") ?? "", /immutable/);
    assert.match(response.headers.get("content-type") ?? "", /javascript/);
  });

  test("the page may talk to its own origin and to the storage only, and is not framed", async () => {
    const { headers } = await fetch(url);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /connect-src 'self' http:\/\/127\.0\.0\.1:4566;/);
    assert.match(policy, /default-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  });

  for (const path of ["/assets/gone-1.js", "/favicon.ico", "/api/nothing", "/api", "/api/things/"]) {
    test(`GET ${path} is a 404 problem and not the page`, async () => {
      const response = await fetch(url + path);
      assert.equal(response.status, 404);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
    });
  }

  test("the API is reached", async () => {
    assert.equal((await fetch(`${url}/api/me`)).status, 200);
  });

  test("other methods are 405", async () => {
    const response = await fetch(url, { method: "POST" });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "GET, HEAD");
  });
});
