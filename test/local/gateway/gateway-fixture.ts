import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import type { HttpApiEvent } from "../../../local/gateway/event.ts";
import { httpApi } from "../../../local/gateway/http-api.ts";
import { type GatewayServer, listen } from "../../../local/gateway/server.ts";
import type { InvokeResult } from "../../../local/lambda/invocation.ts";
import type { HttpApiSpec, RouteSpec } from "../../../local/template/deployment.ts";

export interface TestGateway {
  url: string;
  access: string[];
  errors: string[];
  close(): Promise<void>;
}

/** A gateway on a free port whose functions are `invoke`. */
export async function startGateway(
  api: Partial<HttpApiSpec>,
  invoke: (event: HttpApiEvent, functionName: string) => Promise<InvokeResult>,
): Promise<TestGateway> {
  const access: string[] = [];
  const errors: string[] = [];
  const onError = (message: string) => void errors.push(message);
  const server: GatewayServer = await listen({ port: 0, onAccess: (line) => void access.push(line), onError });
  const spec: HttpApiSpec = {
    id: "api1",
    stage: "$default",
    routes: [],
    cors: undefined,
    throttling: undefined,
    ...api,
  };
  server.mount([httpApi(spec, { invoke: (name, event) => invoke(event, name), onError })]);
  return { url: `http://127.0.0.1:${server.port}`, access, errors, close: () => server.close(1000) };
}

export function route(routeKey: string, more: Partial<RouteSpec> = {}): RouteSpec {
  return { routeKey, functionName: routeKey, timeoutMs: 30_000, authorizer: undefined, ...more };
}

export function success(payload: unknown): InvokeResult {
  return { outcome: "success", requestId: "r1", payload };
}

/** Answers with the event itself, so that a test can look at it. */
export async function echo(event: HttpApiEvent, functionName: string): Promise<InvokeResult> {
  return success({ functionName, event });
}

/** A claim that is undefined is left out of the token. */
type Claims = { [Name in keyof JWTPayload]: JWTPayload[Name] | undefined };

export interface TestIssuer {
  url: string;
  sign(claims: Claims, options?: { kid?: string; expires?: string }): Promise<string>;
  publicKeyPem: string;
  requests: string[];
  close(): Promise<void>;
}

/** An OIDC issuer with one key, elsewhere on this machine. */
export async function startIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256", use: "sig" };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const isKeys = request.url === "/jwks.json";
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks.json` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    requests,
    publicKeyPem: JSON.stringify(jwk),
    sign: (claims, { kid = "k1", expires = "1h" } = {}) =>
      new SignJWT(JSON.parse(JSON.stringify({ iss: url, aud: "quantibi", sub: "u1", ...claims })))
        .setProtectedHeader({ alg: "RS256", kid })
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
