import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import mongoose, { type Connection, Schema } from "mongoose";
import { startServer } from "./server.ts";

const server = startServer();

const column = new Schema({ name: { type: String, required: true }, type: String }, { _id: false });
const datasetSchema = new Schema(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    status: { type: String, enum: ["awaiting-upload", "ingesting", "ready", "failed"], default: "awaiting-upload" },
    columns: [column],
    rejects: { count: { type: Number, default: 0 }, sample: [Schema.Types.Mixed] },
    version: { type: Number, default: 1 },
  },
  { timestamps: true, optimisticConcurrency: true },
);
datasetSchema.index({ workspaceId: 1, createdAt: -1, _id: -1 });
datasetSchema.index({ workspaceId: 1, name: 1 }, { unique: true });

function datasets(connection: Connection) {
  return connection.model("Dataset", datasetSchema);
}

describe("mongoose", () => {
  let connection: Connection;
  let Dataset: ReturnType<typeof datasets>;
  const workspaceId = new mongoose.Types.ObjectId();
  before(async () => {
    connection = await mongoose.createConnection(`${server.uri}/app`).asPromise();
    Dataset = datasets(connection);
    await Dataset.init();
  });
  after(() => connection.close());

  test("creates collection and indexes, twice without harm", async () => {
    await Dataset.syncIndexes();
    await Dataset.createIndexes();
    assert.deepEqual(
      (await Dataset.listIndexes()).map(({ name }) => name),
      ["_id_", "workspaceId_1_createdAt_-1__id_-1", "workspaceId_1_name_1"],
    );
  });

  test("creates, changes, saves and reads documents", async () => {
    const created = await Dataset.create({ workspaceId, name: "sales", columns: [{ name: "amount", type: "DOUBLE" }] });
    created.columns.push({ name: "product", type: "VARCHAR" });
    created.set("columns.0.type", "BIGINT");
    created.status = "ready";
    await created.save();
    const found = await Dataset.findById(created.id).orFail();
    assert.equal(found.status, "ready");
    assert.deepEqual(
      found.columns.map(({ name, type }) => [name, type]),
      [
        ["amount", "BIGINT"],
        ["product", "VARCHAR"],
      ],
    );
    assert.ok(found.updatedAt >= found.createdAt);
    found.columns.splice(0, 1);
    await found.save();
    assert.deepEqual((await Dataset.findById(created.id).lean().orFail()).columns, [
      { name: "product", type: "VARCHAR" },
    ]);
  });

  test("a save on a stale copy is refused", async () => {
    const created = await Dataset.create({ workspaceId, name: "stale" });
    const copy = await Dataset.findById(created.id).orFail();
    created.status = "ready";
    await created.save();
    copy.status = "failed";
    await assert.rejects(copy.save(), { name: "VersionError" });
  });

  test("a duplicate is told by its key", async () => {
    await Dataset.create({ workspaceId, name: "twice" });
    await assert.rejects(Dataset.create({ workspaceId, name: "twice" }), {
      code: 11000,
      keyPattern: { workspaceId: 1, name: 1 },
    });
  });

  test("conditional updates, upserts, bulk writes, counts and aggregates", async () => {
    const { id } = await Dataset.create({ workspaceId, name: "job" });
    const claim = { _id: id, status: "awaiting-upload" as const };
    assert.equal(
      (
        await Dataset.findOneAndUpdate(
          claim,
          { status: "ingesting", $inc: { version: 1 } },
          { returnDocument: "after" },
        )
      )?.version,
      2,
    );
    assert.equal(await Dataset.findOneAndUpdate(claim, { status: "ingesting" }), null);
    const upserted = await Dataset.findOneAndUpdate(
      { workspaceId, name: "new" },
      { $set: { status: "ready" } },
      { upsert: true, returnDocument: "after" },
    );
    assert.equal(upserted?.rejects?.count, 0); // a default, by $setOnInsert
    const bulk = await Dataset.bulkWrite([
      {
        updateOne: {
          filter: { name: "new", workspaceId },
          update: { $push: { "rejects.sample": { $each: [1, 2, 3], $slice: -2 } } },
        },
      },
      { deleteOne: { filter: { _id: id } } },
    ]);
    assert.deepEqual([bulk.modifiedCount, bulk.deletedCount], [1, 1]);
    assert.equal(await Dataset.countDocuments({ workspaceId, status: "ready" }), 3);
    const byStatus = await Dataset.aggregate([
      { $match: { workspaceId } },
      { $group: { _id: "$status", n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    assert.ok(byStatus.some(({ _id, n }) => _id === "ready" && n >= 1));
    assert.ok(await Dataset.exists({ name: "new" }));
    let streamed = 0;
    for await (const dataset of Dataset.find({ workspaceId }).cursor()) streamed += dataset.name ? 1 : 0;
    assert.equal(streamed, await Dataset.countDocuments({ workspaceId }));
  });
});
