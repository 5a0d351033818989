import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { SignJWT } from "jose";
import { z } from "zod";
import { type Incoming, type Part, readBody } from "../gateway/incoming.ts";
import { ProblemError } from "../gateway/problem.ts";
import type { SigningKey } from "./keys.ts";

/** Where the issuer lives on the gateway's port. */
export const issuerPath = "/local";

const lifetimeSeconds = 8 * 60 * 60;
const maxBodyBytes = 10 * 1024;

const tokenRequest = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  name: z.string().trim().min(1).max(200).optional(),
});

export interface IssuerOptions {
  /** The issuer's URL, for example `http://localhost:3000/local`: `iss` of every token. */
  url: string;
  audience: string;
  key: SigningKey;
}

/**
 * An OpenID Connect issuer for this machine: discovery, JWKS, and `POST /local/token {email, name?}`, which signs in
 * whoever asks. Tokens live for 8 hours; a person's `sub` follows from the email.
 */
export function issuer(options: IssuerOptions): Part {
  const endpoints: Record<string, { method: string; handle: (incoming: Incoming) => Promise<object> }> = {
    "/.well-known/openid-configuration": { method: "GET", handle: async () => discoveryDocument(options.url) },
    "/jwks.json": { method: "GET", handle: async () => ({ keys: [options.key.publicJwk] }) },
    "/token": { method: "POST", handle: (incoming) => mintToken(options, incoming) },
  };

  return {
    claims: ({ path }) => path === issuerPath || path.startsWith(`${issuerPath}/`),
    async handle(incoming, response) {
      const endpoint = endpoints[incoming.path.slice(issuerPath.length)];
      if (endpoint === undefined) throw new ProblemError({ status: 404, detail: `There is no ${incoming.path} here.` });
      const { method } = incoming;
      if (method !== endpoint.method && !(method === "HEAD" && endpoint.method === "GET")) {
        const headers = { allow: endpoint.method };
        throw new ProblemError({ status: 405, detail: `Use ${endpoint.method}, not ${method}.`, headers });
      }
      sendJson(response, await endpoint.handle(incoming));
    },
  };
}

function discoveryDocument(url: string): object {
  return {
    issuer: url,
    jwks_uri: `${url}/jwks.json`,
    token_endpoint: `${url}/token`,
    response_types_supported: ["token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    claims_supported: ["sub", "email", "name", "aud", "iss", "iat", "exp"],
  };
}

async function mintToken({ url, audience, key }: IssuerOptions, { message }: Incoming): Promise<object> {
  // A form on a foreign page can post to localhost, but not with this type, unless a preflight allows it; none does.
  if (!/^application\/json *(;|$)/i.test(message.headers["content-type"] ?? "")) {
    throw new ProblemError({ status: 415, detail: "Send application/json." });
  }
  const { email, name } = readTokenRequest(await readBody(message, maxBodyBytes));
  const accessToken = await new SignJWT({ email, name: name ?? nameFrom(email), token_use: "access" })
    .setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT" })
    .setIssuer(url)
    .setAudience(audience)
    .setSubject(subjectOf(email))
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds} s`)
    .sign(key.privateKey);
  return { accessToken, expiresIn: lifetimeSeconds, tokenType: "Bearer" };
}

function readTokenRequest(body: Buffer): z.infer<typeof tokenRequest> {
  const parsed = tokenRequest.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new ProblemError({ status: 400, detail: "The body is not {email, name?}.", errors }, { cause: parsed.error });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new ProblemError({ status: 400, detail: "The body is not JSON." }, { cause });
  }
}

/** "ada.lovelace@example.org" is Ada Lovelace until she says otherwise. */
function nameFrom(email: string): string {
  const words = email
    .replace(/@.*$/, "")
    .split(/[._+-]+/)
    .filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
  return name === "" ? email : name;
}

function subjectOf(email: string): string {
  return `local-${createHash("sha256").update(email).digest("hex").slice(0, 32)}`;
}

function sendJson(response: ServerResponse, document: object): void {
  const body = JSON.stringify(document);
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
