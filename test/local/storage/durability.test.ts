import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ObjectCreated } from "../../../local/storage/index.ts";
import {
  BUCKET,
  bucketSpec,
  client,
  eventually,
  filesIn,
  runStorage,
  s3Error,
  temporaryDir,
} from "./running-storage.ts";

const Bucket = BUCKET;
const DAY_MS = 24 * 3600 * 1000;

async function runStorageProcess(t: TestContext, dir: string) {
  const child = fork(join(import.meta.dirname, "storage-process.ts"), [dir]);
  t.after(() => child.kill("SIGKILL"));
  const messages: { url?: string; created?: string }[] = [];
  child.on("message", (message: { url?: string; created?: string }) => messages.push(message));
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  const url = await eventually(() => messages.find((message) => message.url !== undefined)?.url);
  return { url, kill, created: (key: string) => eventually(() => messages.some((message) => message.created === key)) };
}

test("an event that was not accepted before a kill -9 is delivered by the next start", async (t) => {
  const dir = await temporaryDir(t);
  const first = await runStorageProcess(t, dir);
  const s3 = client(t, first.url);
  for (const Body of ["one", "two!"]) await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "gone", Body: "x" }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "gone" }));
  await first.created("gone");
  await first.kill();

  const second = await runStorage(t, { dir });
  await eventually(() => second.events.length === 3);
  const told = second.events
    .toSorted((a, b) => (a.sequencer < b.sequencer ? -1 : 1))
    .map(({ key, size }) => [key, size]);
  assert.deepEqual(told, [
    ["k", 3],
    ["k", 4],
    ["gone", 1],
  ]);
  const got = await second.s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
  assert.equal(await got.Body?.transformToString(), "two!");
  await eventually(async () => (await filesIn(dir)).length === 2);
  await second.storage.close();
  const third = await runStorage(t, { dir });
  assert.deepEqual(third.events, []);
});

test("a kill -9 in the middle of an upload leaves the old object and nothing of the new one", async (t) => {
  const dir = await temporaryDir(t);
  const first = await runStorageProcess(t, dir);
  const s3 = client(t, first.url);
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "old" }));
  await first.created("k");
  const before = await filesIn(dir);
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "k" }));
  const upload = request(url, { method: "PUT", headers: { "content-length": 10_000_000 } });
  upload.on("error", () => undefined);
  upload.write(Buffer.alloc(1_000_000));
  await eventually(async () => (await filesIn(dir)).some((file) => file.includes("/tmp/")));
  await first.kill();

  const second = await runStorage(t, { dir });
  const got = await second.s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
  assert.equal(await got.Body?.transformToString(), "old");
  await eventually(async () => (await filesIn(dir)).length === before.length - 1);
});

test("a crash at any step of a commit shows the old object or the new one, with its event if it is the new one", async (t) => {
  const dir = await temporaryDir(t);
  const first = await runStorageProcess(t, dir);
  const s3 = client(t, first.url);
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "old" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "new" }));
  await first.kill();
  const ready = (await filesIn(dir)).filter((file) => file.endsWith(".ready")).sort();
  const [oldEvent, newEvent] = await Promise.all(
    ready.map(async (path): Promise<ObjectCreated> => JSON.parse(await readFile(path, "utf8"))),
  );
  assert.ok(oldEvent && newEvent);

  // Bytes in place and event prepared, but the record not yet renamed: as if the third write had been interrupted.
  const data = (await filesIn(dir)).find((file) => file.endsWith(`.${newEvent.sequencer}`)) ?? "";
  const third = newEvent.sequencer.replace(/^./, "F");
  await writeFile(data.replace(newEvent.sequencer, third), "newest");
  await writeFile(join(dir, "outbox", `${third}.prepared`), JSON.stringify({ ...newEvent, sequencer: third }));
  await writeFile(join(dir, "outbox", `${"E".repeat(16)}.prepared`), "{ half an ev");
  const second = await runStorage(t, { dir });
  await eventually(() => second.events.length === 2);
  assert.deepEqual(
    new Set(second.events.map(({ sequencer }) => sequencer)),
    new Set([oldEvent.sequencer, newEvent.sequencer]),
  );
  const got = await second.s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
  assert.equal(await got.Body?.transformToString(), "new");
  await eventually(async () => (await filesIn(dir)).length === 2);
  await second.storage.close();

  // The record renamed, but the event still only prepared.
  await writeFile(join(dir, "outbox", `${newEvent.sequencer}.prepared`), JSON.stringify(newEvent));
  const again = await runStorage(t, { dir });
  assert.deepEqual(await eventually(() => again.events[0]), newEvent);
});

test("an event is offered again until it is accepted, and others do not wait for it", async (t) => {
  const accepted: string[] = [];
  let attempts = 0;
  const { s3, dir } = await runStorage(t, {
    onObjectCreated: async ({ key }) => {
      if (key === "slow") attempts += 1;
      if (key === "slow" && attempts < 3) throw new Error("the queue is not there yet");
      accepted.push(key);
    },
  });
  for (const Key of ["slow", "quick"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  await eventually(() => accepted.length === 2);
  assert.deepEqual([accepted, attempts], [["quick", "slow"], 3]);
  await eventually(async () => (await filesIn(dir)).length === 4);
});

test("a corrupt record costs one object, is named in the log, and can be replaced", async (t) => {
  const first = await runStorage(t);
  for (const Key of ["a", "b"]) await first.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const records = (await filesIn(first.dir)).filter((file) => file.endsWith(".json"));
  const [broken = ""] = await Promise.all(
    records.map(async (path) => (JSON.parse(await readFile(path, "utf8")).key === "a" ? [path] : [])),
  ).then((found) => found.flat());
  await writeFile(broken, '{"key":"a","si');
  const get = (Key: string) => new GetObjectCommand({ Bucket, Key });
  await assert.rejects(first.s3.send(get("a")), s3Error("InternalError", 500));
  assert.ok(first.logLines.some((line) => line.includes(broken)));
  await first.storage.close();

  const { s3, logLines } = await runStorage(t, { dir: first.dir });
  assert.ok(logLines.some((line) => line.includes(broken)));
  await assert.rejects(s3.send(get("a")), s3Error("InternalError", 500));
  await s3.send(get("b"));
  assert.deepEqual(
    (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key),
    ["b"],
  );
  await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "again" }));
  assert.equal(await (await s3.send(get("a"))).Body?.transformToString(), "again");
  await writeFile(broken, "null");
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await assert.rejects(s3.send(get("a")), s3Error("NoSuchKey", 404));
});

test("what has expired and uploads that nobody finished are swept at the start", async (t) => {
  const buckets = [bucketSpec({ expirations: [{ prefix: "temp/", days: 1 }] })];
  const first = await runStorage(t, { buckets });
  const keys = ["files/old", "temp/new", "temp/old"];
  for (const Key of keys) await first.s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  const begin = async (Key: string) => {
    const { UploadId = "" } = await first.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    await first.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "x" }));
    return UploadId;
  };
  const [oldUpload, newUpload] = [await begin("old"), await begin("new")];
  await first.storage.close();
  for (const path of await filesIn(first.dir)) {
    if (!path.endsWith(".json")) continue;
    const content = JSON.parse(await readFile(path, "utf8"));
    const past = new Date(Date.now() - 1.1 * DAY_MS).toISOString();
    if (content.key.endsWith("old")) {
      const dated = "initiated" in content ? { initiated: past } : { lastModified: past };
      await writeFile(path, JSON.stringify({ ...content, ...dated }));
    }
  }

  const { s3 } = await runStorage(t, { dir: first.dir, buckets });
  const listed = await s3.send(new ListObjectsV2Command({ Bucket }));
  assert.deepEqual(
    listed.Contents?.map(({ Key }) => Key),
    ["files/old", "temp/new"],
  );
  await s3.send(new ListPartsCommand({ Bucket, Key: "new", UploadId: newUpload }));
  const gone = new ListPartsCommand({ Bucket, Key: "old", UploadId: oldUpload });
  await assert.rejects(s3.send(gone), s3Error("NoSuchUpload", 404));
});

test("a taken port is an error", async (t) => {
  const { storage } = await runStorage(t);
  await assert.rejects(runStorage(t, { port: storage.port }), { code: "EADDRINUSE" });
});
