import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { LoadedTable } from "./loaded-table.ts";

suite("what a chart says of itself", () => {
  let folder: string;
  let plants: LoadedTable;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "quantibi-described-"));
    const file = join(folder, "plants.csv");
    const rows = Array.from({ length: 40 }, (_, at) => {
      const day = new Date(Date.UTC(2023, 0, 1 + at * 11)).toISOString().slice(0, 10);
      return [
        day,
        ["North", "South", "East", ""][at % 4],
        100 + ((at * 37) % 90),
        20 - ((at * 13) % 35),
        (at * 7) % 50,
      ];
    });
    await writeFile(file, [["day", "region", "output", "temperature", "alarms"], ...rows].join("\n"));
    plants = await LoadedTable.load(file, "plants.csv");
  });
  after(async () => {
    await plants.remove();
    await rm(folder, { recursive: true });
  });

  const planned = (question: string) => planOffline({ question, type: undefined, tables: [plants.plannable] });

  test("is all rows only where it is", () => {
    assert.match(planned("total output").explanation, /over all rows/);
    assert.doesNotMatch(planned("total output in 2023").explanation, /over all rows/);
  });

  test("is of groups that there are", () => {
    assert.match(planned("total output by region").explanation, /rows without `region` are a group/);
    assert.doesNotMatch(planned("total output by region, only North and South").explanation, /are a group/);
  });

  test("names rows as such rather than each of their columns", () => {
    assert.match(planned("rows where temperature is below 0").title, /^Rows where temperature/);
  });

  test("tells what the size of bubbles is", () => {
    const { type, explanation } = planned("bubble chart of output, temperature and alarms");
    assert.equal(type, "bubble");
    assert.match(explanation, /its size the `alarms`/);
  });
});
