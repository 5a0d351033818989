import assert from "node:assert/strict";
import { test } from "node:test";
import { invokeAsynchronously } from "../../../local/lambda/asynchronous.ts";
import type { FunctionLogLine, InvokeResult } from "../../../local/lambda/invocation.ts";
import { eventually } from "../eventually.ts";

const failure = { requestId: "r", error: { errorType: "Error", errorMessage: "no luck" } };
const success: InvokeResult = { outcome: "success", requestId: "r", payload: null };
const error: InvokeResult = { outcome: "error", ...failure };
const throttled: InvokeResult = { outcome: "throttled", ...failure };

/** Runs a function that gives these results one after the other, the last one for ever. */
function play(results: InvokeResult[], asynchronousRetries = 2, retryDelaysMs = [1, 1]) {
  const events: unknown[] = [];
  const lines: FunctionLogLine[] = [];
  const invocations = invokeAsynchronously({
    functions: [
      {
        name: "sweep",
        arn: "arn:aws:lambda:eu-west-1:000000000000:function:sweep",
        handler: "index.handler",
        codeDir: "/nowhere",
        layerDirs: [],
        environment: {},
        memoryMb: 128,
        timeoutSeconds: 3,
        ephemeralStorageMb: 512,
        reservedConcurrency: undefined,
        asynchronousRetries,
      },
    ],
    async invoke(_, event) {
      events.push(event);
      return results[events.length - 1] ?? results.at(-1) ?? success;
    },
    log: (line) => lines.push(line),
    retryDelaysMs,
    throttleDelayMs: 1,
  });
  return { events, lines, invocations };
}

test("an event is delivered again after an error, until it succeeds", async () => {
  const { events, lines, invocations } = play([error, success]);
  invocations.invoke("sweep", { a: 1 });
  await eventually(() => assert.deepEqual(events, [{ a: 1 }, { a: 1 }]));
  await invocations.close();
  assert.deepEqual(lines, []);
});

for (const retries of [0, 2]) {
  test(`an event is dropped after ${retries} retries, which the log tells`, async () => {
    const { events, lines, invocations } = play([error], retries);
    invocations.invoke("sweep", {});
    await eventually(() =>
      assert.match(lines[0]?.message ?? "", new RegExp(`dropped after ${retries + 1} attempts: no luck`)),
    );
    assert.equal(events.length, retries + 1);
    await invocations.close();
  });
}

test("throttling does not count as an attempt", async () => {
  const { events, lines, invocations } = play([throttled, throttled, throttled, throttled, success], 0);
  invocations.invoke("sweep", {});
  await eventually(() => assert.equal(events.length, 5));
  await invocations.close();
  assert.deepEqual(lines, []);
});

test("closing gives up what waits for a retry, and says so", async () => {
  const { events, lines, invocations } = play([error], 2, [60_000]);
  invocations.invoke("sweep", {});
  await eventually(() => assert.equal(events.length, 1));
  await invocations.close();
  assert.match(lines[0]?.message ?? "", /an event is dropped: /);
});

test("an event for a function that is not there is refused", async () => {
  const { invocations } = play([success]);
  assert.throws(() => invocations.invoke("other", {}), /There is no function named other/);
  await invocations.close();
});
