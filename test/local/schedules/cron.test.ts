import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseScheduleExpression } from "../../../local/schedules/expression.ts";

/** The next three times after the given one. */
function following(expression: string, after: string): string[] {
  const cron = parseScheduleExpression(expression);
  const times: string[] = [];
  for (let time = cron.next(new Date(after)); time !== undefined && times.length < 3; time = cron.next(time)) {
    times.push(time.toISOString().replace(":00.000Z", ""));
  }
  return times;
}

describe("a schedule expression", () => {
  for (const [expression, after, expected] of [
    [
      "rate(1 minute)",
      "2026-01-01T00:00:30Z",
      ["2026-01-01T00:01:30.000Z", "2026-01-01T00:02:30.000Z", "2026-01-01T00:03:30.000Z"],
    ],
    ["rate(12 hours)", "2026-01-01T01:00:00Z", ["2026-01-01T13:00", "2026-01-02T01:00", "2026-01-02T13:00"]],
    ["rate(7 days)", "2026-01-01T01:00:00Z", ["2026-01-08T01:00", "2026-01-15T01:00", "2026-01-22T01:00"]],
    ["cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", ["2026-01-02T10:00", "2026-01-03T10:00", "2026-01-04T10:00"]],
    ["cron(0/15 * * * ? *)", "2026-01-01T23:40:10Z", ["2026-01-01T23:45", "2026-01-02T00:00", "2026-01-02T00:15"]],
    ["cron(5,35 8-9 * * ? *)", "2026-01-01T08:10:00Z", ["2026-01-01T08:35", "2026-01-01T09:05", "2026-01-01T09:35"]],
    ["cron(0 18 ? * MON-FRI *)", "2026-01-02T18:00:00Z", ["2026-01-05T18:00", "2026-01-06T18:00", "2026-01-07T18:00"]],
    ["cron(0 0 ? * 1 *)", "2026-01-01T00:00:00Z", ["2026-01-04T00:00", "2026-01-11T00:00", "2026-01-18T00:00"]],
    ["cron(0 8 1 * ? *)", "2026-11-30T00:00:00Z", ["2026-12-01T08:00", "2027-01-01T08:00", "2027-02-01T08:00"]],
    ["cron(0 0 31 * ? *)", "2026-01-31T00:00:00Z", ["2026-03-31T00:00", "2026-05-31T00:00", "2026-07-31T00:00"]],
    ["cron(0 0 L * ? *)", "2028-01-31T12:00:00Z", ["2028-02-29T00:00", "2028-03-31T00:00", "2028-04-30T00:00"]],
    // 1 February 2026 is a Sunday, 15 March too, 31 May too; 1 August is a Saturday.
    ["cron(0 0 1W 2,8 ? 2026)", "2026-01-01T00:00:00Z", ["2026-02-02T00:00", "2026-08-03T00:00"]],
    ["cron(0 0 15W 3 ? 2026)", "2026-01-01T00:00:00Z", ["2026-03-16T00:00"]],
    ["cron(0 0 LW 5 ? *)", "2026-01-01T00:00:00Z", ["2026-05-29T00:00", "2027-05-31T00:00", "2028-05-31T00:00"]],
    ["cron(0 0 ? * 6L *)", "2026-01-01T00:00:00Z", ["2026-01-30T00:00", "2026-02-27T00:00", "2026-03-27T00:00"]],
    ["cron(0 0 ? * TUE#3 *)", "2026-01-01T00:00:00Z", ["2026-01-20T00:00", "2026-02-17T00:00", "2026-03-17T00:00"]],
    ["cron(0 0 29 FEB ? *)", "2026-01-01T00:00:00Z", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]],
    ["cron(30 4 1 1 ? 2027/2)", "2026-01-01T00:00:00Z", ["2027-01-01T04:30", "2029-01-01T04:30", "2031-01-01T04:30"]],
    ["cron(0 0 1 1 ? 2025)", "2026-01-01T00:00:00Z", []],
    ["cron(0 0 30 2 ? *)", "2026-01-01T00:00:00Z", []],
  ] satisfies [string, string, string[]][]) {
    test(`${expression} is due ${expected[0] ?? "never"} after ${after}`, () => {
      assert.deepEqual(following(expression, after), expected);
    });
  }

  for (const [expression, problem] of [
    ["rate(1 minutes)", /must say minute/],
    ["rate(5 minute)", /must say minutes/],
    ["rate(0 days)", /is no schedule expression/],
    ["every minute", /is no schedule expression/],
    ["cron(0 10 * * ?)", /has 5 fields, not six/],
    ["cron(0 10 * * * *)", /must have \?/],
    ["cron(0 10 ? * ? *)", /must have \?/],
    ["cron(60 10 * * ? *)", /60 is not valid for the minutes/],
    ["cron(0 10-8 * * ? *)", /10-8 is not valid for the hours/],
    ["cron(0/0 10 * * ? *)", /0\/0 is not valid for the minutes/],
    ["cron(0 10 ? * SOMEDAY *)", /SOMEDAY is not valid for the day of week/],
    ["cron(0 10 ? * 2#6 *)", /is not valid for the day of week/],
    ["cron(0 10 32W * ? *)", /32 is not valid for the day of month/],
  ] satisfies [string, RegExp][]) {
    test(`${expression} is refused`, () => {
      assert.throws(() => parseScheduleExpression(expression), { name: "RangeError", message: problem });
    });
  }
});
