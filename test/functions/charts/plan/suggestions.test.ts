import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { suggestQuestions } from "../../../../functions/charts/plan/offline/suggest/suggest.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

/** Rows of a shop whose figures are written as people write them: with units, signs and numbers of things. */
function bakery(): string[] {
  const lines = [
    "Receipt #,Sold on,Till opened,Shop,Cake,Ingredients (EUR),Takings (EUR),Price/piece,Wait (min),Prev reading,Curr reading",
  ];
  for (let row = 0; row < 300; row++) {
    const day = new Date(Date.UTC(2023, 0, 1 + row * 2)).toISOString().slice(0, 10);
    const opened = new Date(Date.UTC(2022, 5, 1 + row)).toISOString().slice(0, 10);
    const shop = ["Mill Lane", "Harbour", "Old Town", "Station"][(row % 7) % 4];
    const cake = `${["Apple", "Plum", "Cherry"][row % 3]} ${["tart", "crumble", "pie", "roll"][(row * 5) % 4]}`;
    lines.push(
      `${7000 + row * 3},${day},${opened},${shop},${cake},${((row * 13) % 40) + 0.5},${((row * 37) % 200) + 20},${(row % 9) + 1.2},${(row * 11) % 25},${50_000 + row * 90},${50_090 + row * 90}`,
    );
  }
  return lines;
}

suite("questions that are suggested", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "suggestions-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function suggested(file: string, label: string) {
    const table = await LoadedTable.load(file, label);
    try {
      const suggestions = suggestQuestions(table.plannable);
      const plans = suggestions.map((question) =>
        planOffline({ question, type: undefined, tables: [table.plannable] }),
      );
      return { suggestions, plans };
    } finally {
      await table.remove();
    }
  }

  test("are of the money taken rather than spent, by what owners group by, and in words that people use", async () => {
    const file = join(folder, "bakery.csv");
    await writeFile(file, `${bakery().join("\n")}\n`);
    const { suggestions } = await suggested(file, "bakery");
    assert.deepEqual(suggestions, [
      "Takings by shop",
      "Takings by month",
      "Top 5 cakes by takings",
      "Average wait by cake",
      "Share of takings by shop",
      "Distribution of Price/piece",
    ]);
  });

  test("say the short words of headers in full", async () => {
    const { suggestions } = await suggested(join(fixtures, "gifts.csv"), "gifts");
    assert.ok(suggestions.includes("Amount by campaign"), suggestions.join("; "));
  });

  test("count the rows, by the name that the table gives them, where nothing adds up", async () => {
    const { suggestions } = await suggested(join(fixtures, "shipments.csv"), "shipments_2023 (2)");
    assert.deepEqual(suggestions.slice(0, 3), [
      "Number of shipments by carrier",
      "Number of shipments by month",
      "Top 5 customers by number of shipments",
    ]);
  });

  for (const name of [
    "charters",
    "club",
    "invoices",
    "matches",
    "movies",
    "orders",
    "pupils",
    "rents",
    "staff",
    "works",
  ])
    test(`on ${name} leave no doubt and are each another question`, async () => {
      const { suggestions, plans } = await suggested(join(fixtures, `${name}.csv`), name);
      assert.ok(suggestions.length >= 4 && suggestions.length <= 6, suggestions.join("; "));
      assert.deepEqual(
        plans.flatMap(({ doubts }) => doubts),
        [],
      );
      assert.equal(new Set(plans.map(({ sql, type }) => sql + type)).size, plans.length);
    });
});
