import assert from "node:assert/strict";
import { test } from "node:test";
import type { Invoke } from "../../local/lambda/invocation.ts";
import { waitingInvoke } from "../../local/waiting-invoke.ts";

/** A function whose invocations last until they are ended. */
function slowFunction() {
  const running: (() => void)[] = [];
  let most = 0;
  const invoke: Invoke = async (_name, payload) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    running.push(resolve);
    most = Math.max(most, running.length);
    await promise;
    return { outcome: "success", requestId: "r", payload };
  };
  return { invoke, running, most: () => most };
}

test("invocations beyond the limit wait for their turn and are all served in order", async () => {
  const { invoke, running, most } = slowFunction();
  const waiting = waitingInvoke(invoke, 2, new Set());
  const order: unknown[] = [];
  const all = [1, 2, 3, 4, 5].map(async (payload) => {
    const result = await waiting("f", payload);
    if (result.outcome === "success") order.push(result.payload);
  });
  while (order.length < 5) {
    running.shift()?.();
    await new Promise(setImmediate);
  }
  await Promise.all(all);
  assert.deepEqual(order, [1, 2, 3, 4, 5]);
  assert.equal(most(), 2);
});

test("a failed invocation makes room too, and another function's do not count", async () => {
  const failing: Invoke = async () => {
    throw new Error("no such function");
  };
  const waiting = waitingInvoke(failing, 1, new Set());
  for (const name of ["f", "f", "g"]) await assert.rejects(waiting(name, 1), /no such function/);
});

test("a function with reserved concurrency is not held back", async () => {
  const { invoke, running } = slowFunction();
  const waiting = waitingInvoke(invoke, 1, new Set(["f"]));
  const both = [waiting("f", 1), waiting("f", 2)];
  assert.equal(running.length, 2);
  for (const end of running) end();
  await Promise.all(both);
});
