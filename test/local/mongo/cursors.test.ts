import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Collection, Document, WithId } from "mongodb";
import { startServer } from "./server.ts";

const server = startServer();

describe("a collection of 2,500 documents", () => {
  let charts: Collection<Document>;
  before(async () => {
    charts = server.db.collection<Document>("charts");
    await charts.createIndex({ workspace: 1, createdAt: -1, _id: -1 });
    // Ten documents share each time, so that the order needs the _id as well.
    await charts.insertMany(
      Array.from({ length: 2500 }, (_, n) => ({
        n,
        workspace: `w${n % 2}`,
        createdAt: new Date(1e12 + Math.floor(n / 10)),
      })),
    );
  });

  test("comes in batches by getMore", async () => {
    assert.equal((await charts.find().toArray()).length, 2500);
    assert.equal((await charts.find().batchSize(100).toArray()).length, 2500);
    assert.deepEqual(
      (await charts.find().sort({ n: -1 }).skip(5).limit(3).toArray()).map(({ n }) => n),
      [2494, 2493, 2492],
    );
    assert.equal((await charts.aggregate([{ $match: {} }], { batchSize: 7 }).toArray()).length, 2500);
  });

  test("is paged by (createdAt, _id) without gap or repetition", async () => {
    const seen: unknown[] = [];
    let last: WithId<Document> | undefined;
    do {
      const after: Document = last
        ? { $or: [{ createdAt: { $lt: last.createdAt } }, { createdAt: last.createdAt, _id: { $lt: last._id } }] }
        : {};
      const page = await charts
        .find({ workspace: "w1", ...after })
        .sort({ createdAt: -1, _id: -1 })
        .limit(100)
        .toArray();
      seen.push(...page.map(({ n }) => n));
      last = page.at(-1);
    } while (last);
    assert.deepEqual(
      seen,
      Array.from({ length: 1250 }, (_, i) => 2499 - 2 * i),
    );
  });

  test("a result is as of when its cursor opened", async () => {
    const cursor = charts
      .find({ n: { $lt: 300 } })
      .sort({ n: 1 })
      .batchSize(10);
    await cursor.next();
    await charts.updateMany({ n: { $lt: 300 } }, { $set: { late: true } });
    const rest = await cursor.toArray();
    assert.equal(rest.length, 299);
    assert.ok(rest.every(({ late }) => late === undefined));
  });

  test("a cursor that was killed is gone", async () => {
    const { cursor } = await server.db.command({ find: "charts", batchSize: 1 });
    await server.db.command({ killCursors: "charts", cursors: [cursor.id] });
    await assert.rejects(server.db.command({ getMore: cursor.id, collection: "charts" }), { code: 43 });
  });

  test("counts and distinct values", async () => {
    assert.equal(await charts.estimatedDocumentCount(), 2500);
    assert.equal(await charts.countDocuments({ workspace: "w0" }), 1250);
    assert.deepEqual(await charts.distinct("workspace", { n: { $gt: 5 } }), ["w0", "w1"]);
  });
});

describe("aggregation", () => {
  let sales: Collection<Document>;
  before(async () => {
    sales = server.db.collection<Document>("sales");
    await sales.insertMany([
      { _id: 1 as never, region: "north", amount: 10, at: new Date("2026-01-05"), items: ["a", "b"], owner: 1 },
      { _id: 2 as never, region: "north", amount: 2.5, at: new Date("2026-02-05"), items: ["a"], owner: 2 },
      { _id: 3 as never, region: "south", amount: 4, at: new Date("2026-01-09"), items: [] },
    ]);
    await server.db.collection<Document>("owners").insertMany([
      { _id: 1 as never, name: "Ada" },
      { _id: 2 as never, name: "Bob" },
    ]);
  });

  const cases: [string, Document[], unknown[]][] = [
    [
      "$group with sums, counts and extremes",
      [
        {
          $group: {
            _id: "$region",
            n: { $sum: 1 },
            total: { $sum: "$amount" },
            mean: { $avg: "$amount" },
            most: { $max: "$amount" },
            ids: { $push: "$_id" },
          },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: "north", n: 2, total: 12.5, mean: 6.25, most: 10, ids: [1, 2] },
        { _id: "south", n: 1, total: 4, mean: 4, most: 4, ids: [3] },
      ],
    ],
    ["$match and $count", [{ $match: { amount: { $gt: 3 } } }, { $count: "n" }], [{ n: 2 }]],
    ["$count of nothing", [{ $match: { amount: 99 } }, { $count: "n" }], []],
    [
      "$unwind",
      [{ $unwind: "$items" }, { $sortByCount: "$items" }],
      [
        { _id: "a", count: 2 },
        { _id: "b", count: 1 },
      ],
    ],
    [
      "$lookup",
      [
        { $lookup: { from: "owners", localField: "owner", foreignField: "_id", as: "who" } },
        { $sort: { _id: 1 } },
        { $project: { _id: 0, who: "$who.name" } },
      ],
      [{ who: ["Ada"] }, { who: ["Bob"] }, { who: [] }],
    ],
    [
      "by month",
      [{ $group: { _id: { $dateToString: { date: "$at", format: "%Y-%m" } }, n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [
        { _id: "2026-01", n: 2 },
        { _id: "2026-02", n: 1 },
      ],
    ],
    [
      "$addFields, $cond and $facet",
      [
        { $addFields: { size: { $cond: [{ $gte: ["$amount", 5] }, "big", "small"] } } },
        { $facet: { big: [{ $match: { size: "big" } }, { $project: { size: 1 } }] } },
      ],
      [{ big: [{ _id: 1, size: "big" }] }],
    ],
    [
      "$replaceRoot and $limit",
      [{ $sort: { _id: -1 } }, { $limit: 1 }, { $replaceRoot: { newRoot: { id: "$_id" } } }],
      [{ id: 3 }],
    ],
  ];
  for (const [name, pipeline, expected] of cases) {
    test(name, async () => assert.deepEqual(await sales.aggregate(pipeline).toArray(), expected));
  }

  const errors: [Document, number, RegExp][] = [
    [{ $foo: {} }, 40324, /Unrecognized pipeline stage name: '\$foo'/],
    [{ $out: "x" }, 238, /\$out is not supported/],
    [{ $graphLookup: {} }, 238, /\$graphLookup is not supported/],
    [{ $project: { a: { $foo: 1 } } }, 168, /\$foo/],
    [{ $group: { _id: null, a: { $foo: 1 } } }, 2, /\$foo/],
    [{ $group: { _id: { $dateToString: { date: "$at", timezone: "Europe/Paris" } } } }, 238, /time zone/],
  ];
  for (const [stage, code, message] of errors) {
    test(`${JSON.stringify(stage)} is an error`, async () => {
      await assert.rejects(sales.aggregate([stage]).toArray(), { code, message });
    });
  }
});
