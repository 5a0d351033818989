import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  Binary,
  type Collection,
  Decimal128,
  type Document,
  Double,
  type Filter,
  Int32,
  Long,
  ObjectId,
  UUID,
} from "mongodb";
import { startServer } from "./server.ts";

const server = startServer();

/** The ids that match, in order. */
async function ids(collection: Collection<Document>, filter: Filter<Document>): Promise<unknown[]> {
  const found = await collection.find(filter, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray();
  return found.map(({ _id }) => _id);
}

describe("filters", () => {
  let people: Collection<Document>;
  before(async () => {
    people = server.db.collection("people");
    await people.insertMany([
      {
        _id: 1 as never,
        name: "Ada",
        age: 36,
        tags: ["math", "code"],
        address: { city: "London", zip: "W1" },
        boss: null,
      },
      {
        _id: 2 as never,
        name: "Bob",
        age: 36.5,
        tags: [],
        orders: [
          { sku: "a", n: 2 },
          { sku: "b", n: 9 },
        ],
      },
      { _id: 3 as never, name: "cyd", age: Long.fromNumber(40), tags: "code", orders: [{ sku: "a", n: 9 }], boss: 1 },
      { _id: 4 as never, name: "Dan", age: "36", address: [{ city: "Paris" }, { zip: "1" }], scores: [1, 5, 10] },
    ]);
  });

  const cases: [string, Filter<Document>, number[]][] = [
    ["equality", { name: "Ada" }, [1]],
    ["equality of a number whatever its type", { age: Decimal128.fromString("40.0") }, [3]],
    ["comparison within a type only", { age: { $gte: 36 } }, [1, 2, 3]],
    ["a range", { age: { $gt: 36, $lt: 40 } }, [2]],
    ["null for null and missing", { boss: null }, [1, 2, 4]],
    ["$ne null", { boss: { $ne: null } }, [3]],
    ["$in with null", { boss: { $in: [null, 7] } }, [1, 2, 4]],
    ["$nin", { name: { $nin: ["Ada", "Bob"] } }, [3, 4]],
    ["$exists", { boss: { $exists: true } }, [1, 3]],
    ["an element of an array", { tags: "code" }, [1, 3]],
    ["a whole array", { tags: ["math", "code"] }, [1]],
    ["an empty array", { tags: [] }, [2]],
    ["$size", { tags: { $size: 2 } }, [1]],
    ["$all", { tags: { $all: ["code", "math"] } }, [1]],
    ["a dotted path", { "address.city": "London" }, [1]],
    ["a dotted path through an array", { "address.city": "Paris" }, [4]],
    ["a position in an array", { "scores.1": 5 }, [4]],
    ["a path after a position", { "orders.1.sku": "b" }, [2]],
    ["null inside an array of documents", { "address.zip": null }, [2, 3, 4]],
    ["null below an array without documents, which has no place for it", { "tags.x": null }, [3, 4]],
    ["an embedded document, fields in order", { address: { city: "London", zip: "W1" } }, [1]],
    ["an embedded document, fields out of order", { address: { zip: "W1", city: "London" } }, []],
    ["$elemMatch on documents", { orders: { $elemMatch: { sku: "a", n: { $gt: 5 } } } }, [3]],
    ["the same without $elemMatch", { "orders.sku": "a", "orders.n": { $gt: 5 } }, [2, 3]],
    ["$elemMatch on values", { scores: { $elemMatch: { $gt: 1, $lt: 10 } } }, [4]],
    ["$not", { age: { $not: { $gt: 36 } } }, [1, 4]],
    ["$regex with options", { name: { $regex: "^c", $options: "i" } }, [3]],
    ["a regular expression", { name: /^[A-B]/ }, [1, 2]],
    ["a regular expression in $in", { name: { $in: [/^A/, "Dan"] } }, [1, 4]],
    ["$or and $and", { $or: [{ name: "Ada" }, { $and: [{ age: 40 }, { boss: 1 }] }] }, [1, 3]],
    ["$nor", { $nor: [{ name: "Ada" }, { name: "Bob" }] }, [3, 4]],
    ["$type", { age: { $type: "string" } }, [4]],
    ["$type number", { age: { $type: "number" } }, [1, 2, 3]],
    ["$type double", { age: { $type: "double" } }, [2]],
    ["$mod", { age: { $mod: [4, 0] } }, [1, 2, 3]],
    ["$expr", { $expr: { $gt: [{ $size: { $ifNull: ["$orders", []] } }, 1] } }, [2]],
  ];
  for (const [name, filter, expected] of cases) {
    test(name, async () => assert.deepEqual(await ids(people, filter), expected));
  }

  const unsupported: [Filter<Document>, number, RegExp][] = [
    [{ name: { $foo: 1 } }, 2, /unknown operator: \$foo/],
    [{ $foo: [] }, 2, /unknown top level operator: \$foo/],
    [{ $where: "true" }, 238, /\$where is not supported/],
    [{ $text: { $search: "x" } }, 238, /\$text is not supported/],
    [{ place: { $near: [1, 2] } }, 238, /\$near is not supported/],
    [{ $expr: { $foo: 1 } }, 168, /\$foo/],
  ];
  for (const [filter, code, message] of unsupported) {
    test(`${JSON.stringify(filter)} is an error`, async () => {
      await assert.rejects(people.find(filter).toArray(), { code, message });
      await assert.rejects(server.db.collection("empty").find(filter).toArray(), { code, message });
    });
  }
});

test("values keep their BSON types across a round trip and an update", async () => {
  const collection = server.db.collection<Document>("types");
  const original = {
    _id: new ObjectId(),
    int: new Int32(3),
    double: new Double(3),
    long: Long.fromString("9007199254740993"),
    decimal: Decimal128.fromString("1.10"),
    date: new Date(-1),
    binary: new Binary(Buffer.from([0, 1, 255]), 0),
    uuid: new UUID(),
    regex: /a+b/i,
    null: null,
    nested: { list: [new Double(1), new Int32(1), { deep: new Date(0) }] },
    text: "\u{1f600} \0 \ue000",
  };
  await collection.insertOne(original);
  await collection.updateOne({ _id: original._id }, { $set: { changed: true }, $inc: { counter: 1 } });
  const stored = await collection.findOne({ _id: original._id }, { promoteValues: false, bsonRegExp: false });
  assert.equal(
    JSON.stringify({ ...stored, regex: String(stored?.regex) }),
    JSON.stringify({ ...original, regex: "/a+b/i", changed: true, counter: new Int32(1) }),
  );
  assert.ok(stored?.double instanceof Double && stored.int instanceof Int32 && stored.long instanceof Long);
  assert.ok(stored?.nested.list[0] instanceof Double && stored.nested.list[1] instanceof Int32);
  assert.equal(await collection.countDocuments({ long: Long.fromString("9007199254740993") }), 1);
  assert.equal(await collection.countDocuments({ long: Long.fromString("9007199254740992") }), 0);
  assert.equal(await collection.countDocuments({ decimal: Decimal128.fromString("1.1") }), 1);
  assert.equal(await collection.countDocuments({ uuid: original.uuid, date: { $lt: new Date(0) } }), 1);
});

test("a sort puts the types in MongoDB's order, with missing and null first", async () => {
  const collection = server.db.collection<Document>("order");
  const values = [
    /x/,
    new Date(0),
    true,
    new ObjectId(),
    Buffer.from("b"),
    [5, 30],
    { a: 1 },
    "text",
    3.5,
    30,
    Long.fromNumber(7),
    null,
  ];
  await collection.insertMany(values.map((v, i) => ({ _id: i as never, v })));
  await collection.insertOne({ _id: 99 as never });
  const sorted = await collection.find().sort({ v: 1, _id: 1 }).toArray();
  assert.deepEqual(
    sorted.map(({ _id }) => _id),
    [11, 99, 8, 5, 10, 9, 7, 6, 4, 3, 2, 1, 0],
  );
  const descending = await collection
    .find({ v: { $type: "number" } })
    .sort({ v: -1, _id: 1 })
    .toArray();
  assert.deepEqual(
    descending.map(({ _id }) => _id),
    [5, 9, 10, 8],
  );
});

describe("projections", () => {
  let collection: Collection<Document>;
  before(async () => {
    collection = server.db.collection<Document>("projections");
    await collection.insertOne({
      _id: 1 as never,
      a: 1,
      b: { c: 2, d: 3 },
      list: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
        { x: 3, y: 3 },
      ],
    });
  });
  const cases: [string, Document, Document][] = [
    ["inclusion", { a: 1 }, { _id: 1, a: 1 }],
    ["inclusion without _id", { a: 1, _id: 0 }, { a: 1 }],
    ["exclusion", { list: 0, b: 0 }, { _id: 1, a: 1 }],
    ["a nested field", { "b.c": 1, "list.x": 1 }, { _id: 1, b: { c: 2 }, list: [{ x: 1 }, { x: 2 }, { x: 3 }] }],
    ["exclusion of a nested field", { "b.c": 0, list: 0 }, { _id: 1, a: 1, b: { d: 3 } }],
    ["$slice", { list: { $slice: -1 }, b: 0 }, { _id: 1, a: 1, list: [{ x: 3, y: 3 }] }],
    ["$elemMatch", { list: { $elemMatch: { x: { $gt: 1 } } } }, { _id: 1, list: [{ x: 2, y: 2 }] }],
    ["the element that matched", { "list.$": 1 }, { _id: 1, list: [{ x: 2, y: 2 }] }],
    ["a computed field", { sum: { $add: ["$a", "$b.c"] } }, { _id: 1, sum: 3 }],
  ];
  for (const [name, projection, expected] of cases) {
    test(name, async () => assert.deepEqual(await collection.findOne({ "list.x": 2 }, { projection }), expected));
  }
  test("inclusion mixed with exclusion is an error", async () => {
    await assert.rejects(collection.findOne({}, { projection: { a: 1, b: 0 } }), { code: 2 });
  });
});
