import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, suite, test } from "node:test";
import { z } from "zod";
import type { HttpApiEvent } from "../../../local/gateway/event.ts";
import type { InvokeResult } from "../../../local/lambda/invocation.ts";
import { echo, route, startGateway, success, type TestGateway } from "./gateway-fixture.ts";

const echoed = z.object({ functionName: z.string(), event: z.record(z.string(), z.unknown()) });
const problem = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  requestId: z.string(),
  message: z.string(),
});

async function problemOf(response: Response): Promise<z.infer<typeof problem>> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const document = problem.parse(await response.json());
  assert.equal(document.status, response.status);
  assert.equal(document.requestId, response.headers.get("apigw-requestid") ?? document.requestId);
  return document;
}

suite("events", () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await startGateway({ routes: [route("ANY /api/items/{id}"), route("POST /api/items")] }, echo);
  });
  after(() => gateway.close());

  async function eventOf(path: string, init?: RequestInit): Promise<Record<string, unknown>> {
    const response = await fetch(gateway.url + path, init);
    assert.equal(response.status, 200);
    return echoed.parse(await response.json()).event;
  }

  test("carry everything that payload format 2.0 has", async () => {
    const before = Date.now();
    const event = await eventOf("/api/items/a%20b%2Fc?x=1&x=2&y=%C3%A9+z", {
      headers: [
        ["X-Custom", "one"],
        ["X-Custom", "two"],
        ["Cookie", "a=1; b=2"],
        ["User-Agent", "tester"],
      ],
    });
    const { headers, requestContext, ...rest } = event;
    assert.deepEqual(rest, {
      version: "2.0",
      routeKey: "ANY /api/items/{id}",
      rawPath: "/api/items/a b/c",
      rawQueryString: "x=1&x=2&y=%C3%A9+z",
      cookies: ["a=1", "b=2"],
      queryStringParameters: { x: "1,2", y: "é z" },
      pathParameters: { id: "a b/c" },
      isBase64Encoded: false,
    });
    const headerMap = z.record(z.string(), z.string()).parse(headers);
    assert.match(headerMap["x-custom"] ?? "", /^one, ?two$/);
    assert.equal(headerMap.host, new URL(gateway.url).host);
    assert.equal(headerMap["x-forwarded-proto"], "http");
    assert.equal(headerMap["x-forwarded-for"], "127.0.0.1");
    assert.match(headerMap["x-amzn-trace-id"] ?? "", /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    assert.ok(!("cookie" in headerMap) && !("connection" in headerMap));
    const context = z
      .strictObject({
        accountId: z.literal("000000000000"),
        apiId: z.literal("api1"),
        domainName: z.literal("127.0.0.1"),
        domainPrefix: z.literal("127"),
        http: z.strictObject({
          method: z.literal("GET"),
          path: z.literal("/api/items/a b/c"),
          protocol: z.literal("HTTP/1.1"),
          sourceIp: z.literal("127.0.0.1"),
          userAgent: z.literal("tester"),
        }),
        requestId: z.string().regex(/^[\w-]{15}=$/),
        routeKey: z.literal("ANY /api/items/{id}"),
        stage: z.literal("$default"),
        time: z.string().regex(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
        timeEpoch: z.int().min(before),
      })
      .parse(requestContext);
    assert.ok(context);
  });

  test("leave out what the request does not have", async () => {
    const event = await eventOf("/api/items", { method: "POST" });
    for (const key of ["body", "cookies", "queryStringParameters", "pathParameters"]) assert.ok(!(key in event), key);
    assert.equal(event.rawQueryString, "");
  });

  const binary = Buffer.from([0, 255, 1, 254]);
  const bodies: [type: string, body: string | Buffer<ArrayBuffer>, isBase64: boolean][] = [
    ["application/json", '{"é":1}', false],
    ["Application/JSON; charset=utf-8", "{}", false],
    ["text/csv", "a,b", false],
    ["application/xml", "<a/>", false],
    ["application/octet-stream", binary, true],
    ["application/x-www-form-urlencoded", "a=b", true],
    ["application/merge-patch+json", "{}", true],
  ];
  for (const [type, body, isBase64] of bodies) {
    test(`have a body of type ${type} ${isBase64 ? "base64-encoded" : "as text"}`, async () => {
      const event = await eventOf("/api/items", { method: "POST", headers: { "content-type": type }, body });
      assert.equal(event.isBase64Encoded, isBase64);
      assert.equal(event.body, Buffer.from(body).toString(isBase64 ? "base64" : "utf8"));
    });
  }
});

suite("responses", () => {
  let answer: (event: HttpApiEvent) => Promise<InvokeResult> = () => assert.fail("not scripted");
  let gateway: TestGateway;
  before(async () => {
    const routes = [route("ANY /api/x"), route("GET /api/get-only"), route("GET /api/slow", { timeoutMs: 50 })];
    gateway = await startGateway({ routes }, (event) => answer(event));
  });
  after(() => gateway.close());

  const returns = (result: unknown) => {
    answer = async () => success(result);
  };

  test("pass status, headers, cookies and body on", async () => {
    returns({
      statusCode: 201,
      headers: { "Content-Type": "text/csv", "X-Count": 3 },
      cookies: ["a=1; Path=/", "b=2"],
      body: "ä,b",
    });
    const response = await fetch(`${gateway.url}/api/x`, { method: "POST" });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get("content-type"), "text/csv");
    assert.equal(response.headers.get("x-count"), "3");
    assert.deepEqual(response.headers.getSetCookie(), ["a=1; Path=/", "b=2"]);
    assert.equal(await response.text(), "ä,b");
  });

  test("decode a base64 body", async () => {
    returns({ statusCode: "200", headers: {}, body: Buffer.from([0, 200]).toString("base64"), isBase64Encoded: true });
    const response = await fetch(`${gateway.url}/api/x`);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from([0, 200]));
  });

  test("are inferred from a result without a status", async () => {
    for (const [result, text] of [
      [{ hello: "there" }, '{"hello":"there"}'],
      ["plain", "plain"],
      [[1, 2], "[1,2]"],
      [null, "null"],
    ] as const) {
      returns(result);
      const response = await fetch(`${gateway.url}/api/x`);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "application/json");
      assert.equal(await response.text(), text);
    }
  });

  test("have no body for HEAD and 204, but HEAD the length", async () => {
    returns({ statusCode: 200, body: "hello" });
    const head = await fetch(`${gateway.url}/api/x`, { method: "HEAD" });
    assert.equal(head.headers.get("content-length"), "5");
    assert.equal(await head.text(), "");
    returns({ statusCode: 204 });
    const empty = await fetch(`${gateway.url}/api/x`, { method: "DELETE" });
    assert.equal(empty.status, 204);
  });

  for (const [what, result] of [
    ["a body that is no string", { statusCode: 200, body: { a: 1 } }],
    ["a status that is none", { statusCode: 9999 }],
    ["headers that are no strings", { statusCode: 200, headers: { a: { b: 1 } } }],
    ["a header that HTTP does not allow", { statusCode: 200, headers: { a: "x\r\ny: z" }, body: "" }],
  ] as const) {
    test(`with ${what} are 500`, async () => {
      returns(result);
      const response = await fetch(`${gateway.url}/api/x`);
      assert.equal(response.status, 500);
      assert.equal((await problemOf(response)).message, "Internal Server Error");
    });
  }

  test("of a failed function are 500 and do not say why", async () => {
    const error = { errorType: "TypeError", errorMessage: "secret stack" };
    answer = async () => ({ outcome: "error", requestId: "r1", error });
    const response = await fetch(`${gateway.url}/api/x`);
    assert.equal(response.status, 500);
    assert.ok(!JSON.stringify(await problemOf(response)).includes("secret"));
  });

  test("of a throttled function are 503", async () => {
    const error = { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." };
    answer = async () => ({ outcome: "throttled", requestId: "r1", error });
    assert.equal((await fetch(`${gateway.url}/api/x`)).status, 503);
    assert.ok(gateway.errors.some((line) => line.includes("Rate Exceeded.")));
  });

  test("that take too long are 503", async () => {
    answer = () => new Promise(() => undefined);
    const response = await fetch(`${gateway.url}/api/slow`);
    assert.equal(response.status, 503);
    assert.equal((await problemOf(response)).message, "Service Unavailable");
  });

  test("for an unknown path or method are 404", async () => {
    for (const [method, path] of [
      ["GET", "/api/nothing"],
      ["POST", "/api/get-only"],
      ["HEAD", "/api/get-only"],
    ] as const) {
      const response = await fetch(gateway.url + path, { method });
      assert.equal(response.status, 404);
    }
    assert.equal((await problemOf(await fetch(`${gateway.url}/api/nothing`))).message, "Not Found");
  });

  test("for a path that does not decode are 400", async () => {
    assert.equal((await fetch(`${gateway.url}/api/%zz`)).status, 400);
  });
});

suite("limits", () => {
  let gateway: TestGateway;
  before(async () => {
    const length = async (event: HttpApiEvent) => success(event.body?.length ?? 0);
    gateway = await startGateway({ routes: [route("POST /api/x")] }, length);
  });
  after(() => gateway.close());

  test("10 MB of body pass, a byte more is 413", async () => {
    const headers = { "content-type": "text/plain" };
    const limit = 10 * 1024 * 1024;
    const fits = await fetch(`${gateway.url}/api/x`, { method: "POST", headers, body: "a".repeat(limit) });
    assert.equal(await fits.text(), String(limit));
    const over = await fetch(`${gateway.url}/api/x`, { method: "POST", headers, body: "a".repeat(limit + 1) });
    assert.equal(over.status, 413);
    assert.equal((await problemOf(over)).title, "Payload Too Large");
  });

  test("a chunked body that grows over the limit is 413", async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === 12) controller.close();
        else controller.enqueue(chunk);
        sent += 1;
      },
    });
    const response = await fetch(`${gateway.url}/api/x`, { method: "POST", body, duplex: "half" });
    assert.equal(response.status, 413);
  });

  for (const size of [11_000, 70_000]) {
    test(`${size} bytes of headers are 431`, async () => {
      const headers = { "x-long": "a".repeat(size) };
      const response = await fetch(`${gateway.url}/api/x`, { method: "POST", headers });
      assert.equal(response.status, 431);
      await problemOf(response);
    });
  }

  test("a request for a foreign host name is 421", async () => {
    const status = await new Promise((resolve, reject) => {
      const options = { headers: { host: "evil.example" }, method: "POST" };
      request(`${gateway.url}/api/x`, options, (response) => resolve(response.resume().statusCode))
        .once("error", reject)
        .end();
    });
    assert.equal(status, 421);
  });

  test("the access log has method, path and status, and no query", async () => {
    await (await fetch(`${gateway.url}/api/x?signature=secret`, { method: "POST" })).text();
    assert.ok(gateway.access.some((line) => /^POST \/api\/x 200 \d+ ms \S+$/.test(line)));
    assert.ok(!gateway.access.some((line) => line.includes("secret")));
  });
});

test("a stage's throttling is 429 beyond the burst", async (t) => {
  const throttling = { rateLimit: 0.001, burstLimit: 3 };
  const gateway = await startGateway({ routes: [route("GET /api/x")], throttling }, echo);
  t.after(() => gateway.close());
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) statuses.push((await fetch(`${gateway.url}/api/x`)).status);
  assert.deepEqual(statuses, [200, 200, 200, 429]);
});

suite("CORS", () => {
  const origin = "http://localhost:3000";
  let gateway: TestGateway;
  before(async () => {
    const cors = {
      allowedOrigins: [origin],
      allowedMethods: ["GET", "POST"],
      allowedHeaders: ["authorization", "content-type"],
      exposedHeaders: ["x-total"],
      maxAgeSeconds: 600,
    };
    const headers = { "access-control-allow-origin": "*", "x-total": "1" };
    gateway = await startGateway({ routes: [route("GET /api/x")], cors }, async () => {
      return success({ statusCode: 200, headers, body: "" });
    });
  });
  after(() => gateway.close());

  const preflight = (from: string) =>
    fetch(`${gateway.url}/api/x`, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "GET" },
    });

  test("preflight of an allowed origin is answered by the gateway", async () => {
    const response = await preflight(origin);
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    assert.equal(response.headers.get("access-control-allow-methods"), "GET,POST");
    assert.equal(response.headers.get("access-control-allow-headers"), "authorization,content-type");
    assert.equal(response.headers.get("access-control-max-age"), "600");
  });

  test("preflight of another origin allows nothing", async () => {
    const response = await preflight("https://evil.example");
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  });

  test("the API's headers replace those of the function, on errors too", async () => {
    const response = await fetch(`${gateway.url}/api/x`, { headers: { origin } });
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    assert.equal(response.headers.get("access-control-expose-headers"), "x-total");
    const missing = await fetch(`${gateway.url}/api/nothing`, { headers: { origin } });
    assert.equal(missing.headers.get("access-control-allow-origin"), origin);
    const foreign = await fetch(`${gateway.url}/api/x`, { headers: { origin: "https://evil.example" } });
    assert.equal(foreign.headers.get("access-control-allow-origin"), null);
  });
});
