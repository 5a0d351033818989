import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { BUCKET, eventually, filesIn, runStorage, s3Error } from "./running-storage.ts";

const Bucket = BUCKET;

async function read(s3: S3Client, Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

test("an object comes back with its bytes, ETag and headers, and is announced", async (t) => {
  const { s3, events } = await runStorage(t);
  const Body = randomBytes(300_000);
  const eTag = createHash("md5").update(Body).digest("hex");
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: "files/a.csv",
      Body,
      ContentType: "text/csv; charset=utf-8",
      ContentDisposition: 'attachment; filename="a.csv"',
      ContentEncoding: "gzip",
      CacheControl: "no-cache",
      Metadata: { owner: "someone", "file-name": "x  y" },
    }),
  );
  assert.equal(put.ETag, `"${eTag}"`);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "files/a.csv" }));
  assert.deepEqual(Buffer.from((await got.Body?.transformToByteArray()) ?? []), Body);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "files/a.csv" }));
  for (const answer of [got, head]) {
    assert.equal(answer.ETag, `"${eTag}"`);
    assert.equal(answer.ContentLength, Body.length);
    assert.equal(answer.ContentType, "text/csv; charset=utf-8");
    assert.equal(answer.ContentDisposition, 'attachment; filename="a.csv"');
    assert.equal(answer.ContentEncoding, "gzip");
    assert.equal(answer.CacheControl, "no-cache");
    assert.deepEqual(answer.Metadata, { owner: "someone", "file-name": "x  y" });
  }
  const [event] = await eventually(() => events.length > 0 && events);
  assert.match(event?.sequencer ?? "", /^[0-9A-F]{16}$/);
  const { sequencer: _, ...announced } = event ?? {};
  assert.deepEqual(announced, {
    bucket: Bucket,
    key: "files/a.csv",
    size: 300_000,
    eTag,
    eventName: "ObjectCreated:Put",
  });
});

test("an empty object", async (t) => {
  const { s3 } = await runStorage(t);
  await s3.send(new PutObjectCommand({ Bucket, Key: "empty", Body: new Uint8Array() }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "empty" }));
  assert.deepEqual([await got.Body?.transformToString(), got.ETag], ["", '"d41d8cd98f00b204e9800998ecf8427e"']);
  await assert.rejects(
    s3.send(new GetObjectCommand({ Bucket, Key: "empty", Range: "bytes=0-" })),
    s3Error("InvalidRange", 416),
  );
});

test("an object is replaced as a whole, and a reader of the old one reads on", async (t) => {
  const { s3, dir } = await runStorage(t);
  const old = randomBytes(3_000_000);
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: old }));
  const reading = await s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "new" }));
  assert.deepEqual(Buffer.from((await reading.Body?.transformToByteArray()) ?? []), old);
  assert.equal(await read(s3, "k"), "new");
  const left = await eventually(async () => {
    const files = await filesIn(dir);
    return files.length === 2 && files;
  });
  assert.equal(left.filter((file) => file.endsWith(".json")).length, 1);
});

test("ranges, and the range that is not there", async (t) => {
  const { s3 } = await runStorage(t);
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "0123456789" }));
  const range = async (Range: string) => {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "k", Range }));
    return [got.$metadata.httpStatusCode, await got.Body?.transformToString(), got.ContentRange];
  };
  assert.deepEqual(await range("bytes=2-4"), [206, "234", "bytes 2-4/10"]);
  assert.deepEqual(await range("bytes=7-"), [206, "789", "bytes 7-9/10"]);
  assert.deepEqual(await range("bytes=-3"), [206, "789", "bytes 7-9/10"]);
  assert.deepEqual(await range("bytes=8-99"), [206, "89", "bytes 8-9/10"]);
  assert.deepEqual(await range("bytes=-99"), [206, "0123456789", "bytes 0-9/10"]);
  assert.deepEqual(await range("lines=1-2"), [200, "0123456789", undefined]);
  await assert.rejects(range("bytes=10-"), s3Error("InvalidRange", 416));
  await assert.rejects(range("bytes=-0"), s3Error("InvalidRange", 416));
});

test("conditional reads and writes", async (t) => {
  const { s3 } = await runStorage(t);
  const { ETag = "" } = await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "one", IfNoneMatch: "*" }));
  const get = (conditions: object) => s3.send(new GetObjectCommand({ Bucket, Key: "k", ...conditions }));
  await assert.rejects(get({ IfNoneMatch: ETag }), s3Error("Unknown", 304));
  await assert.rejects(get({ IfMatch: '"other"' }), s3Error("PreconditionFailed", 412));
  await assert.rejects(get({ IfUnmodifiedSince: new Date(0) }), s3Error("PreconditionFailed", 412));
  await assert.rejects(get({ IfModifiedSince: new Date(Date.now() + 10_000) }), s3Error("Unknown", 304));
  assert.equal(await (await get({ IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).Body?.transformToString(), "one");
  const put = (Key: string, conditions: object) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: "two", ...conditions }));
  await assert.rejects(put("k", { IfNoneMatch: "*" }), s3Error("PreconditionFailed", 412));
  await assert.rejects(put("k", { IfMatch: '"other"' }), s3Error("PreconditionFailed", 412));
  await assert.rejects(put("none", { IfMatch: ETag }), s3Error("NoSuchKey", 404));
  const race = await Promise.allSettled(["a", "b", "c", "d"].map(() => put("raced", { IfNoneMatch: "*" })));
  assert.equal(race.filter(({ status }) => status === "fulfilled").length, 1);
  await put("k", { IfMatch: ETag });
  assert.equal(await read(s3, "k"), "two");
});

test("a presigned link overrides type and disposition", async (t) => {
  const { s3 } = await runStorage(t);
  await s3.send(new PutObjectCommand({ Bucket, Key: "report.pdf", Body: "%PDF" }));
  const disposition = "attachment; filename*=UTF-8''%C3%A9t%C3%A9.pdf";
  const command = new GetObjectCommand({
    Bucket,
    Key: "report.pdf",
    ResponseContentDisposition: disposition,
    ResponseContentType: "application/pdf",
  });
  const response = await fetch(await getSignedUrl(s3, command));
  assert.equal(response.headers.get("content-disposition"), disposition);
  assert.equal(response.headers.get("content-type"), "application/pdf");
  assert.equal(await response.text(), "%PDF");
  const bad = new GetObjectCommand({ Bucket, Key: "report.pdf", ResponseContentDisposition: "a\r\nset-cookie: b" });
  const refused = await fetch(await getSignedUrl(s3, bad));
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /<Code>InvalidArgument<\/Code>/);
});

test("copies keep or replace metadata, within and across buckets", async (t) => {
  const other = { name: "other-bucket", cors: [], notifications: [], expirations: [] };
  const { s3, events } = await runStorage(t, { buckets: [{ ...other, name: Bucket }, other] });
  const Key = "a b/ü+%.csv";
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x,y", ContentType: "text/csv", Metadata: { a: "1" } }));
  const CopySource = `${Bucket}/${encodeURIComponent(Key)}`;
  const copied = await s3.send(new CopyObjectCommand({ Bucket: other.name, Key: "copy", CopySource }));
  assert.equal(copied.CopyObjectResult?.ETag, `"${createHash("md5").update("x,y").digest("hex")}"`);
  const copy = await s3.send(new GetObjectCommand({ Bucket: other.name, Key: "copy" }));
  assert.deepEqual(
    [await copy.Body?.transformToString(), copy.ContentType, copy.Metadata],
    ["x,y", "text/csv", { a: "1" }],
  );
  await s3.send(
    new CopyObjectCommand({
      Bucket,
      Key,
      CopySource,
      MetadataDirective: "REPLACE",
      ContentType: "text/plain",
      Metadata: { b: "2" },
    }),
  );
  const replaced = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  assert.deepEqual([replaced.ContentType, replaced.Metadata], ["text/plain", { b: "2" }]);
  await assert.rejects(s3.send(new CopyObjectCommand({ Bucket, Key, CopySource })), s3Error("InvalidRequest", 400));
  const missing = { Bucket, Key, CopySource: `${Bucket}/none` };
  await assert.rejects(s3.send(new CopyObjectCommand(missing)), s3Error("NoSuchKey", 404));
  await eventually(() => events.filter(({ eventName }) => eventName === "ObjectCreated:Copy").length === 2);
});

test("deleting one and many", async (t) => {
  const { s3, dir } = await runStorage(t);
  for (const Key of ["a", "b&<c>", "d\u0001e"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await assert.rejects(read(s3, "a"), s3Error("NoSuchKey", 404));
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket, Key: "a" })), s3Error("NotFound", 404));
  const Objects = [{ Key: "b&<c>" }, { Key: "d\u0001e" }, { Key: "never" }];
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.deepEqual(Deleted, Objects);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
  await eventually(async () => (await filesIn(dir)).length === 0);
});

test("listing by prefix and delimiter, page by page", async (t) => {
  const { s3 } = await runStorage(t);
  const keys = ["a/1", "a/2", "a/b/3", "a/b/4", "a/c", "b", "z\uffff", "z\u{1f600}"];
  for (const Key of keys.toReversed()) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const listAll = async (options: object) => {
    const pages: string[][] = [];
    for (let ContinuationToken: string | undefined; ; ) {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, ...options, ContinuationToken }));
      const names = [
        ...(page.Contents ?? []).map(({ Key = "" }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
      ];
      assert.equal(page.KeyCount, names.length);
      pages.push(names);
      ContinuationToken = page.NextContinuationToken;
      assert.equal(page.IsTruncated, ContinuationToken !== undefined);
      if (ContinuationToken === undefined) return pages;
    }
  };
  assert.deepEqual(await listAll({}), [keys]);
  assert.deepEqual(await listAll({ MaxKeys: 3 }), [keys.slice(0, 3), keys.slice(3, 6), keys.slice(6)]);
  assert.deepEqual(await listAll({ Prefix: "a/" }), [keys.slice(0, 5)]);
  assert.deepEqual(await listAll({ Prefix: "a/", Delimiter: "/" }), [["a/1", "a/2", "a/c", "a/b/"]]);
  assert.deepEqual(await listAll({ Delimiter: "/", MaxKeys: 1 }), [["a/"], ["b"], ["z\uffff"], ["z\u{1f600}"]]);
  assert.deepEqual(await listAll({ StartAfter: "a/b/4", MaxKeys: 2 }), [
    ["a/c", "b"],
    ["z\uffff", "z\u{1f600}"],
  ]);
  assert.deepEqual(await listAll({ EncodingType: "url", Prefix: "z" }), [["z%EF%BF%BF", "z%F0%9F%98%80"]]);
  assert.deepEqual(await listAll({ MaxKeys: 0 }), [[]]);
  await assert.rejects(
    s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "forged" })),
    s3Error("InvalidArgument", 400),
  );
});

test("a folder marker is listed once however small the pages", async (t) => {
  const { s3 } = await runStorage(t);
  for (const Key of ["dir/", "dir/a", "dir/sub/x"])
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: new Uint8Array() }));
  const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "dir/", Delimiter: "/", MaxKeys: 1 }));
  assert.deepEqual(
    first.Contents?.map(({ Key }) => Key),
    ["dir/"],
  );
  const rest = await s3.send(
    new ListObjectsV2Command({
      Bucket,
      Prefix: "dir/",
      Delimiter: "/",
      ContinuationToken: first.NextContinuationToken,
    }),
  );
  assert.deepEqual([rest.Contents?.map(({ Key }) => Key), rest.CommonPrefixes], [["dir/a"], [{ Prefix: "dir/sub/" }]]);
});

test("keys of any shape stay themselves and stay inside the directory", async (t) => {
  const { s3, storage, dir } = await runStorage(t);
  const keys = [
    "../../../etc/passwd",
    "a/../b",
    "./.",
    "//",
    "a//b/",
    "100%",
    "%2e%2e%2f",
    "a b+c&d=e?f#g",
    "ключ/🔑.csv",
    "'(quotes)*!\"<>",
    "con.txt:stream\\x",
    "x".repeat(1024),
    "ü".repeat(512),
  ];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}` }));
  for (const Key of keys) assert.equal(await read(s3, Key), `body of ${Key}`);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket }));
  assert.deepEqual(new Set(listed.Contents?.map(({ Key }) => Key)), new Set(keys));
  const names = (await filesIn(dir)).map((file) => file.slice(dir.length));
  for (const name of names)
    assert.match(name, /^\/objects\/files-bucket\/[0-9a-f]{2}\/[0-9a-f]{64}\.(json|[0-9A-F]{16})$/);
  await assert.rejects(read(s3, "x".repeat(1025)), s3Error("KeyTooLongError", 400));
  assert.equal((await fetch(`${storage.url}/${Bucket}/%ff`)).status, 400);
});

test("buckets, and what is not played here, answer as such", async (t) => {
  const { s3, storage } = await runStorage(t);
  await s3.send(new HeadBucketCommand({ Bucket }));
  assert.equal((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint, "eu-central-1");
  await assert.rejects(s3.send(new HeadBucketCommand({ Bucket: "absent" })), s3Error("NotFound", 404));
  await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket: "absent" })), s3Error("NoSuchBucket", 404));
  await assert.rejects(s3.send(new GetObjectAclCommand({ Bucket, Key: "k" })), s3Error("NotImplemented", 501));
  const tagged = new PutObjectCommand({ Bucket, Key: "k", Body: "x", Tagging: "a=b" });
  await assert.rejects(s3.send(tagged), s3Error("NotImplemented", 501));
  const open = new PutObjectCommand({ Bucket, Key: "k", Body: "x", ACL: "public-read" });
  await assert.rejects(s3.send(open), s3Error("AccessControlListNotSupported", 400));
  const anonymous = await fetch(`${storage.url}/${Bucket}/k`);
  assert.equal(anonymous.status, 403);
  const text = await anonymous.text();
  assert.match(text, /<Code>AccessDenied<\/Code>/);
  assert.doesNotMatch(text, /\.ts|at /);
  assert.equal((await fetch(storage.url.replace("127.0.0.1", "localhost"))).status, 501);
});
