import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { z } from "zod";
import { type GatewayServer, listen } from "../../../local/gateway/server.ts";
import { issuer } from "../../../local/issuer/issuer.ts";
import { openSigningKey } from "../../../local/issuer/keys.ts";

const tokenAnswer = z.object({ accessToken: z.string(), expiresIn: z.literal(28_800), tokenType: z.literal("Bearer") });

suite("the local issuer", () => {
  let directory: string;
  let server: GatewayServer;
  let url: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "issuer-"));
    server = await listen({ port: 0, onAccess: () => undefined, onError: assert.fail });
    url = `http://localhost:${server.port}/local`;
    const key = await openSigningKey(join(directory, "key.json"));
    server.mount([issuer({ url, audience: "quantibi", key })]);
  });
  after(async () => {
    await server.close(1000);
    await rm(directory, { recursive: true });
  });

  const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
    fetch(`${url}/token`, { method: "POST", headers, body });

  async function claimsOf(body: object) {
    const response = await post(JSON.stringify(body));
    assert.equal(response.status, 200);
    const { accessToken } = tokenAnswer.parse(await response.json());
    const discovery = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
    const { issuer: iss, jwks_uri } = z.object({ issuer: z.literal(url), jwks_uri: z.url() }).parse(discovery);
    const keys = createRemoteJWKSet(new URL(jwks_uri));
    return (await jwtVerify(accessToken, keys, { issuer: iss, audience: "quantibi" })).payload;
  }

  test("signs in whoever asks, for eight hours, verifiably", async () => {
    const claims = await claimsOf({ email: "Ada.Lovelace@Example.org" });
    assert.equal(claims.email, "ada.lovelace@example.org");
    assert.equal(claims.name, "Ada Lovelace");
    assert.equal(claims.token_use, "access");
    assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 28_800);
  });

  test("gives one person one subject, and another another", async () => {
    const first = await claimsOf({ email: "a@example.org" });
    assert.equal((await claimsOf({ email: "A@example.org ", name: "A" })).sub, first.sub);
    assert.notEqual((await claimsOf({ email: "b@example.org" })).sub, first.sub);
  });

  test("works under another loopback name, still as the same issuer", async () => {
    const body = JSON.stringify({ email: "a@example.org" });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`http://127.0.0.1:${server.port}/local/token`, { method: "POST", headers, body });
    assert.equal(response.status, 200);
  });

  for (const body of ["", "{", "[]", "{}", '{"email":"nobody"}', '{"email":"a@b.co","name":""}']) {
    test(`refuses the body ${body || "(empty)"} with 400`, async () => {
      const response = await post(body);
      assert.equal(response.status, 400);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
    });
  }

  test("names the field that is wrong", async () => {
    const document = z.object({ errors: z.array(z.object({ path: z.string() })) });
    const { errors } = document.parse(await (await post('{"email":"nobody"}')).json());
    assert.deepEqual(
      errors.map(({ path }) => path),
      ["email"],
    );
  });

  test("refuses what a foreign page could post, and allows no preflight", async () => {
    assert.equal((await post('{"email":"a@b.co"}', { "content-type": "text/plain" })).status, 415);
    const origin = "https://evil.example";
    const preflight = await fetch(`${url}/token`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
    assert.equal(preflight.status, 405);
    assert.equal(preflight.headers.get("access-control-allow-origin"), null);
    const minted = await post('{"email":"a@b.co"}', { "content-type": "application/json", origin });
    assert.equal(minted.headers.get("access-control-allow-origin"), null);
  });

  test("refuses another method with 405 and a long body with 413", async () => {
    const get = await fetch(`${url}/token`);
    assert.equal(get.status, 405);
    assert.equal(get.headers.get("allow"), "POST");
    assert.equal((await post(JSON.stringify({ email: "a".repeat(11_000) }))).status, 413);
    assert.equal((await fetch(`${url}/nothing`)).status, 404);
  });

  test("keeps its key across restarts, for its owner only", async () => {
    const file = join(directory, "key.json");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await openSigningKey(file)).kid, (await openSigningKey(file)).kid);
  });

  test("says what to do about a broken key file", async () => {
    const file = join(directory, "broken.json");
    await writeFile(file, "{}");
    await assert.rejects(openSigningKey(file), { name: "CorruptKeyFile", message: /broken\.json .*delete it/ });
  });
});
