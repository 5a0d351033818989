import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { BUCKET, eventually, filesIn, runStorage, s3Error } from "./running-storage.ts";

const Bucket = BUCKET;
const Key = "big/file.parquet";
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest();

test("parts in any order become one object", async (t) => {
  const { s3, events, dir } = await runStorage(t);
  const parts = [randomBytes(5 * 1024 * 1024), randomBytes(6 * 1024 * 1024), randomBytes(10)];
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "application/x-parquet", Metadata: { a: "b" } }),
  );
  const upload = (PartNumber: number, Body: Buffer) =>
    s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  await upload(2, randomBytes(100));
  const uploaded = await Promise.all(
    [3, 1, 2].map(async (n) => ({ PartNumber: n, ...(await upload(n, parts[n - 1] ?? Buffer.alloc(0))) })),
  );
  const list = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
  assert.deepEqual(
    list.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
    [
      [1, 5 * 1024 * 1024],
      [2, 6 * 1024 * 1024],
    ],
  );
  assert.deepEqual([list.IsTruncated, list.NextPartNumberMarker], [true, "2"]);

  const complete = (Parts: { PartNumber: number; ETag?: string }[]) =>
    s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  await assert.rejects(complete(uploaded), s3Error("InvalidPartOrder", 400));
  const sorted = uploaded
    .toSorted((a, b) => a.PartNumber - b.PartNumber)
    .map(({ PartNumber, ETag = "" }) => ({ PartNumber, ETag }));
  await assert.rejects(complete([...sorted, { PartNumber: 9, ETag: '"x"' }]), s3Error("InvalidPart", 400));
  const eTag = `${md5(Buffer.concat(parts.map(md5))).toString("hex")}-3`;
  assert.equal((await complete(sorted)).ETag, `"${eTag}"`);

  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assert.deepEqual([got.ETag, got.ContentType, got.Metadata], [`"${eTag}"`, "application/x-parquet", { a: "b" }]);
  assert.ok(Buffer.concat(parts).equals(Buffer.from((await got.Body?.transformToByteArray()) ?? [])));
  const event = await eventually(() => events[0]);
  assert.deepEqual(
    [event.eventName, event.eTag, event.size],
    ["ObjectCreated:CompleteMultipartUpload", eTag, got.ContentLength],
  );
  await assert.rejects(complete(sorted), s3Error("NoSuchUpload", 404));
  await eventually(async () => (await filesIn(dir)).length === 2);
});

test("small parts, aborted and invented uploads are refused", async (t) => {
  const { s3, dir, events } = await runStorage(t);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const Parts = [];
  for (const PartNumber of [1, 2]) {
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: "tiny" }));
    Parts.push({ PartNumber, ETag });
  }
  const complete = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } });
  await assert.rejects(s3.send(complete), s3Error("EntityTooSmall", 400));
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key })), s3Error("NoSuchKey", 404));
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  await assert.rejects(s3.send(complete), s3Error("NoSuchUpload", 404));
  for (const id of [UploadId, "../outbox", "x".repeat(32)]) {
    const part = new UploadPartCommand({ Bucket, Key, UploadId: id, PartNumber: 1, Body: "x" });
    await assert.rejects(s3.send(part), s3Error("NoSuchUpload", 404));
  }
  assert.deepEqual([await filesIn(dir), events], [[], []]);
});
