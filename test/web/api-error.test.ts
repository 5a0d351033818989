import assert from "node:assert/strict";
import { test } from "node:test";
import { apiErrorFrom } from "../../web/src/api/api-error.ts";

const problem = (more: object) =>
  JSON.stringify({ type: "about:blank", title: "Title", status: 422, detail: "Detail", requestId: "r-1", ...more });

test("a problem is known by the end of its type, with its suggestions and request id", () => {
  const body = problem({ type: "https://example.com/problems/unanswerable", suggestions: ["Total by product"] });
  const error = apiErrorFrom(422, body);
  assert.equal(error.kind, "unanswerable");
  assert.equal(error.message, "Detail");
  assert.deepEqual(error.suggestions, ["Total by product"]);
  assert.equal(error.requestId, "r-1");
  assert.equal(error.isTransient, false);
});

test("a problem without a known type is known by its status", () => {
  assert.equal(apiErrorFrom(404, problem({ status: 404 })).kind, "not-found");
  assert.equal(apiErrorFrom(403, problem({ status: 403 })).kind, "refused");
  assert.equal(apiErrorFrom(429, problem({ status: 429 })).isTransient, true);
});

test("the first of several faults in the input is named", () => {
  const errors = [{ path: "name", message: "is too long" }];
  assert.equal(apiErrorFrom(400, problem({ status: 400, errors })).message, "Detail (name: is too long)");
  assert.equal(
    apiErrorFrom(400, problem({ status: 400, detail: "name is too long", errors })).message,
    "name is too long",
  );
});

test("a gateway's own answer is read too", () => {
  const unauthorized = apiErrorFrom(401, '{"message":"Unauthorized"}');
  assert.equal(unauthorized.kind, "unauthorized");
  assert.equal(unauthorized.message, "Unauthorized");
});

test("whatever else answers still makes a sentence", () => {
  const error = apiErrorFrom(502, "<html>Bad gateway</html>");
  assert.equal(error.kind, "server");
  assert.equal(error.message, "Something went wrong on our side.");
  assert.equal(error.isTransient, true);
  assert.equal(apiErrorFrom(504, "").message, "The service took too long to answer.");
  assert.match(apiErrorFrom(418, "null").message, /418/);
});
