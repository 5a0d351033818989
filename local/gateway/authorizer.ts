import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { RouteSpec } from "../template/deployment.ts";
import type { JwtContext } from "./event.ts";
import { ProblemError } from "./problem.ts";

/** Checks the `Authorization` header of a request to a protected route; throws a 401 {@link ProblemError}. */
export type JwtAuthorizer = (authorization: string | undefined, rule: AuthorizerRule) => Promise<JwtContext>;

export type AuthorizerRule = NonNullable<RouteSpec["authorizer"]>;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** API Gateway keeps an issuer's keys for two hours. */
const cacheMaxAge = 2 * 60 * 60 * 1000;

/**
 * API Gateway's JWT authorizer: RSA signatures only, by a key of the issuer's JWKS with the token's `kid`; `iss`, `aud` (or
 * `client_id` where there is no `aud`), `exp`, `nbf` and `iat`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function jwtAuthorizer(): JwtAuthorizer {
  const keySets = new Map<string, Promise<KeySet>>();

  async function keySetOf(issuer: string): Promise<KeySet> {
    const known = keySets.get(issuer);
    if (known !== undefined) return await known;
    const fresh = discover(issuer);
    keySets.set(issuer, fresh);
    // An issuer that was unreachable is asked again by the next request.
    fresh.catch(() => keySets.delete(issuer));
    return await fresh;
  }

  return async (authorization, rule) => {
    const token = authorization?.replace(/^Bearer +/i, "").trim();
    if (!token) throw unauthorized("A bearer token is needed.", "Bearer");
    try {
      const keys = await keySetOf(rule.issuer);
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: rule.issuer,
        algorithms: ["RS256", "RS384", "RS512"],
        requiredClaims: ["exp"],
      });
      if (protectedHeader.kid === undefined) throw invalidToken("the token has no key id");
      checkClaims(payload, rule);
      return { claims: claimsAsStrings(payload), scopes: null };
    } catch (error) {
      throw error instanceof ProblemError ? error : invalidToken(reason(error), error);
    }
  };
}

async function discover(issuer: string): Promise<KeySet> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const { jwks_uri } = discovery.parse(await response.json());
  return createRemoteJWKSet(new URL(jwks_uri), { cacheMaxAge });
}

function checkClaims(payload: JWTPayload, rule: AuthorizerRule): void {
  const { aud, client_id: clientId, iat } = payload;
  const audiences = aud ?? (typeof clientId === "string" ? clientId : []);
  if (![audiences].flat().some((audience) => rule.audience.includes(audience))) {
    throw invalidToken("the token does not have a valid audience");
  }
  if (iat !== undefined && iat > Date.now() / 1000 + 1) throw invalidToken("the token was issued in the future");
}

/** Lists come as `[a b]` and objects as `map[key:value]`: API Gateway prints claims as Go does. */
function claimsAsStrings(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([name, inner]) => `${name}:${claimText(inner)}`);
  return `map[${entries.join(" ")}]`;
}

/** The texts are those that API Gateway puts in `www-authenticate`. */
function reason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === "nbf" ? "the token is not valid yet" : `the token does not have a valid ${error.claim}`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return "signature validation failed";
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return "unsupported signing algorithm";
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return "the token is malformed";
  return "OIDC discovery endpoint communication error";
}

function invalidToken(description: string, cause?: unknown): ProblemError {
  const challenge = `Bearer scope="" error="invalid_token" error_description="${description}"`;
  return unauthorized(`The bearer token was refused: ${description}.`, challenge, cause);
}

function unauthorized(detail: string, challenge: string, cause?: unknown): ProblemError {
  const headers = { "www-authenticate": challenge };
  return new ProblemError({ status: 401, message: "Unauthorized", detail, headers }, { cause });
}
