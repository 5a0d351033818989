import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";
import { mock, test } from "node:test";
import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { BUCKET, CREDENTIALS, eventually, filesIn, runStorage } from "./running-storage.ts";

const Bucket = BUCKET;
const Key = "files/w/d/v1/data.csv";

function presign(s3: S3Client, options: Partial<PresignedPostOptions> = {}) {
  return createPresignedPost(s3, {
    Bucket,
    Key,
    Expires: 900,
    Fields: { "Content-Type": "text/csv" },
    Conditions: [["content-length-range", 1, 1000]],
    ...options,
  });
}

type Fields = Record<string, string>;

async function post(
  url: string,
  fields: Fields,
  content: string | Uint8Array<ArrayBuffer> = "a,b\n1,2\n",
  after: Fields = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([content]), "my data.csv");
  for (const [name, value] of Object.entries(after)) form.append(name, value);
  const response = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  const text = await response.text();
  return { response, text, status: response.status, code: /<Code>(\w+)</.exec(text)?.[1] };
}

/** Signs a policy of any shape. */
function resign(fields: Fields, change: (policy: { expiration: string; conditions: unknown[] }) => unknown): Fields {
  const policy = JSON.parse(Buffer.from(fields.Policy ?? "", "base64").toString());
  const Policy = Buffer.from(JSON.stringify(change(policy))).toString("base64");
  const [, date = "", region = "", service = ""] = (fields["X-Amz-Credential"] ?? "").split("/");
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
  const day = hmac(`AWS4${CREDENTIALS.secretAccessKey}`, date);
  const key = hmac(hmac(hmac(day, region), service), "aws4_request");
  return { ...fields, Policy, "X-Amz-Signature": hmac(key, Policy).toString("hex") };
}

test("a browser's form uploads the file that was agreed on", async (t) => {
  const { s3, events } = await runStorage(t);
  const { url, fields } = await presign(s3, { Fields: { "Content-Type": "text/csv", "x-amz-meta-dataset": "d" } });
  const { response, status } = await post(url, fields);
  const eTag = createHash("md5").update("a,b\n1,2\n").digest("hex");
  assert.deepEqual([status, response.headers.get("etag")], [204, `"${eTag}"`]);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assert.deepEqual(
    [await got.Body?.transformToString(), got.ContentType, got.Metadata],
    ["a,b\n1,2\n", "text/csv", { dataset: "d" }],
  );
  const event = await eventually(() => events[0]);
  assert.deepEqual([event.eventName, event.key, event.size, event.eTag], ["ObjectCreated:Post", Key, 8, eTag]);
});

test("the answer is the one that the form asks for", async (t) => {
  const { s3 } = await runStorage(t);
  const withStatus = async (success_action_status: string) => {
    const { url, fields } = await presign(s3, { Fields: { "Content-Type": "text/csv", success_action_status } });
    return post(url, fields);
  };
  assert.equal((await withStatus("200")).status, 200);
  assert.equal((await withStatus("999")).status, 204);
  const created = await withStatus("201");
  assert.equal(created.status, 201);
  assert.match(
    created.text,
    new RegExp(`<PostResponse><Location>http://127.0.0.1:\\d+/${Bucket}/${Key}</Location>.*<Key>${Key}</Key>`),
  );
  const success_action_redirect = "https://app.example/done?x=1";
  const { url, fields } = await presign(s3, { Fields: { "Content-Type": "text/csv", success_action_redirect } });
  const { response } = await post(url, fields);
  const target = new URL(response.headers.get("location") ?? "");
  assert.deepEqual([response.status, target.searchParams.get("x"), target.searchParams.get("key")], [303, "1", Key]);
});

test("the filename variable stands for the file's name", async (t) => {
  const { s3 } = await runStorage(t);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is S3's variable, not JavaScript's
  const { url, fields } = await presign(s3, { Key: "up/${filename}" });
  assert.equal((await post(url, fields)).status, 204);
  await s3.send(new HeadObjectCommand({ Bucket, Key: "up/my data.csv" }));
});

test("whatever violates the policy is refused with S3's code and stores nothing", async (t) => {
  const { s3, storage, dir, events } = await runStorage(t);
  const { url, fields } = await presign(s3);
  const without = (name: string): Fields =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
  mock.timers.enable({ apis: ["Date"], now: Date.now() - 1000_000 });
  const expired = await presign(s3);
  mock.timers.reset();
  const metadata = await presign(s3, { Fields: { "Content-Type": "text/csv", "x-amz-meta-a": "1" } });
  const prefix = await presign(s3, {
    Fields: {},
    Conditions: [
      ["starts-with", "$Content-Type", "text/"],
      ["eq", "$x-amz-meta-a", "1"],
    ],
  });
  const refusals: [what: string, expected: string, Promise<{ status: number; code: string | undefined }>][] = [
    ["another key", "403 AccessDenied", post(url, { ...fields, key: "files/other" })],
    ["another content type", "403 AccessDenied", post(url, { ...fields, "Content-Type": "text/html" })],
    ["no content type", "403 AccessDenied", post(url, without("Content-Type"))],
    [
      "another bucket field",
      "403 AccessDenied",
      post(url, fields).then(() => post(`${storage.url}/second-bucket`, fields)),
    ],
    ["a field that no condition names", "403 AccessDenied", post(url, { ...fields, "x-amz-meta-b": "1" })],
    ["an unnamed acl", "403 AccessDenied", post(url, { ...fields, acl: "private" })],
    ["a changed x-amz-meta", "403 AccessDenied", post(metadata.url, { ...metadata.fields, "x-amz-meta-a": "2" })],
    [
      "a failed starts-with",
      "403 AccessDenied",
      post(prefix.url, { ...prefix.fields, "Content-Type": "image/png", "x-amz-meta-a": "1" }),
    ],
    [
      "a list of which one member fails",
      "403 AccessDenied",
      post(prefix.url, { ...prefix.fields, "Content-Type": "text/csv, image/png", "x-amz-meta-a": "1" }),
    ],
    [
      "a failed eq",
      "403 AccessDenied",
      post(prefix.url, { ...prefix.fields, "Content-Type": "text/csv", "x-amz-meta-a": "2" }),
    ],
    ["a file too long", "400 EntityTooLarge", post(url, fields, "x".repeat(1001))],
    ["a file far too long", "400 EntityTooLarge", post(url, fields, new Uint8Array(30_000_000))],
    ["an empty file", "400 EntityTooSmall", post(url, fields, "")],
    ["an expired policy", "403 AccessDenied", post(expired.url, expired.fields)],
    ["a tampered signature", "403 SignatureDoesNotMatch", post(url, { ...fields, "X-Amz-Signature": "0".repeat(64) })],
    ["a tampered policy", "403 SignatureDoesNotMatch", post(url, { ...fields, Policy: `${fields.Policy}AA` })],
    [
      "an unknown access key",
      "403 InvalidAccessKeyId",
      post(url, { ...fields, "X-Amz-Credential": (fields["X-Amz-Credential"] ?? "").replace("AKIDLOCAL", "AKID") }),
    ],
    ["another algorithm", "400 InvalidArgument", post(url, { ...fields, "X-Amz-Algorithm": "AWS4-HMAC-SHA1" })],
    ["no signature", "400 InvalidArgument", post(url, without("X-Amz-Signature"))],
    ["no policy", "403 AccessDenied", post(url, without("Policy"))],
    ["no key", "400 InvalidArgument", post(url, without("key"))],
    ["the file before the fields", "400 InvalidArgument", post(url, {}, "x", fields)],
    [
      "fields beyond 20 KB",
      "400 MaxPostPreDataLengthExceeded",
      post(url, { ...fields, "x-ignore-a": "x".repeat(21_000) }),
    ],
    [
      "fields beyond 20 KB together",
      "400 MaxPostPreDataLengthExceeded",
      post(url, { ...fields, "x-ignore-a": "x".repeat(11_000), "x-ignore-b": "x".repeat(11_000) }),
    ],
    [
      "a policy without expiration",
      "400 InvalidPolicyDocument",
      post(
        url,
        resign(fields, ({ conditions }) => ({ conditions })),
      ),
    ],
    [
      "a condition of no known kind",
      "400 InvalidPolicyDocument",
      post(
        url,
        resign(fields, (p) => ({ ...p, conditions: [...p.conditions, ["ends-with", "$key", "x"]] })),
      ),
    ],
    [
      "a policy that does not name the bucket",
      "403 AccessDenied",
      post(
        url,
        resign(fields, (p) => ({
          ...p,
          conditions: p.conditions.filter((c) => !JSON.stringify(c).includes("bucket")),
        })),
      ),
    ],
  ];
  for (const [what, expected, attempt] of refusals) {
    const { status, code } = await attempt;
    if (what === "another bucket field") assert.equal(`${status} ${code}`, "404 NoSuchBucket");
    else assert.equal(`${status} ${code}`, expected, what);
  }
  const stored = (await filesIn(dir)).filter((file) => !file.includes("/objects/"));
  assert.deepEqual(stored, []);
  assert.deepEqual(
    events.map(({ key, size }) => [key, size]),
    [[Key, 8]],
  );
});

test("a form for one bucket is not good for another", async (t) => {
  const spec = { cors: [], notifications: [], expirations: [] };
  const { s3, storage, events } = await runStorage(t, {
    buckets: [
      { ...spec, name: Bucket },
      { ...spec, name: "second-bucket" },
    ],
  });
  const { fields } = await presign(s3);
  assert.equal((await post(`${storage.url}/second-bucket`, fields)).code, "AccessDenied");
  assert.deepEqual(events, []);
});

test("a second file, a broken form and no form at all are refused", async (t) => {
  const { s3, dir, events } = await runStorage(t);
  const { url, fields } = await presign(s3);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob(["one"]), "1.csv");
  form.append("file", new Blob(["two"]), "2.csv");
  const twice = await fetch(url, { method: "POST", body: form });
  assert.match(await twice.text(), /<Code>InvalidArgument</);
  const raw = (contentType: string, body: string) =>
    fetch(url, { method: "POST", headers: { "content-type": contentType }, body });
  const part = Object.entries(fields).map(
    ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = `--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc`;
  for (const body of [`${part.join("")}${file}`, part.join(""), "nonsense", ""]) {
    const broken = await raw("multipart/form-data; boundary=B", body);
    assert.deepEqual(
      [broken.status, /<Code>(\w+)/.exec(await broken.text())?.[1]],
      [400, "MalformedPOSTRequest"],
      body,
    );
  }
  assert.match(await (await raw("multipart/form-data", "x")).text(), /<Code>MalformedPOSTRequest</);
  assert.match(await (await raw("text/plain", "x")).text(), /<Code>AccessDenied</);
  assert.deepEqual([await filesIn(dir), events], [[], []]);
});

test("a browser that goes away in the middle leaves nothing", async (t) => {
  const { s3, dir, events, logLines } = await runStorage(t);
  const { url, fields } = await presign(s3, { Conditions: [["content-length-range", 1, 100_000_000]] });
  const head = Object.entries(fields).map(
    ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const headers = { "content-type": "multipart/form-data; boundary=B", "content-length": 50_000_000 };
  const upload = request(url, { method: "POST", headers });
  upload.on("error", () => undefined);
  upload.write(`${head.join("")}--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n`);
  upload.write(Buffer.alloc(1_000_000));
  await eventually(async () => (await filesIn(dir)).some((file) => file.includes("/tmp/")));
  upload.destroy();
  await eventually(async () => (await filesIn(dir)).length === 0);
  assert.deepEqual([events, logLines], [[], []]);
});

test("a body that stands still is cut off and leaves nothing", async (t) => {
  const { s3, dir } = await runStorage(t, { idleTimeoutMs: 100 });
  const { url, fields } = await presign(s3);
  const head = Object.entries(fields).map(
    ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const upload = request(url, {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=B", "content-length": 50_000 },
  });
  const ended = new Promise((resolve) => upload.once("error", resolve));
  upload.write(`${head.join("")}--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc`);
  await ended;
  await eventually(async () => (await filesIn(dir)).length === 0);
});
