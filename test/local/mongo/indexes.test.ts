import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Collection, type Document, MongoServerError } from "mongodb";
import { startServer } from "./server.ts";

const server = startServer();

async function duplicate(write: Promise<unknown>): Promise<MongoServerError> {
  try {
    await write;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000) return error;
    throw error;
  }
  throw new Error("the write was accepted");
}

describe("unique indexes", () => {
  test("a violation says which index, key and value", async () => {
    const users = server.db.collection<Document>("users");
    await users.createIndex({ workspace: 1, email: 1 }, { unique: true });
    await users.insertOne({ workspace: 1, email: "a@b.c" });
    const error = await duplicate(users.insertOne({ workspace: 1, email: "a@b.c" }));
    assert.equal(
      error.message,
      'E11000 duplicate key error collection: test.users index: workspace_1_email_1 dup key: { workspace: 1, email: "a@b.c" }',
    );
    assert.deepEqual(error.keyPattern, { workspace: 1, email: 1 });
    assert.deepEqual(error.keyValue, { workspace: 1, email: "a@b.c" });
    await users.insertOne({ workspace: 2, email: "a@b.c" });
    await duplicate(users.updateOne({ workspace: 2 }, { $set: { workspace: 1 } }));
    await duplicate(users.findOneAndUpdate({ workspace: 2 }, { $set: { workspace: 1 } }));
    assert.equal(await users.countDocuments({ workspace: 2 }), 1);
  });

  test("of fifty inserts at once exactly one wins", async () => {
    const collection = server.db.collection<Document>("race");
    await collection.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => collection.insertOne({ key: "same" })));
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
    assert.equal(await collection.countDocuments({ key: "same" }), 1);
  });

  test("the same _id, of another numeric type, is a duplicate", async () => {
    const collection = server.db.collection<Document>("ids");
    await collection.insertOne({ _id: 1 as never });
    const error = await duplicate(collection.insertOne({ _id: 1n as never }));
    assert.match(error.message, /index: _id_ dup key: \{ _id: 1 \}/);
  });

  test("missing counts as null, unless the index is sparse or partial", async () => {
    const plain = server.db.collection<Document>("plain");
    await plain.createIndex({ a: 1 }, { unique: true });
    await plain.insertOne({});
    await duplicate(plain.insertOne({ a: null }));
    const sparse = server.db.collection<Document>("sparse");
    await sparse.createIndex({ a: 1 }, { unique: true, sparse: true });
    await sparse.insertMany([{}, {}, { a: 1 }]);
    await duplicate(sparse.insertOne({ a: 1 }));
    const partial = server.db.collection<Document>("partial");
    await partial.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { deleted: false } });
    await partial.insertMany([
      { a: 1, deleted: true },
      { a: 1, deleted: true },
      { a: 1, deleted: false },
    ]);
    await duplicate(partial.insertOne({ a: 1, deleted: false }));
    assert.equal(await partial.countDocuments({ a: 1 }), 3);
    assert.equal(await partial.countDocuments({ a: 1, deleted: false }), 1);
    assert.equal(await sparse.countDocuments({ a: null }), 2);
  });

  test("on an array hold each element", async () => {
    const collection = server.db.collection<Document>("elements");
    await collection.createIndex({ tags: 1 }, { unique: true });
    await collection.insertOne({ tags: ["a", "b", "a"] });
    await duplicate(collection.insertOne({ tags: ["c", "b"] }));
    await collection.updateOne({ tags: "a" }, { $pull: { tags: "b" } as never });
    await collection.insertOne({ tags: ["c", "b"] });
  });

  test("can't be built over duplicates", async () => {
    const collection = server.db.collection<Document>("late");
    await collection.insertMany([{ a: 1 }, { a: 1 }]);
    await duplicate(collection.createIndex({ a: 1 }, { unique: true }));
    assert.equal((await collection.indexes()).length, 1);
  });
});

describe("index management", () => {
  test("lists, repeats, refuses conflicts and drops", async () => {
    const collection = server.db.collection<Document>("managed");
    await collection.createIndex({ a: 1, b: -1 });
    await collection.createIndex({ a: 1, b: -1 });
    assert.deepEqual(
      (await collection.indexes()).map(({ name, key }) => ({ name, key })),
      [
        { name: "_id_", key: { _id: 1 } },
        { name: "a_1_b_-1", key: { a: 1, b: -1 } },
      ],
    );
    await assert.rejects(collection.createIndex({ a: 1, b: -1 }, { name: "other" }), { code: 85 });
    await assert.rejects(collection.createIndex({ c: 1 }, { name: "a_1_b_-1" }), { code: 86 });
    await assert.rejects(collection.createIndex({ a: 1, b: -1 }, { unique: true }), { code: 86 });
    await assert.rejects(collection.dropIndex("nope"), { code: 27 });
    await assert.rejects(collection.dropIndex("_id_"), { code: 72 });
    await collection.dropIndex("a_1_b_-1");
    assert.equal((await collection.indexes()).length, 1);
    await assert.rejects(server.db.collection("none").indexes(), { code: 26 });
  });

  for (const [name, key] of Object.entries({
    text: { a: "text" },
    geo: { a: "2dsphere" },
    hashed: { a: "hashed" },
    wildcard: { "$**": 1 },
  })) {
    test(`a ${name} index is not supported`, async () => {
      await assert.rejects(server.db.collection("special").createIndex(key as never), {
        code: 238,
        message: /not supported by the embedded database/,
      });
    });
  }

  test("two arrays can't be indexed together", async () => {
    const collection = server.db.collection<Document>("parallel");
    await collection.createIndex({ a: 1, b: 1 });
    await assert.rejects(collection.insertOne({ a: [1], b: [2] }), { code: 171 });
  });
});

test("TTL: documents disappear once their time is over, others stay", async () => {
  const sessions = server.db.collection<Document>("sessions");
  await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await sessions.insertMany([
    { _id: 1 as never, at: new Date(Date.now() - 61_000) },
    { _id: 2 as never, at: new Date() },
    { _id: 3 as never, at: "2001-01-01" },
    { _id: 4 as never },
    { _id: 5 as never, at: [new Date(), new Date(0)] },
  ]);
  while ((await sessions.countDocuments()) > 3) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(await sessions.distinct("_id"), [2, 3, 4]);
});

/** Every query must give with indexes what it gives without them: the index narrows, the filter decides. */
test("indexes never change an answer", async () => {
  const plain = server.db.collection<Document>("unindexed");
  const indexed = server.db.collection<Document>("indexed");
  const keys: Record<string, 1 | -1>[] = [
    { a: 1 },
    { a: -1, b: 1 },
    { b: 1, a: -1, _id: 1 },
    { "c.d": 1 },
    { "c.d": -1, b: 1 },
  ];
  for (const key of keys) await indexed.createIndex(key);
  await indexed.createIndex({ b: 1 }, { sparse: true, name: "sparse" });
  await indexed.createIndex({ a: 1 }, { partialFilterExpression: { b: { $gt: 1 } }, name: "partial" });
  const pool = [
    undefined,
    null,
    0,
    1,
    2,
    1.5,
    -3,
    "a",
    "b",
    "",
    true,
    new Date(1),
    new Date(5),
    [],
    [1, 2],
    [0, "a"],
    [[1]],
    { d: 1 },
    [{ d: 1 }, { d: 5 }],
  ];
  const documents: Document[] = [];
  let id = 0;
  for (const a of pool)
    for (const b of pool) documents.push({ _id: id++, a, ...(Array.isArray(a) ? { c: b } : { b, c: { d: b } }) });
  const kept = documents.filter(({ a, b }) => !(Array.isArray(a) && Array.isArray(b)));
  const accepted = [];
  for (const document of kept) {
    const { d } = document.c ?? {};
    if (Array.isArray(d) && Array.isArray(document.b)) delete document.b;
    accepted.push(document);
  }
  await plain.insertMany(accepted as never, { ignoreUndefined: true });
  await indexed.insertMany(accepted as never, { ignoreUndefined: true });
  const values = pool.filter((value) => value !== undefined);
  const filters: Document[] = values.flatMap((v) => [
    { a: v },
    { b: v },
    { a: v, b: 1 },
    { "c.d": v },
    { a: { $gt: v } },
    { a: { $lte: v }, b: { $gte: 1 } },
    { a: { $in: [v, 1, "a"] }, b: { $in: [v, null] } },
    { "c.d": { $gte: v, $lte: 2 } },
    { b: { $gt: 1 }, a: { $lt: v } },
    { $or: [{ a: v }, { a: { $gt: 1 } }] },
    { b: v, $or: [{ a: { $lt: v } }, { a: v, _id: { $lt: 100 } }] },
    { a: { $ne: v } },
    { b: { $exists: true }, a: v },
  ]);
  const sorts: Document[] = [{ _id: 1 }, { a: -1, b: 1, _id: 1 }, { b: -1, a: 1, _id: -1 }];
  for (const [i, filter] of filters.entries()) {
    const options = { sort: sorts[i % sorts.length] ?? {}, projection: { _id: 1 } };
    const answer = async (collection: Collection<Document>) =>
      (await collection.find(filter, options).toArray()).map((found) => found._id);
    assert.deepEqual(await answer(indexed), await answer(plain), JSON.stringify({ filter, ...options }));
  }
});
