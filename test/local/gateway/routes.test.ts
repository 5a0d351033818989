import assert from "node:assert/strict";
import { test } from "node:test";
import { compileRoutes } from "../../../local/gateway/routes.ts";
import { route } from "./gateway-fixture.ts";

const table = compileRoutes(
  [
    "ANY /{proxy+}",
    "GET /pets/{proxy+}",
    "GET /pets/dog/{id}",
    "GET /pets/dog/1",
    "ANY /pets/dog/1",
    "GET /pets/{kind}/toys",
  ].map((routeKey) => route(routeKey)),
);

const matches: [method: string, path: string, routeKey: string, parameters?: Record<string, string>][] = [
  ["GET", "/pets/dog/1", "GET /pets/dog/1"],
  ["PUT", "/pets/dog/1", "ANY /pets/dog/1"],
  ["GET", "/pets/dog/2", "GET /pets/dog/{id}", { id: "2" }],
  ["GET", "/pets/dog/a%2Fb%20c", "GET /pets/dog/{id}", { id: "a/b c" }],
  ["GET", "/pets/cat/toys", "GET /pets/{kind}/toys", { kind: "cat" }],
  ["GET", "/pets/cat/1", "GET /pets/{proxy+}", { proxy: "cat/1" }],
  ["POST", "/test/5", "ANY /{proxy+}", { proxy: "test/5" }],
];

for (const [method, path, routeKey, parameters] of matches) {
  test(`${method} ${path} goes to ${routeKey}`, () => {
    const match = table.match(method, path);
    assert.equal(match?.route.routeKey, routeKey);
    assert.deepEqual(match?.pathParameters, parameters);
  });
}

test("a route without greedy parameter beats a greedy one with a longer literal prefix", () => {
  const both = compileRoutes([route("GET /a/b/{proxy+}"), route("GET /a/{x}/c")]);
  assert.equal(both.match("GET", "/a/b/c")?.route.routeKey, "GET /a/{x}/c");
});

test("a greedy parameter needs something to take, a parameter a segment", () => {
  const narrow = compileRoutes([route("ANY /api/{proxy+}"), route("GET /one/{id}")]);
  assert.equal(narrow.match("GET", "/api"), undefined);
  assert.equal(narrow.match("GET", "/api/"), undefined);
  assert.equal(narrow.match("GET", "/one/"), undefined);
  assert.equal(narrow.match("GET", "/one/a/b"), undefined);
});

test("$default takes what is left", () => {
  const withDefault = compileRoutes([route("GET /x"), route("$default")]);
  assert.equal(withDefault.match("POST", "/x")?.route.routeKey, "$default");
  assert.equal(withDefault.owns("/anything"), true);
});

test("the API owns the paths below its first segments and no others", () => {
  const api = compileRoutes([route("GET /api/me"), route("ANY /api/things/{proxy+}")]);
  assert.equal(api.owns("/api/nothing"), true);
  assert.equal(api.owns("/api"), true);
  assert.equal(api.owns("/apiary"), false);
  assert.equal(api.owns("/"), false);
});

test("what is no route key is refused", () => {
  assert.throws(() => compileRoutes([route("GET pets")]), /Not a route key/);
  assert.throws(() => compileRoutes([route("GET /{proxy+}/x")]), /must come last/);
});
