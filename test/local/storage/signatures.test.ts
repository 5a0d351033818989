import assert from "node:assert/strict";
import { get } from "node:http";
import { test } from "node:test";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import {
  deriveSigningKey,
  parseCredential,
  requestStringToSign,
  type SignedRequest,
  sign,
} from "../../../local/storage/signature-v4.ts";
import { BUCKET, CREDENTIALS, client, filesIn, REGION, runStorage, s3Error } from "./running-storage.ts";

const Bucket = BUCKET;
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

async function refusal(
  response: Response,
): Promise<{ status: number; code: string | undefined; message: string | undefined }> {
  const text = await response.text();
  const element = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1];
  return { status: response.status, code: element("Code"), message: element("Message") };
}

test("signatures are those of the examples in Amazon's documentation", () => {
  const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  const scope = parseCredential("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request");
  assert.ok(scope);
  const signed = (request: SignedRequest) =>
    sign(deriveSigningKey(secret, scope), requestStringToSign(request, "20130524T000000Z", scope));
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const host: [string, string] = ["host", "examplebucket.s3.amazonaws.com"];
  const date: [string, string] = ["x-amz-date", "20130524T000000Z"];
  const hash: [string, string] = ["x-amz-content-sha256", empty];
  assert.equal(
    signed({
      method: "GET",
      path: "/test.txt",
      query: [],
      headers: [host, ["range", "bytes=0-9"], hash, date],
      payloadHash: empty,
    }),
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
  const query: [string, string][] = [
    ["max-keys", "2"],
    ["prefix", "J"],
  ];
  assert.equal(
    signed({ method: "GET", path: "/", query, headers: [host, hash, date], payloadHash: empty }),
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  );
  const presigned: [string, string][] = [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"],
    ["X-Amz-Date", "20130524T000000Z"],
    ["X-Amz-Expires", "86400"],
    ["X-Amz-SignedHeaders", "host"],
  ];
  assert.equal(
    signed({ method: "GET", path: "/test.txt", query: presigned, headers: [host], payloadHash: "UNSIGNED-PAYLOAD" }),
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  );
});

test("a wrong secret, an unknown key, another region and a wrong clock are told apart", async (t) => {
  const { s3, storage } = await runStorage(t);
  await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
  const get = new GetObjectCommand({ Bucket, Key: "k" });
  const wrongSecret = client(t, storage.url, { ...CREDENTIALS, secretAccessKey: "guess" });
  await assert.rejects(wrongSecret.send(get), s3Error("SignatureDoesNotMatch", 403));
  const unknownKey = client(t, storage.url, { ...CREDENTIALS, accessKeyId: "AKIDOTHER" });
  await assert.rejects(unknownKey.send(get), s3Error("InvalidAccessKeyId", 403));
  const other = { endpoint: storage.url, credentials: CREDENTIALS, maxAttempts: 1 };
  const elsewhere = new S3Client({ ...other, region: "us-west-2" });
  await assert.rejects(elsewhere.send(get), s3Error("AuthorizationHeaderMalformed", 400));
  const late = new S3Client({ ...other, region: REGION, systemClockOffset: -16 * 60_000 });
  await assert.rejects(late.send(get), s3Error("RequestTimeTooSkewed", 403));
  const slightlyLate = new S3Client({ ...other, region: REGION, systemClockOffset: -14 * 60_000 });
  await slightlyLate.send(get);
});

test("presigned GET, HEAD and PUT work until they expire, for what they were signed for", async (t) => {
  const { s3, storage } = await runStorage(t);
  const put = new PutObjectCommand({ Bucket, Key: "a ü/k", ContentType: "text/csv", Metadata: { who: "me" } });
  const upload = async (signer: S3Client) =>
    fetch(await getSignedUrl(signer, put), { method: "PUT", body: "x,y", headers: { "content-type": "text/csv" } });
  // By default the SDK signs the checksum of an empty body into the URL, and S3 holds the upload to it.
  assert.equal((await refusal(await upload(s3))).code, "BadDigest");
  const common = { endpoint: storage.url, region: REGION, credentials: CREDENTIALS };
  const uploaded = await upload(new S3Client({ ...common, requestChecksumCalculation: "WHEN_REQUIRED" }));
  assert.equal(uploaded.status, 200, await uploaded.text());
  const get = new GetObjectCommand({ Bucket, Key: "a ü/k" });
  const url = await getSignedUrl(s3, get, { expiresIn: 60 });
  const got = await fetch(url);
  assert.deepEqual(
    [await got.text(), got.headers.get("content-type"), got.headers.get("x-amz-meta-who")],
    ["x,y", "text/csv", "me"],
  );
  const head = await fetch(await getSignedUrl(s3, new HeadObjectCommand({ Bucket, Key: "a ü/k" })), { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length")], [200, "3"]);

  const expired = await fetch(await getSignedUrl(s3, get, { expiresIn: 60, signingDate: minutes(-2) }));
  assert.deepEqual(await refusal(expired), { status: 403, code: "AccessDenied", message: "Request has expired" });
  const early = await fetch(await getSignedUrl(s3, get, { signingDate: minutes(20) }));
  assert.deepEqual(await refusal(early), { status: 403, code: "AccessDenied", message: "Request is not yet valid" });
  const mismatched = [
    fetch(url.replace(/Signature=\w{4}/, "Signature=0000")),
    fetch(url.replace("/k?", "/l?")),
    fetch(url.replace("Expires=60", "Expires=600")),
    fetch(`${url}&response-content-type=text%2Fhtml`),
    fetch(url, { method: "PUT", body: "x" }),
    fetch(url, { method: "DELETE" }),
  ];
  for (const response of await Promise.all(mismatched)) {
    const { status, code } = await refusal(response);
    assert.deepEqual({ status, code }, { status: 403, code: "SignatureDoesNotMatch" });
  }
  const unsignedHeader = await fetch(url, { headers: { "x-amz-checksum-mode": "ENABLED" } });
  assert.equal((await refusal(unsignedHeader)).code, "AccessDenied");
  const tooLong = await fetch(url.replace("Expires=60", "Expires=604801"));
  assert.equal((await refusal(tooLong)).code, "AuthorizationQueryParametersError");
  assert.equal((await fetch(url)).status, 200);
});

test("a presigned PUT that has expired stores nothing", async (t) => {
  const { s3, dir, events } = await runStorage(t);
  const put = new PutObjectCommand({ Bucket, Key: "k" });
  const url = await getSignedUrl(s3, put, { expiresIn: 1, signingDate: minutes(-1) });
  const response = await fetch(url, { method: "PUT", body: "x".repeat(5_000_000) });
  assert.deepEqual(await refusal(response), { status: 403, code: "AccessDenied", message: "Request has expired" });
  assert.deepEqual([await filesIn(dir), events], [[], []]);
});

test("localhost and a bucket's own host name under it are as good as the address", async (t) => {
  const { s3, storage } = await runStorage(t);
  await s3.send(new PutObjectCommand({ Bucket, Key: "a/k", Body: "x" }));
  for (const forcePathStyle of [true, false]) {
    const endpoint = `http://localhost:${storage.port}`;
    const local = new S3Client({ endpoint, region: REGION, credentials: CREDENTIALS, forcePathStyle });
    const url = new URL(await getSignedUrl(local, new GetObjectCommand({ Bucket, Key: "a/k" })));
    assert.equal(url.hostname, forcePathStyle ? "localhost" : `${Bucket}.localhost`);
    const status = await new Promise((resolve, reject) => {
      const { pathname, search, host } = url;
      const options = { port: storage.port, host: "127.0.0.1", path: pathname + search, headers: { host } };
      get(options, (response) => resolve(response.resume().statusCode)).once("error", reject);
    });
    assert.equal(status, 200);
  }
});
