import { S3Error } from "./error.ts";
import { queryValue, type S3Request } from "./s3-request.ts";
import {
  ALGORITHM,
  type CredentialScope,
  deriveSigningKey,
  parseCredential,
  requestStringToSign,
  scopePath,
  sign,
  signaturesEqual,
} from "./signature-v4.ts";

/** The one account that may use this storage. */
export interface Account {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** What a verified signature says about the body that follows. */
export interface Authentication {
  /** A SHA-256 in hexadecimal, `UNSIGNED-PAYLOAD`, or one of the `STREAMING-…` names. */
  payloadHash: string;
  /** What the signatures of the body's chunks are computed from. */
  chunkSigning: { signingKey: Buffer; scope: string; time: string; seedSignature: string };
}

const CLOCK_TOLERANCE_MS = 15 * 60 * 1000;
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600;

/** Verifies a request signed in its `Authorization` header or in its query. Throws the error that S3 would answer. */
export function authenticate(request: S3Request, account: Account, now: Date): Authentication {
  if (request.headers.has("authorization")) return authenticateHeader(request, account, now);
  if (queryValue(request, "X-Amz-Algorithm") !== undefined || queryValue(request, "X-Amz-Signature") !== undefined) {
    return authenticateQuery(request, account, now);
  }
  throw new S3Error("AccessDenied", "Access Denied");
}

function authenticateHeader(request: S3Request, account: Account, now: Date): Authentication {
  const authorization = request.headers.get("authorization") ?? "";
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error(
      "InvalidRequest",
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    );
  }
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(",")
      .map((field) => {
        const [name = "", ...value] = field.trim().split("=");
        return [name, value.join("=")] as const;
      }),
  );
  const scope = parseCredential(fields.get("Credential") ?? "");
  const signedHeaders = fields.get("SignedHeaders");
  const signature = fields.get("Signature");
  if (scope === undefined || signedHeaders === undefined || signature === undefined) {
    throw new S3Error("AuthorizationHeaderMalformed", "The authorization header that you provided is not valid.");
  }
  checkScope(scope, account, "AuthorizationHeaderMalformed");
  const time = request.headers.get("x-amz-date") ?? basicTime(new Date(request.headers.get("date") ?? ""));
  const signedAt = parseBasicTime(time);
  if (signedAt === undefined || !time.startsWith(scope.date)) {
    throw new S3Error("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  }
  if (Math.abs(signedAt.getTime() - now.getTime()) > CLOCK_TOLERANCE_MS) {
    throw new S3Error(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      { RequestTime: time, ServerTime: now.toISOString(), MaxAllowedSkewMilliseconds: String(CLOCK_TOLERANCE_MS) },
    );
  }
  const payloadHash = request.headers.get("x-amz-content-sha256");
  if (payloadHash === undefined) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  }
  return verify({ request, account, scope, time, signedHeaders, signature, payloadHash, query: request.query });
}

function authenticateQuery(request: S3Request, account: Account, now: Date): Authentication {
  const parameter = (name: string): string => {
    const value = queryValue(request, name);
    if (value === undefined) {
      throw new S3Error(
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
      );
    }
    return value;
  };
  if (parameter("X-Amz-Algorithm") !== ALGORITHM) {
    throw new S3Error("AuthorizationQueryParametersError", `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const scope = parseCredential(parameter("X-Amz-Credential"));
  if (scope === undefined) {
    throw new S3Error("AuthorizationQueryParametersError", "Error parsing the X-Amz-Credential parameter");
  }
  const time = parameter("X-Amz-Date");
  const signedAt = parseBasicTime(time);
  if (signedAt === undefined || !time.startsWith(scope.date)) {
    throw new S3Error("AuthorizationQueryParametersError", "X-Amz-Date must be in the ISO8601 Long Format");
  }
  const expires = Number(parameter("X-Amz-Expires"));
  if (!Number.isInteger(expires) || expires < 0 || expires > MAX_EXPIRES_SECONDS) {
    throw new S3Error(
      "AuthorizationQueryParametersError",
      "X-Amz-Expires must be a number of seconds between 0 and 604800",
    );
  }
  checkScope(scope, account, "AuthorizationQueryParametersError");
  const authentication = verify({
    request,
    account,
    scope,
    time,
    signedHeaders: parameter("X-Amz-SignedHeaders"),
    signature: parameter("X-Amz-Signature"),
    payloadHash:
      queryValue(request, "X-Amz-Content-Sha256") ?? request.headers.get("x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD",
    query: request.query.filter(([name]) => name !== "X-Amz-Signature"),
  });
  if (signedAt.getTime() - now.getTime() > CLOCK_TOLERANCE_MS) {
    throw new S3Error("AccessDenied", "Request is not yet valid");
  }
  const expiresAt = new Date(signedAt.getTime() + expires * 1000);
  if (now >= expiresAt) {
    throw new S3Error("AccessDenied", "Request has expired", {
      "X-Amz-Expires": String(expires),
      Expires: expiresAt.toISOString(),
      ServerTime: now.toISOString(),
    });
  }
  return authentication;
}

interface SignatureToVerify {
  request: S3Request;
  account: Account;
  scope: CredentialScope;
  time: string;
  signedHeaders: string;
  signature: string;
  payloadHash: string;
  query: [string, string][];
}

function verify(given: SignatureToVerify): Authentication {
  const { request, account, scope, time, payloadHash } = given;
  const signedNames = new Set(given.signedHeaders.split(";"));
  // The headers that came over the wire: `request.headers` has the hoisted query parameters too.
  const received = new Map(
    Object.entries(request.http.headersDistinct).map(([name, values]) => [name, (values ?? []).join(",")]),
  );
  const unsigned = [...received.keys()].filter((name) => mustBeSigned(name) && !signedNames.has(name));
  if (unsigned.length > 0) {
    throw new S3Error("AccessDenied", "There were headers present in the request which were not signed", {
      HeadersNotSigned: unsigned.join(", "),
    });
  }
  const headers = [...signedNames].map((name): [string, string] => [name, received.get(name) ?? ""]);
  const signingKey = deriveSigningKey(account.credentials.secretAccessKey, scope);
  const { method, path } = request;
  const stringToSign = requestStringToSign({ method, path, query: given.query, headers, payloadHash }, time, scope);
  const expected = sign(signingKey, stringToSign);
  if (!signaturesEqual(expected, given.signature)) throw signatureMismatch(stringToSign, given.signature);
  return { payloadHash, chunkSigning: { signingKey, scope: scopePath(scope), time, seedSignature: expected } };
}

function mustBeSigned(header: string): boolean {
  return header === "host" || (header.startsWith("x-amz-") && header !== "x-amz-content-sha256");
}

/** Throws when a credential is not this account's: another key, region or service. */
export function checkScope(
  scope: CredentialScope,
  account: Account,
  code: "AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError" | "InvalidArgument",
): void {
  if (!signaturesEqual(account.credentials.accessKeyId, scope.accessKeyId)) {
    throw new S3Error("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", {
      AWSAccessKeyId: scope.accessKeyId,
    });
  }
  if (scope.region !== account.region) {
    throw new S3Error(code, `The region '${scope.region}' is wrong; expecting '${account.region}'`, {
      Region: account.region,
    });
  }
  if (scope.service !== "s3")
    throw new S3Error(code, `incorrect service "${scope.service}". This endpoint belongs to "s3".`);
}

/** S3's answer to a wrong signature; it tells what should have been signed, which is no secret. */
export function signatureMismatch(stringToSign: string, signature: string): S3Error {
  return new S3Error(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    { StringToSign: stringToSign, SignatureProvided: signature },
  );
}

function parseBasicTime(time: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function basicTime(date: Date): string {
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(/[-:]|\.\d{3}/g, "");
}
