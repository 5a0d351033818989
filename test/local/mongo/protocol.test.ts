import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { deserialize, serialize } from "bson";
import { MongoClient } from "mongodb";
import { startServer } from "./server.ts";

const server = startServer();

/** An OP_MSG with a section of kind 0. */
function message(command: Record<string, unknown>, { flags = 0, kind = 0, trailer = Buffer.alloc(0) } = {}): Buffer {
  const body = serialize(command);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length + trailer.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags, 16);
  head.writeUInt8(kind, 20);
  return Buffer.concat([head, body, trailer]);
}

/** Sends bytes in pieces and returns all that comes back until the server closes, or one reply. */
async function exchange(...pieces: Buffer[]): Promise<Buffer> {
  const socket = connect(server.port, "127.0.0.1");
  socket.setNoDelay(true);
  const received: Buffer[] = [];
  const answered = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      received.push(chunk);
      const all = Buffer.concat(received);
      if (all.length >= 4 && all.length >= all.readInt32LE(0)) resolve();
    });
    socket.on("close", () => resolve());
  });
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
  await answered;
  socket.destroy();
  return Buffer.concat(received);
}

const reply = (bytes: Buffer) => deserialize(bytes.subarray(21));

describe("the wire protocol", () => {
  test("a message may come in pieces", async () => {
    const ping = message({ ping: 1, $db: "admin" });
    const answer = await exchange(ping.subarray(0, 3), ping.subarray(3, 30), ping.subarray(30));
    assert.equal(answer.readInt32LE(8), 7);
    assert.deepEqual(reply(answer), { ok: 1 });
  });

  const ping = message({ ping: 1, $db: "admin" });
  const oversized = Buffer.from(ping);
  oversized.writeInt32LE(48_000_001, 0);
  const compressed = Buffer.from(ping);
  compressed.writeInt32LE(2012, 12);
  const brokenBson = Buffer.from(ping);
  brokenBson.writeUInt8(99, 25);
  const longDocument = Buffer.from(ping);
  longDocument.writeInt32LE(1000, 21);
  const malformed: Record<string, Buffer> = {
    text: Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "a negative length": Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]),
    "a message over 48 MB": oversized,
    "an unknown opcode": compressed,
    "an unknown section": message({ ping: 1 }, { kind: 9 }),
    "an unknown required flag": message({ ping: 1, $db: "admin" }, { flags: 4 }),
    "a wrong checksum": message({ ping: 1, $db: "admin" }, { flags: 1, trailer: Buffer.from([1, 2, 3, 4]) }),
    "broken BSON": brokenBson,
    "a document longer than its message": longDocument,
  };
  for (const [name, bytes] of Object.entries(malformed)) {
    test(`${name} closes that connection and no other`, async () => {
      assert.equal((await exchange(bytes)).length, 0);
      assert.deepEqual(await server.db.command({ ping: 1 }), { ok: 1 });
    });
  }

  test("unacknowledged writes get no reply, and are done", async () => {
    const client = await MongoClient.connect(`${server.uri}/?w=0`);
    await client.db("test").collection("silent").insertOne({ a: 1 });
    await client.db("test").command({ ping: 1 });
    assert.equal(await client.db("test").collection("silent").countDocuments(), 1);
    await client.close();
  });

  test("a document over 16 MiB is refused by name, one below is kept", async () => {
    const collection = server.db.collection("large");
    const half = "x".repeat(9 * 1024 * 1024);
    await collection.insertOne({ half });
    await assert.rejects(collection.updateOne({}, { $set: { other: half } }), { code: 10334 });
    assert.equal((await collection.findOne())?.half.length, half.length);
  });

  test("the socket closes while the client waits: the server goes on", async () => {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(ping.subarray(0, 10));
    socket.destroy();
    assert.deepEqual(await server.db.command({ ping: 1 }), { ok: 1 });
  });
});

describe("what is not supported", () => {
  test("an unknown command", async () => {
    await assert.rejects(server.db.command({ frobnicate: 1 }), {
      code: 59,
      codeName: "CommandNotFound",
      message: "no such command: 'frobnicate'",
    });
  });

  test("an unknown option of a known command", async () => {
    await assert.rejects(server.db.command({ find: "x", frobnicate: 1 }), { code: 40415, message: /find\.frobnicate/ });
    await assert.rejects(server.db.createCollection("capped", { capped: true, size: 10 }), {
      code: 40415,
      message: /create\.capped/,
    });
  });

  test("a collation", async () => {
    await assert.rejects(server.db.collection("x").find().collation({ locale: "de" }).toArray(), {
      code: 238,
      message: /collation/,
    });
  });

  test("a transaction", async () => {
    const session = server.client.startSession();
    session.startTransaction();
    await assert.rejects(server.db.collection("x").insertOne({}, { session }), {
      code: 238,
      message: /A transaction is not supported/,
    });
    await session.endSession();
    assert.equal(await server.db.collection("x").countDocuments(), 0);
  });

  test("a change stream", async () => {
    await assert.rejects(server.db.collection("x").watch().next(), {
      code: 40573,
      message: /only supported on replica sets/,
    });
  });

  test("a second collection of a name", async () => {
    await server.db.createCollection("once");
    await assert.rejects(server.db.createCollection("once"), { code: 48 });
    await server.db.dropCollection("once");
    assert.deepEqual(await server.db.listCollections({ name: "once" }).toArray(), []);
  });

  test("a user name and password", async () => {
    const client = new MongoClient(server.uri.replace("//", "//user:secret@"), { serverSelectionTimeoutMS: 500 });
    await assert.rejects(client.connect(), /Authentication is not supported/);
    await client.close();
  });
});
