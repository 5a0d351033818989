import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { z } from "zod";
import { echo, route, startGateway, startIssuer, type TestGateway, type TestIssuer } from "./gateway-fixture.ts";

const echoed = z.object({
  event: z.object({
    requestContext: z.object({
      authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.string()), scopes: z.null() }) }),
    }),
  }),
});

suite("the JWT authorizer", () => {
  let issuer: TestIssuer;
  let gateway: TestGateway;
  before(async () => {
    issuer = await startIssuer();
    const authorizer = { issuer: issuer.url, audience: ["quantibi", "other"] };
    const unreachable = { issuer: "http://127.0.0.1:1/", audience: ["quantibi"] };
    const routes = [route("GET /api/me", { authorizer }), route("GET /api/lost", { authorizer: unreachable })];
    gateway = await startGateway({ routes }, echo);
  });
  after(async () => {
    await gateway.close();
    await issuer.close();
  });

  const me = (authorization?: string, path = "/api/me") =>
    fetch(gateway.url + path, authorization === undefined ? {} : { headers: { authorization } });

  async function assertRefused(token: string, reason: RegExp): Promise<void> {
    const response = await me(`Bearer ${token}`);
    assert.equal(response.status, 401);
    assert.match(response.headers.get("www-authenticate") ?? "", reason);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const body = await response.text();
    assert.match(body, /"message":"Unauthorized"/);
    assert.ok(!body.includes(token));
  }

  test("hands the claims of a good token on as strings", async () => {
    const token = await issuer.sign({ email: "a@b.c", email_verified: true, groups: ["x", "y"], age: 7 });
    const response = await me(`Bearer ${token}`);
    assert.equal(response.status, 200);
    const { claims } = echoed.parse(await response.json()).event.requestContext.authorizer.jwt;
    assert.equal(claims.email, "a@b.c");
    assert.equal(claims.email_verified, "true");
    assert.equal(claims.groups, "[x y]");
    assert.equal(claims.age, "7");
    assert.match(claims.exp ?? "", /^\d+$/);
  });

  test("takes a token without the word Bearer", async () => {
    assert.equal((await me(await issuer.sign({}))).status, 200);
  });

  test("takes client_id where there is no aud", async () => {
    assert.equal((await me(`Bearer ${await issuer.sign({ aud: undefined, client_id: "other" })}`)).status, 200);
  });

  test("asks the issuer for its keys once", async () => {
    for (let index = 0; index < 3; index += 1) await me(`Bearer ${await issuer.sign({})}`);
    assert.equal(issuer.requests.filter((path) => path === "/jwks.json").length, 1);
  });

  test("refuses a request without token", async () => {
    const response = await me();
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
  });

  test("refuses an expired token", async () => {
    await assertRefused(await issuer.sign({}, { expires: "-1 min" }), /the token has expired/);
  });

  test("refuses a token that is not valid yet", async () => {
    await assertRefused(await issuer.sign({ nbf: Math.floor(Date.now() / 1000) + 600 }), /not valid yet/);
  });

  test("refuses another audience, client_id or not", async () => {
    await assertRefused(await issuer.sign({ aud: "someone", client_id: "quantibi" }), /valid audience/);
    await assertRefused(await issuer.sign({ aud: undefined }), /valid audience/);
  });

  test("refuses another issuer", async () => {
    await assertRefused(await issuer.sign({ iss: "https://evil.example" }), /valid iss/);
  });

  test("refuses a key that is not the issuer's, under its key id or another", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    for (const kid of ["k1", "k2"]) {
      const token = await new SignJWT({ iss: issuer.url, aud: "quantibi" })
        .setProtectedHeader({ alg: "RS256", kid })
        .setExpirationTime("1h")
        .sign(privateKey);
      await assertRefused(token, /signature validation failed/);
    }
  });

  test("refuses alg none", async () => {
    const token = new UnsecuredJWT({ iss: issuer.url, aud: "quantibi" }).setExpirationTime("1h").encode();
    await assertRefused(token, /algorithm|malformed/);
  });

  test("refuses HS256 with the public key as the secret", async () => {
    const token = await new SignJWT({ iss: issuer.url, aud: "quantibi" })
      .setProtectedHeader({ alg: "HS256", kid: "k1" })
      .setExpirationTime("1h")
      .sign(Buffer.from(issuer.publicKeyPem));
    await assertRefused(token, /unsupported signing algorithm/);
  });

  test("refuses what is no token", async () => {
    await assertRefused("not-a-token", /malformed/);
  });

  test("refuses everything while the issuer cannot be reached", async () => {
    const response = await me(`Bearer ${await issuer.sign({})}`, "/api/lost");
    assert.equal(response.status, 401);
    assert.match(response.headers.get("www-authenticate") ?? "", /OIDC discovery endpoint communication error/);
  });
});
