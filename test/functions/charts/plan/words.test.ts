import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { wordSimilarity } from "../../../../functions/charts/plan/offline/language/similarity.ts";
import { stem } from "../../../../functions/charts/plan/offline/language/stem.ts";
import { areSynonyms, isDegreeOf, isVerb } from "../../../../functions/charts/plan/offline/language/synonyms.ts";
import { distil } from "../../../../functions/charts/plan/offline/language/wordnet/distil.ts";
import { planOffline } from "../../../../functions/charts/plan/offline/plan-offline.ts";
import { Unanswerable } from "../../../../functions/shared/errors.ts";
import { asWanted } from "./answers.ts";
import { fixtures, LoadedTable } from "./loaded-table.ts";

const words = "../../../../functions/charts/plan/offline/language/wordnet/words.json";

/** Questions in other words than the columns', with SQL that gives the same rows. */
const answered = {
  visits: [
    ["which doctor has the most admissions", `SELECT physician, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`],
    ["readmissions by department", `SELECT department, count(*) FROM data WHERE readmitted GROUP BY 1`],
    ["how many patients over 60 were readmitted", `SELECT count(*) FROM data WHERE age > 60 AND readmitted`],
    ["average age of cardiology patients", `SELECT avg(age) FROM data WHERE department = 'Cardiology'`],
    ["total billing by insurance type", `SELECT insurance, sum(charges_usd) FROM data GROUP BY 1`],
    ["spending by insurer", `SELECT insurance, sum(charges_usd) FROM data GROUP BY 1`],
    [
      "which doctor treats the most patients",
      `SELECT physician, count(*) FROM data GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
    ],
  ],
  stock: [
    ["stock by warehouse", `SELECT whse, sum(qty_on_hand) FROM data GROUP BY 1`],
    ["how many pieces do we have in Lyon", `SELECT sum(qty_on_hand) FROM data WHERE whse = 'Lyon'`],
    ["average cost by vendor", `SELECT supplier, avg(unit_cost) FROM data GROUP BY 1`],
    ["unsold articles by warehouse", `SELECT whse, count(*) FROM data WHERE state != 'Sold' GROUP BY 1`],
    ["items over 20 kg", `SELECT sku FROM data WHERE weight_kg > 20`],
    ["items over 20000 grams", `SELECT sku FROM data WHERE weight_kg > 20`],
    ["items with a weight between 5000 and 15000 g", `SELECT sku FROM data WHERE weight_kg BETWEEN 5 AND 15`],
    ["products with a discount over 10%", `SELECT sku FROM data WHERE discount > 0.1`],
  ],
  matches: [
    ["average crowd per stadium", `SELECT venue, avg(attendance) FROM data GROUP BY 1`],
    ["how many times did City play away", `SELECT count(*) FROM data WHERE away_team = 'City'`],
    ["number of Albion games", `SELECT count(*) FROM data WHERE home_team = 'Albion' OR away_team = 'Albion'`],
  ],
  rentals: [
    ["average temperature by depot", `SELECT depot, avg(outside_temp_c) FROM data GROUP BY 1`],
    ["kwh by depot", `SELECT depot, sum(energy_kwh) FROM data GROUP BY 1`],
    ["canceled rentals by depot", `SELECT depot, count(*) FROM data WHERE "isCancelled" = 'Y' GROUP BY 1`],
    [
      "cancelation rate by device",
      `SELECT device, 100.0 * avg(CASE WHEN "isCancelled" = 'Y' THEN 1 ELSE 0 END) FROM data GROUP BY 1`,
    ],
    [
      "cancellation rate of mobile vs desktop",
      `SELECT device, 100.0 * avg(CASE WHEN "isCancelled" = 'Y' THEN 1 ELSE 0 END) FROM data GROUP BY 1`,
    ],
    [
      "lowest cancelling depot",
      `SELECT depot, 100.0 * avg(CASE WHEN "isCancelled" = 'Y' THEN 1 ELSE 0 END) FROM data GROUP BY 1 ORDER BY 2 LIMIT 1`,
    ],
    ["guys vs women", `SELECT renter_sex, count(*) FROM data GROUP BY 1`],
    ["number of rentals by ladies", `SELECT count(*) FROM data WHERE renter_sex = 'F'`],
    ["how many smartphone rentals", `SELECT count(*) FROM data WHERE device = 'mobile'`],
    ["how many rentals from britain", `SELECT count(*) FROM data WHERE country_code = 'GB'`],
    ["Germans vs French", `SELECT country_code, count(*) FROM data WHERE country_code IN ('DE', 'FR') GROUP BY 1`],
    ["how many have a global positioning system", `SELECT count(*) FROM data WHERE "Has GPS"`],
    ["travel costs by depot", `SELECT depot, sum(amount) FROM data WHERE cost_center = 'Travel' GROUP BY 1`],
    [
      "travel vs. rent spend",
      `SELECT cost_center, sum(amount) FROM data WHERE cost_center IN ('Travel', 'Rent') GROUP BY 1`,
    ],
    ["rentals with children by depot", `SELECT depot, count(*) FROM data WHERE "numChildren" > 0 GROUP BY 1`],
    ["average amount of rentals with kids", `SELECT avg(amount) FROM data WHERE "numChildren" > 0`],
    ["how many smokers", `SELECT count(*) FROM data WHERE smoker = 1`],
    ["non smokers by depot", `SELECT depot, count(*) FROM data WHERE smoker = 0 GROUP BY 1`],
    ["average kwh of smokers vs non-smokers", `SELECT smoker, avg(energy_kwh) FROM data GROUP BY 1`],
    ["smoking rate by depot", `SELECT depot, 100.0 * avg(smoker) FROM data GROUP BY 1`],
    ["depot split", `SELECT depot, count(*) FROM data GROUP BY 1`],
    [
      "average energy per month",
      `SELECT sum(energy_kwh) / count(DISTINCT date_trunc('month', "pickedUpOn")) FROM data`,
    ],
    ["newest rental", `SELECT "rentalRef", "pickedUpOn" FROM data ORDER BY 2 DESC LIMIT 1`],
    ["latest rental by depot", `SELECT depot, max("pickedUpOn") FROM data GROUP BY 1`],
  ],
} as const;

const refused = [
  ["visits", "number of children admitted", "children"],
  ["visits", "profit by department", "profit"],
  ["visits", "employees who left", "left"],
  ["stock", "revenue by warehouse", "revenue"],
  ["stock", "copper pipes in stock", "pipes"],
  ["rentals", "which depot breaks most", "breaks"],
  ["rentals", "full time rentals by depot", "time"],
  ["rentals", "which campaign brings most rentals", "campaign"],
  ["rentals", "time on site by depot", "site"],
  ["rentals", "worst cancelling device", "worst cancelling"],
  ["stock", "unverified articles by warehouse", "unverified"],
] as const;

suite("words that are not the columns'", () => {
  const tables = new Map<string, LoadedTable>();
  before(async () => {
    for (const name of Object.keys(answered))
      tables.set(name, await LoadedTable.load(join(fixtures, `${name}.csv`), name));
  });
  after(async () => {
    for (const table of tables.values()) await table.remove();
  });
  const table = (name: string) => {
    const found = tables.get(name);
    assert.ok(found);
    return found;
  };

  for (const [name, questions] of Object.entries(answered))
    for (const [question, sql] of questions)
      test(question, async () => {
        const { plannable } = table(name);
        const plan = planOffline({ question, type: undefined, tables: [plannable] });
        const shown = await asWanted(table(name), plan, sql);
        assert.deepEqual(await table(name).unordered(shown), await table(name).unordered(sql), plan.sql);
      });

  for (const [name, question, word] of refused)
    test(`${question} is refused for “${word}”`, () => {
      assert.throws(
        () => planOffline({ question, type: undefined, tables: [table(name).plannable] }),
        (error) => error instanceof Unanswerable && error.message.includes(`“${word}”`),
      );
    });
});

suite("WordNet, distilled", () => {
  test("words.json is what the script makes of the WordNet that is installed", () => {
    const written = JSON.parse(readFileSync(new URL(words, import.meta.url), "utf8"));
    assert.deepEqual(written, distil());
  });

  test("knows roots, synonyms, degrees and verbs, and keeps sums of money apart", () => {
    assert.ok(areSynonyms("admission", "admit"));
    assert.ok(areSynonyms("readmission", "readmit"));
    assert.ok(areSynonyms("doctor", "physician"));
    assert.ok(isDegreeOf("hot", "temperatur"));
    assert.ok(isVerb("treat"));
    assert.ok(!areSynonyms("profit", "revenu"));
    assert.ok(!areSynonyms("cost", "revenu"));
  });

  test("keeps what words mean in a table apart from what they seldom mean", () => {
    for (const [one, other] of [
      ["row", "quarrel"],
      ["second", "moment"],
      ["house", "firm"],
      ["fund", "store"],
      ["market", "sell"],
      ["rate", "rating"],
      ["plane", "plan"],
      ["care", "car"],
      ["tone", "tons"],
      ["cost", "take"],
    ] as const)
      assert.equal(wordSimilarity(stem(one), stem(other), false), 0, `${one} and ${other}`);
  });
});
