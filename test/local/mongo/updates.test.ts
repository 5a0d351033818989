import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Collection,
  type Document,
  Double,
  Int32,
  Long,
  ObjectId,
  type UpdateFilter,
  type UpdateOptions,
} from "mongodb";
import { startServer } from "./server.ts";

const server = startServer();

/** A new collection that holds the document under `_id` 1. */
async function holding(document: Document): Promise<Collection<Document>> {
  const collection = server.db.collection<Document>(`updates-${new ObjectId()}`);
  await collection.insertOne({ _id: 1 as never, ...document });
  return collection;
}

describe("update operators", () => {
  const cases: [string, Document, UpdateFilter<Document>, Document, { filter?: Document; options?: UpdateOptions }?][] =
    [
      ["$set, also nested", { a: 1 }, { $set: { a: 2, "b.c": [1] } }, { a: 2, b: { c: [1] } }],
      ["$set in an array, filling up", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
      ["$unset", { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: "", "b.c": "" } }, { b: { d: 2 } }],
      ["$inc and $mul", { a: 1, b: 2 }, { $inc: { a: 2, n: 1.5 }, $mul: { b: 3, m: 2 } }, { a: 3, b: 6, n: 1.5, m: 0 }],
      ["$min and $max", { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 3 } }, { a: 3, b: 5, c: 1 }],
      ["$rename", { a: 1 }, { $rename: { a: "b.c" } }, { b: { c: 1 } }],
      ["$push", { a: [1] }, { $push: { a: 2, b: 3 } as never }, { a: [1, 2], b: [3] }],
      [
        "$push with $each and $slice",
        { a: [1, 2, 3] },
        { $push: { a: { $each: [4, 5], $slice: -3 } } as never },
        { a: [3, 4, 5] },
      ],
      [
        "$push with $position",
        { a: [1, 2] },
        { $push: { a: { $each: [9], $position: 0 } } as never },
        { a: [9, 1, 2] },
      ],
      [
        "$push with $sort",
        { a: [{ n: 2 }] },
        { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: 1 } } } as never },
        { a: [{ n: 1 }, { n: 2 }, { n: 3 }] },
      ],
      [
        "$addToSet",
        { a: [1, { x: 1 }] },
        { $addToSet: { a: { $each: [1, { x: 1 }, 2] } } as never },
        { a: [1, { x: 1 }, 2] },
      ],
      ["$pull by value", { a: [1, 2, 1] }, { $pull: { a: 1 } as never }, { a: [2] }],
      ["$pull by operator", { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } as never }, { a: [1] }],
      [
        "$pull by fields",
        {
          a: [
            { u: 1, r: "x" },
            { u: 2, r: "x" },
          ],
        },
        { $pull: { a: { u: 1 } } as never },
        { a: [{ u: 2, r: "x" }] },
      ],
      ["$pullAll", { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } as never }, { a: [2] }],
      ["$pop", { a: [1, 2, 3] }, { $pop: { a: -1 } as never }, { a: [2, 3] }],
      ["$bit", { a: 5 }, { $bit: { a: { and: 4 } } as never }, { a: 4 }],
      [
        "positional $",
        {
          a: [
            { k: 1, v: 0 },
            { k: 2, v: 0 },
          ],
        },
        { $set: { "a.$.v": 7 } },
        {
          a: [
            { k: 1, v: 0 },
            { k: 2, v: 7 },
          ],
        },
        { filter: { "a.k": 2 } },
      ],
      [
        "positional $ after $elemMatch",
        {
          a: [
            { k: 1, v: 0 },
            { k: 2, v: 0 },
          ],
        },
        { $inc: { "a.$.v": 1 } },
        {
          a: [
            { k: 1, v: 0 },
            { k: 2, v: 1 },
          ],
        },
        { filter: { a: { $elemMatch: { k: 2, v: 0 } } } },
      ],
      ["$[]", { a: [1, 2] }, { $inc: { "a.$[]": 10 } }, { a: [11, 12] }],
      [
        "arrayFilters",
        { a: [{ n: 1 }, { n: 5 }] },
        { $set: { "a.$[big].hit": true } },
        { a: [{ n: 1 }, { n: 5, hit: true }] },
        { options: { arrayFilters: [{ "big.n": { $gt: 3 } }] } },
      ],
    ];
  for (const [name, document, update, expected, { filter = {}, options = {} } = {}] of cases) {
    test(name, async () => {
      const collection = await holding(document);
      const result = await collection.updateOne(filter, update, options);
      assert.equal(result.modifiedCount, 1);
      assert.deepEqual(await collection.findOne(), { _id: 1, ...expected });
    });
  }

  const errors: [string, Document, UpdateFilter<Document>, number, RegExp][] = [
    ["an unknown operator", {}, { $foo: { a: 1 } } as never, 9, /Unknown modifier: \$foo/],
    ["an unknown clause of $push", {}, { $push: { a: { $each: [], $foo: 1 } } as never }, 2, /\$foo/],
    ["a conflict", {}, { $set: { a: 1 }, $inc: { "a.b": 1 } }, 40, /conflict at 'a'/],
    ["a change of _id", {}, { $set: { _id: 2 } }, 66, /immutable field '_id'/],
    ["$inc of text", { a: "x" }, { $inc: { a: 1 } }, 14, /non-numeric/],
    ["$push onto a scalar", { a: 1 }, { $push: { a: 1 } as never }, 2, /must be an array/],
    ["a path through a scalar", { a: 1 }, { $set: { "a.b": 1 } }, 28, /Cannot create field 'b' in element/],
    ["positional $ without a match", { a: [1] }, { $set: { "a.$": 1 } }, 2, /positional operator did not find/],
    ["an identifier without a filter", { a: [1] }, { $set: { "a.$[x]": 1 } }, 2, /No array filter found/],
  ];
  for (const [name, document, update, code, message] of errors) {
    test(`${name} is an error and changes nothing`, async () => {
      const collection = await holding(document);
      await assert.rejects(collection.updateOne({}, update), { code, message });
      assert.deepEqual(await collection.findOne(), { _id: 1, ...document });
    });
  }

  test("$inc keeps the numeric type, and widens an int that overflows", async () => {
    const collection = await holding({ int: new Int32(2147483647), double: new Double(1), long: Long.fromNumber(1) });
    await collection.updateOne({}, { $inc: { int: 1, double: 1, long: 1 } });
    const stored = await collection.findOne({}, { promoteValues: false });
    assert.ok(stored?.int instanceof Long && stored.double instanceof Double && stored.long instanceof Long);
    assert.equal(stored.int.toString(), "2147483648");
  });

  test("an update that changes nothing matches without modifying", async () => {
    const collection = await holding({ a: 1 });
    const { matchedCount, modifiedCount } = await collection.updateOne({}, { $set: { a: 1 } });
    assert.deepEqual({ matchedCount, modifiedCount }, { matchedCount: 1, modifiedCount: 0 });
  });

  test("$currentDate sets the time of the server", async () => {
    const collection = await holding({});
    await collection.updateOne({}, { $currentDate: { at: true } });
    const at: unknown = (await collection.findOne())?.at;
    assert.ok(at instanceof Date && Math.abs(Date.now() - at.getTime()) < 60_000);
  });

  test("a pipeline computes from the document", async () => {
    const collection = await holding({ price: 2, n: 3 });
    await collection.updateOne({}, [{ $set: { total: { $multiply: ["$price", "$n"] } } }, { $unset: "n" }]);
    assert.deepEqual(await collection.findOne(), { _id: 1, price: 2, total: 6 });
  });

  test("a replacement keeps the _id", async () => {
    const collection = await holding({ a: 1 });
    await collection.replaceOne({ a: 1 }, { b: 2 });
    assert.deepEqual(await collection.findOne(), { _id: 1, b: 2 });
  });
});

describe("upserts", () => {
  test("insert what the filter and the operators say", async () => {
    const collection = await holding({});
    const result = await collection.updateOne(
      { email: "a@b.c", "profile.lang": { $eq: "en" }, n: { $gt: 3 } },
      { $set: { name: "A" }, $setOnInsert: { created: 1 } },
      { upsert: true },
    );
    assert.equal(result.upsertedCount, 1);
    const inserted = await collection.findOne({ _id: result.upsertedId ?? undefined });
    assert.deepEqual(inserted, {
      _id: result.upsertedId,
      email: "a@b.c",
      profile: { lang: "en" },
      name: "A",
      created: 1,
    });
    await collection.updateOne(
      { email: "a@b.c" },
      { $set: { name: "B" }, $setOnInsert: { created: 2 } },
      { upsert: true },
    );
    assert.deepEqual(await collection.findOne({ email: "a@b.c" }), { ...inserted, name: "B" });
  });

  test("fifty at once with a unique key make one document", async () => {
    const collection = server.db.collection<Document>("upserts");
    await collection.createIndex({ key: 1 }, { unique: true });
    await Promise.all(
      Array.from({ length: 50 }, () => collection.updateOne({ key: "k" }, { $inc: { n: 1 } }, { upsert: true })),
    );
    assert.deepEqual(await collection.find({}, { projection: { _id: 0 } }).toArray(), [{ key: "k", n: 50 }]);
  });
});

describe("findOneAndUpdate", () => {
  test("moves a state once, however many try", async () => {
    const collection = await holding({ status: "queued" });
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, worker) =>
        collection.findOneAndUpdate(
          { _id: 1 as never, status: "queued" },
          { $set: { status: "running", worker } },
          { returnDocument: "after" },
        ),
      ),
    );
    assert.equal(results.filter(Boolean).length, 1);
  });

  test("returns the document before or after, projected, the first by a sort", async () => {
    const collection = await holding({ n: 5 });
    await collection.insertOne({ _id: 2 as never, n: 3 });
    const before = await collection.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: 1 } });
    assert.deepEqual(before, { _id: 2, n: 3 });
    const after = await collection.findOneAndUpdate(
      { n: 13 },
      { $inc: { n: 1 } },
      { returnDocument: "after", projection: { _id: 0 } },
    );
    assert.deepEqual(after, { n: 14 });
    assert.deepEqual(await collection.findOneAndDelete({ n: 14 }), { _id: 2, n: 14 });
    assert.equal(await collection.findOneAndUpdate({ n: 14 }, { $set: { n: 1 } }), null);
    const upserted = await collection.findOneAndUpdate(
      { n: 14 },
      { $set: { m: 1 } },
      { upsert: true, returnDocument: "after", projection: { _id: 0 } },
    );
    assert.deepEqual(upserted, { n: 14, m: 1 });
  });
});

describe("many at once", () => {
  test("updateMany and deleteMany count what they touch", async () => {
    const collection = await holding({ g: 1 });
    await collection.insertMany([{ g: 1 }, { g: 2 }]);
    assert.equal((await collection.updateMany({ g: 1 }, { $set: { done: true } })).modifiedCount, 2);
    assert.equal((await collection.deleteOne({ g: 1 })).deletedCount, 1);
    assert.equal((await collection.deleteMany({})).deletedCount, 2);
  });

  test("bulkWrite runs every kind, and unordered goes on after a failure", async () => {
    const collection = await holding({ n: 1 });
    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 2 as never, n: 2 } } },
      { updateOne: { filter: { n: 1 }, update: { $inc: { n: 10 } } } },
      { replaceOne: { filter: { n: 7 }, replacement: { n: 7 }, upsert: true } },
      { deleteOne: { filter: { n: 2 } } },
    ]);
    assert.deepEqual(
      [result.insertedCount, result.modifiedCount, result.upsertedCount, result.deletedCount],
      [1, 1, 1, 1],
    );
    const documents = [{ _id: 1 }, { _id: 5 }, { _id: 6 }] as never[];
    await assert.rejects(collection.insertMany(documents), { code: 11000 });
    assert.equal(await collection.countDocuments({ _id: { $in: [5, 6] as never[] } }), 0);
    await assert.rejects(collection.insertMany(documents, { ordered: false }), { code: 11000 });
    assert.equal(await collection.countDocuments({ _id: { $in: [5, 6] as never[] } }), 2);
  });
});
