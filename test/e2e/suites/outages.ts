import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import mongoose from "mongoose";
import { type CreatedDataset, operations } from "../../../contract/index.ts";
import { DatasetModel } from "../../../functions/datasets/dataset-model.ts";
import { sweep } from "../../../functions/ingest/sweep.ts";
import { ObjectStorage } from "../../../functions/shared/object-storage.ts";
import { type MongoServer, startMongo } from "../../../local/mongo/index.ts";
import { eventually } from "../../local/eventually.ts";
import { movies } from "../fixtures.ts";
import { type Person, sendFile, signInToken } from "../person.ts";
import { assertProblem } from "../problem.ts";
import { type Stack, s3 } from "../stack.ts";

/** What happens when something dies: nothing that was acknowledged is lost, and what comes back is used again. */
export function outages(stack: Stack): void {
  suite("outages", () => {
    suite("kill -9 of everything", () => {
      test("loses nothing: what was ready is there, and an upload that had just arrived is read", async () => {
        const ann = await stack.signIn("ann@outages.example");
        const films = await ann.upload("movies.csv", movies);
        const chart = await ann.ask(films, "average rating by genre");
        const { dataset, upload } = await ann.announce("at-the-last-moment.csv", 1000);
        assert.equal((await sendFile(upload, new Blob(["day,amount\n2024-01-01,40\n2024-01-02,2\n"]))).status, 204);
        await stack.stop("SIGKILL");

        await stack.start();
        const again = await stack.signIn("ann@outages.example");
        assert.equal(again.workspaceId, ann.workspaceId);
        assert.deepEqual(await again.ok(operations.getDataset, { params: { datasetId: films.id } }), films);
        assert.deepEqual(await again.ok(operations.getChart, { params: { chartId: chart.id } }), chart);
        assert.equal((await again.settled(dataset.id)).status, "ready");
        const { result } = await again.query(dataset, "SELECT sum(amount) AS total FROM data");
        assert.deepEqual(result.rows, [[42]]);
      });
    });

    suite("a MongoDB of one's own", () => {
      let folder: string;
      let port: number;
      let uri: string;
      let mongo: MongoServer | undefined;
      let ann: Person;
      let arriving: CreatedDataset;
      before(async () => {
        folder = await mkdtemp(join(tmpdir(), "quantibi-mongo-"));
        port = await freePort();
        uri = `mongodb://127.0.0.1:${port}/quantibi`;
        await stack.stop();
        await stack.start({ MONGODB_URI: uri });
      });
      after(async () => {
        await mongo?.close();
        await rm(folder, { recursive: true });
      });

      const up = async () => {
        mongo = await startMongo({ file: join(folder, "mongo.sqlite"), port });
      };
      const down = async () => {
        await mongo?.close();
        mongo = undefined;
      };

      test("may be away at the start: everything starts, says so once, and answers 503 meanwhile", async () => {
        assert.equal(stack.output.match(/warning: MONGODB_URI does not answer/g)?.length, 1);
        assert.equal((await fetch(`${stack.url}/api/health`)).status, 200);
        const headers = { authorization: `Bearer ${await signInToken(stack.url, "ann@mongo.example")}` };
        const paths = ["me", "workspaces", "workspaces/0123456789abcdef01234567/charts"];
        const responses = await Promise.all(paths.map((path) => fetch(`${stack.url}/api/${path}`, { headers })));
        for (const response of responses) await assertProblem(response, { status: 503 });
      });

      test("is used as soon as it is there", async () => {
        await up();
        ann = await eventually(() => stack.signIn("ann@mongo.example"));
        const films = await ann.upload("movies.csv", movies);
        assert.deepEqual((await ann.query(films, "SELECT count(*) AS n FROM data")).result.rows, [[12]]);
      });

      test("may go away in mid-flight: 503 until it is back, then everything is as it was", async () => {
        const films = await ann.upload("movies.csv", movies);
        arriving = await ann.announce("arriving.csv", 100);
        await down();
        const params = { datasetId: films.id };
        const expected = { status: 503 };
        await Promise.all([
          ann.refused(operations.me, {}, expected),
          ann.refused(operations.getDataset, { params }, expected),
          ann.refused(operations.listRows, { params }, expected),
          ann.refused(operations.createChart, { body: { datasetIds: [films.id], sql: "SELECT 1" } }, expected),
        ]);
        assert.equal((await fetch(`${stack.url}/api/health`)).status, 200);
        // The storage takes uploads all the same; reading them is tried again until the database is back.
        assert.equal((await sendFile(arriving.upload, new Blob(["a,b\n1,2\n"]))).status, 204);
        await up();
        await eventually(async () => {
          assert.deepEqual(await ann.ok(operations.getDataset, { params }), films);
        });
        assert.equal((await ann.ask(films, "average rating by genre")).result.rows.length, 4);
      });

      suite("the sweeper", () => {
        let storage: ObjectStorage;
        before(async () => {
          await mongoose.connect(uri);
          const { upload, dataset } = await ann.announce("storage.csv", 10);
          storage = new ObjectStorage(dataset.s3Bucket, s3(upload.url));
        });
        after(() => mongoose.disconnect());

        const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
        const get = ({ dataset }: CreatedDataset) =>
          ann.ok(operations.getDataset, { params: { datasetId: dataset.id } });

        test("ends an upload that never came, once nobody may send it any more", async () => {
          const never = await ann.announce("never.csv", 10);
          await sweep(storage, inMinutes(16));
          assert.equal((await get(never)).status, "awaiting-upload");
          const { uploads } = await sweep(storage, inMinutes(31));
          assert.ok(uploads >= 1);
          const failed = await get(never);
          assert.deepEqual([failed.status, failed.error?.code], ["failed", "upload-missing"]);
          assert.match(failed.error?.message ?? "", /never arrived/);
        });

        test("finishes a deletion that stopped half-way", async () => {
          const created = await ann.announce("half.csv", 100);
          assert.equal((await sendFile(created.upload, new Blob(["a,b\n1,2\n"]))).status, 204);
          const { id, s3Key } = await ann.settled(created.dataset.id);
          const chart = await ann.query({ id }, "SELECT 1 AS one");
          await DatasetModel.updateOne({ _id: id }, { deletedAt: new Date() });
          await ann.refused(operations.getDataset, { params: { datasetId: id } }, { status: 404 });
          await sweep(storage, inMinutes(1));
          assert.equal((await stack.objectKeys(created.upload.url, s3Key)).length, 1);
          const { deletions } = await sweep(storage, inMinutes(6));
          assert.equal(deletions, 1);
          assert.deepEqual(await stack.objectKeys(created.upload.url, s3Key.replace("original", "")), []);
          await ann.refused(operations.getChart, { params: { chartId: chart.id } }, { status: 404 });
          assert.equal(await DatasetModel.countDocuments({ _id: id }), 0);
        });
      });

      test("and an upload that arrived while it was away is read at a later attempt", async () => {
        assert.equal((await ann.settled(arriving.dataset.id)).status, "ready");
      });
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}
