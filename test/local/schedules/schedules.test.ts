import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "../../../local/schedules/clock.ts";
import { startSchedules } from "../../../local/schedules/index.ts";
import type { ScheduleSpec } from "../../../local/template/deployment.ts";
import { eventually } from "../eventually.ts";

/** A clock that is moved by hand. */
function clockAt(start: string): Clock & { moveTo(time: string): Promise<void> } {
  let now = Date.parse(start);
  const waiting = new Set<{ time: Date; resolve: () => void }>();
  return {
    now: () => new Date(now),
    waitUntil: (time, signal) =>
      new Promise((resolve, reject) => {
        const waiter = { time, resolve };
        waiting.add(waiter);
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
    async moveTo(time) {
      await eventually(() => assert.ok(waiting.size > 0));
      now = Date.parse(time);
      for (const waiter of [...waiting].filter((candidate) => candidate.time.getTime() <= now)) {
        waiting.delete(waiter);
        waiter.resolve();
      }
    },
  };
}

const rule: ScheduleSpec = {
  name: "nightly",
  arn: "arn:aws:events:eu-west-1:000000000000:rule/nightly",
  expression: "cron(0 3 * * ? *)",
  functionName: "sweep",
  input: undefined,
};

function play(schedule: ScheduleSpec, clock: Clock, invoke?: () => void) {
  const events: { functionName: string; event: unknown }[] = [];
  const errors: string[] = [];
  const schedules = startSchedules({
    schedules: [schedule],
    region: "eu-west-1",
    accountId: "000000000000",
    invokeAsynchronously(functionName, event) {
      events.push({ functionName, event });
      invoke?.();
    },
    log: ({ message }) => errors.push(message),
    clock,
  });
  return { events, errors, schedules };
}

for (const [what, arn, source, detail] of [
  ["a rule", rule.arn, "aws.events", {}],
  ["a schedule", "arn:aws:scheduler:eu-west-1:000000000000:schedule/default/nightly", "aws.scheduler", "{}"],
]) {
  test(`a function gets the scheduled event of ${what} at every due time`, async () => {
    const clock = clockAt("2026-01-01T00:00:00Z");
    const { events, schedules } = play({ ...rule, arn: String(arn) }, clock);
    await clock.moveTo("2026-01-01T02:59:59Z");
    assert.equal(events.length, 0);
    await clock.moveTo("2026-01-01T03:00:00Z");
    await eventually(() => assert.equal(events.length, 1));
    const { id, ...event } = Object(events[0]?.event);
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(event, {
      version: "0",
      "detail-type": "Scheduled Event",
      source,
      account: "000000000000",
      time: "2026-01-01T03:00:00Z",
      region: "eu-west-1",
      resources: [arn],
      detail,
    });
    await clock.moveTo("2026-01-02T03:00:00Z");
    await eventually(() => assert.equal(events.length, 2));
    await schedules.close();
  });
}

test("a function gets the schedule's own input instead, if there is one", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z");
  const { events, schedules } = play({ ...rule, input: { job: "sweep" } }, clock);
  await clock.moveTo("2026-01-01T03:00:00Z");
  await eventually(() => assert.deepEqual(events, [{ functionName: "sweep", event: { job: "sweep" } }]));
  await schedules.close();
});

test("what was due several times while the machine slept runs once", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z");
  const { events, schedules } = play({ ...rule, expression: "rate(5 minutes)" }, clock);
  await clock.moveTo("2026-01-01T08:02:00Z");
  await eventually(() => assert.equal(events.length, 1));
  await clock.moveTo("2026-01-01T08:06:59Z");
  assert.equal(events.length, 1);
  await clock.moveTo("2026-01-01T08:07:00Z");
  await eventually(() => assert.equal(events.length, 2));
  await schedules.close();
});

test("a function that cannot be invoked is logged, and does not end the schedule", async () => {
  const clock = clockAt("2026-01-01T00:00:00Z");
  const { events, errors, schedules } = play(rule, clock, () => {
    throw new Error("there is no such function");
  });
  await clock.moveTo("2026-01-01T03:00:00Z");
  await eventually(() => assert.match(errors[0] ?? "", /nightly did not run: .*no such function/));
  await clock.moveTo("2026-01-02T03:00:00Z");
  await eventually(() => assert.equal(events.length, 2));
  await schedules.close();
});
