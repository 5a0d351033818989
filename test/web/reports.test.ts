import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyContent, moveChart, parseContent, reportBody, toggleChart } from "../../web/src/reports/content.ts";
import { repetitionText } from "../../web/src/reports/repetition-text.ts";
import { stateText, stepsOf } from "../../web/src/reports/report-state.ts";

const [a, b, c] = [..."abc"].map((id) => ({ id, title: id.toUpperCase() }));
assert.ok(a && b && c);

test("charts are chosen in order, moved, and taken out again", () => {
  const chosen = [a, b, c].reduce(toggleChart, emptyContent);
  const ids = (content: typeof chosen) => content.charts.map(({ id }) => id).join("");
  assert.equal(ids(chosen), "abc");
  assert.equal(ids(moveChart(chosen, 2, 0)), "cab");
  assert.equal(ids(moveChart(chosen, 0, -1)), "abc");
  assert.equal(ids(moveChart(chosen, 2, 3)), "abc");
  assert.equal(ids(toggleChart(chosen, b)), "ac");
});

test("a report is asked for without instructions where there are none", () => {
  const content = { title: " Sales ", instructions: " ", charts: [b, a] };
  assert.deepEqual(reportBody(content), { title: "Sales", chartIds: ["b", "a"] });
  assert.equal(reportBody({ ...content, instructions: "Be brief" }).instructions, "Be brief");
});

test("a stored draft counts only when it is one", () => {
  const draft = { title: "T", instructions: "", charts: [a] };
  assert.deepEqual(parseContent(JSON.stringify(draft)), draft);
  for (const stored of [undefined, "{", "{}", '{"title":1}']) assert.deepEqual(parseContent(stored), emptyContent);
});

test("a repetition reads as people say it", () => {
  const at = { hour: 8, timeZone: "America/New_York" };
  assert.equal(repetitionText({ every: "day", ...at }), "Every day at 08:00, America/New York");
  assert.equal(repetitionText({ every: "week", weekday: "monday", ...at }), "Every Monday at 08:00, America/New York");
  assert.match(repetitionText({ every: "month", day: 15, ...at }), /^On day 15 of each month at/);
  assert.match(repetitionText({ every: "month", day: "last", ...at }), /^On the last day of each month at/);
});

test("the progress of a report is told by its sections, its summary and its document", () => {
  const charts = [a, b].map((chart, index) => ({ ...chart, done: index === 1 }));
  const running = { status: "running" as const, charts, pageCount: null, progress: { done: 1, total: 4 } };
  const states = (report: Parameters<typeof stepsOf>[0]) => stepsOf(report).map(({ state }) => state);
  assert.equal(stateText(running), "Section 2 of 2");
  assert.deepEqual(states(running), ["current", "done", "ahead", "ahead"]);
  const done = charts.map((chart) => ({ ...chart, done: true }));
  const written = { ...running, charts: done, progress: { done: 2, total: 4 } };
  assert.equal(stateText(written), "Writing the summary");
  assert.deepEqual(states(written), ["done", "done", "current", "ahead"]);
  assert.equal(stateText({ ...written, progress: { done: 3, total: 4 } }), "Printing");
  const queued = { ...running, status: "queued" as const, progress: { done: 0, total: 4 } };
  assert.equal(stateText(queued), "Waiting for its turn");
  assert.equal(stateText({ ...written, status: "completed", pageCount: 1 }), "1 page");
});
