import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Document, MongoClient } from "mongodb";
import { startMongo } from "../../../local/mongo/index.ts";
import { temporaryDirectory } from "./server.ts";

describe("the file", () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  before(async () => {
    directory = await temporaryDirectory();
  });
  after(() => directory.remove());

  /** A server in a process of its own. */
  async function startProcess(file: string) {
    const child = spawn(process.execPath, [fileURLToPath(new URL("writer.ts", import.meta.url)), file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [uri] = await once(createInterface(child.stdout), "line");
    return { child, uri: String(uri) };
  }

  test("keeps every acknowledged write and index through kill -9", async () => {
    const file = join(directory.path, "killed.sqlite");
    const { child, uri } = await startProcess(file);
    const client = await MongoClient.connect(uri);
    const events = client.db("test").collection<Document>("events");
    await events.createIndex({ n: 1 }, { unique: true });
    let acknowledged = 0;
    const exited = once(child, "exit");
    try {
      for (;;) {
        await events.insertOne({ n: acknowledged + 1, state: "new" });
        await events.updateOne({ n: acknowledged + 1 }, { $set: { state: "done" } });
        acknowledged++;
        if (acknowledged === 50) child.kill("SIGKILL"); // while writes go on
      }
    } catch {
      await exited;
    }
    await client.close();

    const server = await startMongo({ file });
    const reopened = await MongoClient.connect(server.uri);
    const survivors = reopened.db("test").collection<Document>("events");
    assert.ok(acknowledged >= 50);
    assert.equal(await survivors.countDocuments({ n: { $lte: acknowledged }, state: "done" }), acknowledged);
    assert.deepEqual(
      (await survivors.indexes()).map(({ name }) => name),
      ["_id_", "n_1"],
    );
    await assert.rejects(survivors.insertOne({ n: 1 }), { code: 11000 });
    await reopened.close();
    await server.close();
  });

  test("is refused while another process has it, and free when that one is gone", async () => {
    const file = join(directory.path, "locked.sqlite");
    const { child } = await startProcess(file);
    await assert.rejects(startMongo({ file }), {
      name: "MongoStorageError",
      reason: "locked",
      message: /^[^\n]*in use by another process; stop[^\n]*$/,
    });
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    await (await startMongo({ file })).close();
  });

  test("is refused with what to do when it is damaged", async () => {
    const file = join(directory.path, "garbage.sqlite");
    await writeFile(file, "this is not a database ".repeat(1000));
    const damaged = {
      name: "MongoStorageError",
      reason: "corrupt",
      message: /^[^\n]*is damaged[^\n]*move it away[^\n]*$/,
    };
    await assert.rejects(startMongo({ file }), damaged);

    const cut = join(directory.path, "cut.sqlite");
    const server = await startMongo({ file: cut });
    const client = await MongoClient.connect(server.uri);
    await client
      .db("test")
      .collection("big")
      .insertMany(Array.from({ length: 500 }, () => ({ text: "x".repeat(500) })));
    await client.close();
    await server.close();
    await truncate(cut, 40_960);
    await assert.rejects(startMongo({ file: cut }), damaged);
  });

  test("in a folder that does not exist is refused", async () => {
    const file = join(directory.path, "nowhere", "x.sqlite");
    await assert.rejects(startMongo({ file }), {
      name: "MongoStorageError",
      reason: "unusable",
      message: /check that its folder exists/,
    });
  });

  test("on a taken port the system's error comes through, and the file is free again", async () => {
    const first = await startMongo({ file: join(directory.path, "first.sqlite") });
    const file = join(directory.path, "second.sqlite");
    await assert.rejects(startMongo({ file, port: first.port }), { code: "EADDRINUSE" });
    await first.close();
    await (await startMongo({ file, port: first.port })).close();
  });
});
