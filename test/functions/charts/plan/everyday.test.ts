import { join } from "node:path";
import { after, before, suite } from "node:test";
import { type Answer, testAnswers } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Driving lessons: when each was booked, and the times of day that it began and ended at. */
const aboutLessons: Answer[] = [
  ["how many lessons before 10am", `SELECT count(*) FROM data WHERE "Start" < '10:00'`, /goes by Start/],
  ["how many lessons start after 6pm", `SELECT count(*) FROM data WHERE "Start" >= '18:00'`],
  ["lessons ending after 8pm", `SELECT "Lesson No" FROM data WHERE "End" >= '20:00'`],
  ["lessons booked before 9am", `SELECT "Lesson No" FROM data WHERE hour("Booked at") < 9`],
  ["lessons in the morning", `SELECT "Lesson No" FROM data WHERE "Start" >= '06:00' AND "Start" < '12:00'`],
  ["fees by time of day", `SELECT hour("Start"), sum("Fee (£)") FROM data GROUP BY 1`],
  ["what is the busiest time of day", `SELECT hour("Start"), count(*) FROM data GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1`],
];

suite("what is asked every day", () => {
  let lessons: LoadedTable;
  before(async () => {
    lessons = await LoadedTable.load(join(fixtures, "lessons.csv"), "lessons");
  });
  after(() => lessons.remove());
  testAnswers(() => lessons, aboutLessons);
});
