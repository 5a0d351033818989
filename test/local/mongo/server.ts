import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { type Db, MongoClient } from "mongodb";
import { type MongoServer, startMongo } from "../../../local/mongo/index.ts";

/** A directory for one test file, removed after it. */
export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "quantibi-mongo-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts a server before the tests of a file and stops it after them; `db` is a database of it, through the driver. */
export function startServer(): {
  readonly db: Db;
  readonly uri: string;
  readonly port: number;
  readonly client: MongoClient;
} {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>> | undefined;
  let server: MongoServer | undefined;
  let client: MongoClient | undefined;
  before(async () => {
    directory = await temporaryDirectory();
    server = await startMongo({ file: join(directory.path, "mongo.sqlite") });
    client = await MongoClient.connect(server.uri);
  });
  after(async () => {
    await client?.close();
    await server?.close();
    await directory?.remove();
  });
  const running = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("the server is not running");
    return value;
  };
  return {
    get db() {
      return running(client).db("test");
    },
    get client() {
      return running(client);
    },
    get uri() {
      return running(server).uri;
    },
    get port() {
      return running(server).port;
    },
  };
}
