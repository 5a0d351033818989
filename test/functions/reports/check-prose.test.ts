import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Fact } from "../../../contract/index.ts";
import { findFault } from "../../../functions/reports/narrative/check-prose.ts";

const top: Fact = {
  id: "top-1",
  kind: "top",
  statement: "",
  numbers: { value: 12_345.678, rank: 1, share: 0.4123 },
  names: { item: "North", measure: "sales", dimension: "region" },
  rows: [],
};
const change: Fact = {
  id: "change-1",
  kind: "change",
  statement: "",
  numbers: { first: 200, last: 150, difference: -50, relative: -0.25 },
  names: { measure: "sales", dimension: "month", from: "March 2023", to: "May 2024" },
  rows: [],
};
const check = (text: string, cited = [top]) =>
  findFault(text, { cited, known: ["North", "South", "March 2023", "May 2024"], allowed: ["Sales by region"] });

describe("the check of prose", () => {
  it("accepts what the cited facts say, rounded as it is written", () => {
    for (const text of [
      "North leads with 12,345.68 in sales.",
      "North leads with 12,346, which is 41.2% of the total.",
      "With about 12.3 thousand and 41 percent, North is ahead of every other region.",
      "North is ahead with some 12,300.",
      "North is ahead with more than 12,000.",
    ]) {
      assert.equal(check(text), undefined, text);
    }
    assert.equal(check("From March 2023 to May 2024, sales fell by 25%, from 200 to 150.", [change]), undefined);
    assert.equal(check("Sales lost 50 between March 2023 and May 2024.", [change]), undefined);
  });

  it("refuses numbers, dates and names that are not in them", () => {
    for (const [text, fault] of [
      ["North leads with 12,400.5.", /12,400.5/],
      ["North leads with 43% of the total.", /43%/],
      ["South leads with 41.2% of the total.", /South/],
      ["North leads with 41.2%, ahead of Atlantis.", /Atlantis/],
      ["North led in June 2021 with 41.2%.", /June|2021/],
      ["North led on 2021-06-30.", /2021-06-30/],
      ["North sells three times as much.", /three/],
      ["North leads with less than 12,000.", /12,000/],
    ] as const) {
      assert.match(check(text) ?? "accepted", fault, text);
    }
    assert.match(check("Something is up.", []) ?? "", /cites no fact/);
  });

  it("refuses a fall that is called a rise", () => {
    assert.match(check("Sales rose by 25% from March 2023 to May 2024.", [change]) ?? "", /increase/);
  });
});
