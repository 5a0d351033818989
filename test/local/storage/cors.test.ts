import assert from "node:assert/strict";
import { test } from "node:test";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { BUCKET, bucketSpec, runStorage } from "./running-storage.ts";

const Bucket = BUCKET;
const cors = [
  {
    allowedOrigins: ["http://localhost:3000", "https://*.example.com"],
    allowedMethods: ["POST", "GET"],
    allowedHeaders: ["content-type", "x-amz-*"],
    exposedHeaders: ["ETag"],
    maxAgeSeconds: 600,
  },
  { allowedOrigins: ["*"], allowedMethods: ["HEAD"], allowedHeaders: [], exposedHeaders: [], maxAgeSeconds: undefined },
];

function corsHeaders(response: Response): Record<string, string> {
  return Object.fromEntries(
    [...response.headers].filter(([name]) => name.startsWith("access-control-") || name === "vary"),
  );
}

test("a preflight is granted by exactly the rules of the bucket", async (t) => {
  const { storage } = await runStorage(t, { buckets: [bucketSpec({ cors })] });
  const preflight = (headers: Record<string, string>) =>
    fetch(`${storage.url}/${Bucket}`, { method: "OPTIONS", headers });
  const ask = (origin: string, method: string, headers?: string) =>
    preflight({
      origin,
      "access-control-request-method": method,
      ...(headers !== undefined && { "access-control-request-headers": headers }),
    });
  const granted = await ask("http://localhost:3000", "POST", "Content-Type, X-Amz-Meta-A");
  assert.equal(granted.status, 200);
  assert.deepEqual(corsHeaders(granted), {
    "access-control-allow-origin": "http://localhost:3000",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "POST, GET",
    "access-control-allow-headers": "content-type, x-amz-meta-a",
    "access-control-expose-headers": "ETag",
    "access-control-max-age": "600",
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  });
  assert.equal((await ask("https://app.example.com", "GET")).status, 200);
  assert.equal((await ask("https://anyone.test", "HEAD")).headers.get("access-control-allow-origin"), "*");
  const refused = [
    ask("http://localhost:3001", "POST"),
    ask("https://example.com", "POST"),
    ask("https://app.example.com.evil.test", "GET"),
    ask("http://localhost:3000", "PUT"),
    ask("http://localhost:3000", "POST", "authorization"),
    ask("https://anyone.test", "HEAD", "content-type"),
  ];
  for (const response of await Promise.all(refused)) {
    assert.deepEqual([response.status, corsHeaders(response)], [403, {}]);
    assert.match(await response.text(), /<Code>AccessForbidden</);
  }
  assert.equal((await preflight({})).status, 400);
  assert.equal((await preflight({ origin: "http://localhost:3000" })).status, 400);
});

test("a bucket without rules grants nothing", async (t) => {
  const { storage } = await runStorage(t);
  const headers = { origin: "http://localhost:3000", "access-control-request-method": "POST" };
  const response = await fetch(`${storage.url}/${Bucket}`, { method: "OPTIONS", headers });
  assert.equal(response.status, 403);
  assert.match(await response.text(), /CORS is not enabled for this bucket/);
});

test("requests carry the grant for allowed origins, errors included, and none for others", async (t) => {
  const { s3 } = await runStorage(t, { buckets: [bucketSpec({ cors })] });
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "k" }));
  const allowed = await fetch(url, { headers: { origin: "http://localhost:3000" } });
  assert.equal(allowed.headers.get("access-control-allow-origin"), "http://localhost:3000");
  assert.equal(allowed.headers.get("access-control-expose-headers"), "ETag");
  assert.match(allowed.headers.get("vary") ?? "", /Origin/);
  const other = await fetch(url, { headers: { origin: "http://localhost:9999" } });
  assert.deepEqual([other.status, corsHeaders(other)], [200, {}]);
  assert.deepEqual(corsHeaders(await fetch(url)), {});

  const form = async (origin: string, content: string) => {
    const Conditions = [["content-length-range" as const, 1, 3] satisfies [string, number, number]];
    const { url: target, fields } = await createPresignedPost(s3, { Bucket, Key: "up", Conditions });
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", new Blob([content]));
    return fetch(target, { method: "POST", body, headers: { origin } });
  };
  const posted = await form("http://localhost:3000", "abc");
  assert.deepEqual([posted.status, posted.headers.get("access-control-allow-origin")], [204, "http://localhost:3000"]);
  const refused = await form("http://localhost:3000", "abcd");
  assert.deepEqual(
    [refused.status, refused.headers.get("access-control-allow-origin")],
    [400, "http://localhost:3000"],
  );
  assert.deepEqual(corsHeaders(await form("http://elsewhere.test", "abc")), {});
});
