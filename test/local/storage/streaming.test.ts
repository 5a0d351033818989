import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { crc32 } from "node:zlib";
import { ChecksumAlgorithm, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { decodeAwsChunked } from "../../../local/storage/aws-chunked.ts";
import { deriveSigningKey, requestStringToSign, sha256Hex, sign } from "../../../local/storage/signature-v4.ts";
import { BUCKET, CREDENTIALS, filesIn, REGION, runStorage, s3Error } from "./running-storage.ts";

const Bucket = BUCKET;

test("streams of known and unknown length, with each checksum", async (t) => {
  const { s3 } = await runStorage(t);
  const bytes = randomBytes(700_001);
  const chunks = () => Readable.from([bytes.subarray(0, 3), bytes.subarray(3, 500_000), bytes.subarray(500_000)]);
  for (const algorithm of [undefined, ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256]) {
    const checksum = algorithm && { ChecksumAlgorithm: algorithm };
    const Key = `k-${algorithm}`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: chunks(), ContentLength: bytes.length, ...checksum }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
    assert.equal(got.ContentEncoding, undefined);
    assert.ok(got[`Checksum${algorithm ?? "CRC32"}`]);
    assert.deepEqual(Buffer.from((await got.Body?.transformToByteArray()) ?? []), bytes);
  }
});

test("a body that is not what its digests say is refused and leaves nothing", async (t) => {
  const { s3, dir, events } = await runStorage(t);
  const put = (digest: object) => s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x", ...digest }));
  const wrong = (size: number) => Buffer.alloc(size, 7).toString("base64");
  await assert.rejects(put({ ContentMD5: wrong(16) }), s3Error("BadDigest", 400));
  await assert.rejects(put({ ContentMD5: "short" }), s3Error("InvalidDigest", 400));
  await assert.rejects(put({ ChecksumCRC32: wrong(4) }), s3Error("BadDigest", 400));
  await assert.rejects(put({ ChecksumSHA256: wrong(32) }), s3Error("BadDigest", 400));
  await assert.rejects(put({ ChecksumCRC32C: wrong(4) }), s3Error("NotImplemented", 501));
  assert.deepEqual([await filesIn(dir), events], [[], []]);
});

/** What a client sends that signs every chunk, and optionally a trailer, by Amazon's description. */
function signedChunks(url: URL, chunks: Buffer[], trailer: boolean) {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = { accessKeyId: CREDENTIALS.accessKeyId, date: time.slice(0, 8), region: REGION, service: "s3" };
  const scopeText = `${scope.date}/${REGION}/s3/aws4_request`;
  const key = deriveSigningKey(CREDENTIALS.secretAccessKey, scope);
  const payloadHash = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? "-TRAILER" : ""}`;
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const headers: Record<string, string> = {
    host: url.host,
    "content-encoding": "aws-chunked",
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": time,
    "x-amz-decoded-content-length": String(size),
    ...(trailer && { "x-amz-trailer": "x-amz-checksum-crc32" }),
  };
  const signed = Object.entries(headers);
  const request = { method: "PUT", path: url.pathname, query: [], headers: signed, payloadHash };
  const seed = sign(key, requestStringToSign(request, time, scope));
  let previous = seed;
  const parts = [...chunks, Buffer.alloc(0)].map((chunk) => {
    const hash = createHash("sha256").update(chunk).digest("hex");
    previous = sign(key, ["AWS4-HMAC-SHA256-PAYLOAD", time, scopeText, previous, sha256Hex(""), hash].join("\n"));
    const head = Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`);
    return Buffer.concat([head, chunk, Buffer.from(trailer && chunk.length === 0 ? "" : "\r\n")]);
  });
  if (trailer) {
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(Buffer.concat(chunks)));
    const line = `x-amz-checksum-crc32:${checksum.toString("base64")}`;
    const signature = sign(
      key,
      ["AWS4-HMAC-SHA256-TRAILER", time, scopeText, previous, sha256Hex(`${line}\n`)].join("\n"),
    );
    parts.push(Buffer.from(`${line}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`));
  }
  const names = signed
    .map(([name]) => name)
    .sort()
    .join(";");
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${scope.accessKeyId}/${scopeText}, SignedHeaders=${names}, Signature=${seed}`;
  const { host: _, ...sent } = headers;
  return { headers: sent, body: Buffer.concat(parts) };
}

for (const trailer of [false, true]) {
  test(`chunks that are signed one by one${trailer ? ", with a signed trailer" : ""}`, async (t) => {
    const { storage, s3, dir } = await runStorage(t);
    const chunks = [randomBytes(65536), randomBytes(8192), randomBytes(5)];
    const url = new URL(`${storage.url}/${Bucket}/k`);
    const { headers, body } = signedChunks(url, chunks, trailer);
    const put = (bytes: Buffer) => fetch(url, { method: "PUT", headers, body: new Uint8Array(bytes) });

    const tampered = Buffer.from(body);
    tampered[70_000] = (tampered[70_000] ?? 0) ^ 1;
    for (const bytes of [
      tampered,
      ...(trailer
        ? [Buffer.from(body.toString("latin1").replace(/trailer-signature:..../, "trailer-signature:0000"), "latin1")]
        : []),
    ]) {
      const refused = await put(bytes);
      assert.deepEqual([refused.status, /<Code>(\w+)/.exec(await refused.text())?.[1]], [403, "SignatureDoesNotMatch"]);
    }
    const cut = await put(body.subarray(0, 70_000));
    assert.deepEqual([cut.status, /<Code>(\w+)/.exec(await cut.text())?.[1]], [400, "IncompleteBody"]);
    assert.deepEqual(await filesIn(dir), []);

    const stored = await put(body);
    assert.equal(stored.status, 200, await stored.text());
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
    assert.deepEqual(Buffer.from((await got.Body?.transformToByteArray()) ?? []), Buffer.concat(chunks));
  });
}

test("Amazon's own example of signed chunks is accepted however the network cuts it", async () => {
  const scope = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", date: "20130524", region: "us-east-1", service: "s3" };
  const chunkSigning = {
    signingKey: deriveSigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope),
    scope: "20130524/us-east-1/s3/aws4_request",
    time: "20130524T000000Z",
    seedSignature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  };
  const body = Buffer.from(
    [
      "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
      "a".repeat(65536),
      "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
      "a".repeat(1024),
      "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
      "\r\n",
    ].join("\r\n"),
  );
  for (const step of [61, 4096, body.length]) {
    const source = async function* () {
      for (let i = 0; i < body.length; i += step) yield body.subarray(i, i + step);
    };
    let size = 0;
    for await (const data of decodeAwsChunked(source(), { chunkSigning, hasTrailer: false, trailers: new Map() }))
      size += data.length;
    assert.equal(size, 66560);
  }
});

test("100 MB go through in bounded memory, up and down", async (t) => {
  const { s3 } = await runStorage(t);
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const block = randomBytes(1024 * 1024);
  const total = 100 * block.length;
  // What client and server hold together; after a collection each time, as garbage says nothing about what is kept.
  let peak = 0;
  let next = 0;
  const measure = (done: number) => {
    if (done < next) return;
    next = done + 20 * block.length;
    collectGarbage();
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
  };
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  const md5 = createHash("md5");
  const source = function* () {
    for (let done = 0; done < total; done += block.length) {
      measure(done);
      md5.update(block);
      yield block;
    }
  };
  const Body = Readable.from(source(), { objectMode: false });
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "big", Body, ContentLength: total }));
  assert.equal(ETag, `"${md5.digest("hex")}"`);
  next = 0;
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: "big" }));
  assert.ok(got.Body instanceof Readable);
  let size = 0;
  for await (const chunk of got.Body) {
    size += chunk.length;
    measure(size);
  }
  assert.equal(size, total);
  const heldMb = (peak - before) / 1024 / 1024;
  t.diagnostic(`held ${heldMb.toFixed(1)} MB`);
  assert.ok(heldMb < 64, `held ${heldMb.toFixed(1)} MB`);
});
