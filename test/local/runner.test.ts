import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, suite, test } from "node:test";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");
const tokenAnswer = z.object({ accessToken: z.string() });
const me = z.object({ id: z.string(), email: z.string() });

interface Started {
  child: ChildProcess;
  url: string;
  output: () => string;
}

suite("the local runner", { timeout: 180_000 }, () => {
  let dataDir: string;
  const children = new Set<ChildProcess>();
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "runner-"));
  });
  afterEach(async () => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      children.delete(child);
    }
  });
  after(() => rm(dataDir, { recursive: true }));

  function launch(variables: Record<string, string>) {
    const { MONGODB_URI: _uri, OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...inherited } = process.env;
    const env = { ...inherited, PORT: "0", QUANTIBI_DATA_DIR: dataDir, ...variables };
    const child = spawn(process.execPath, [join(root, "local", "main.ts")], { cwd: root, env });
    children.add(child);
    let output = "";
    const ready = Promise.withResolvers<string>();
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /^QuantiBI is ready at (\S+)$/m.exec(output)?.[1];
      if (url !== undefined) ready.resolve(url);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const exited = new Promise<number | null>((resolve) => child.once("close", resolve)).then((code) => {
      ready.reject(new Error(`exited with ${code}:\n${output}`));
      return code;
    });
    ready.promise.catch(() => undefined);
    return { child, output: () => output, ready: ready.promise, exited };
  }

  async function start(variables: Record<string, string> = {}): Promise<Started & { exited: Promise<number | null> }> {
    const { ready, ...rest } = launch(variables);
    return { ...rest, url: await ready };
  }

  /** What a runner that cannot start says, all of it. */
  async function refusal(variables: Record<string, string> = {}): Promise<string> {
    const { exited, ready, output } = launch(variables);
    const code = await Promise.race([exited, ready.then((url) => assert.fail(`it started at ${url}`))]);
    assert.equal(code, 1, output());
    return output();
  }

  async function signIn(url: string): Promise<Record<string, string>> {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ email: "ada@example.org" });
    const response = await fetch(`${url}/local/token`, { method: "POST", headers, body });
    assert.equal(response.status, 200);
    return { authorization: `Bearer ${tokenAnswer.parse(await response.json()).accessToken}` };
  }

  async function whoAmI(url: string) {
    const response = await fetch(`${url}/api/me`, { headers: await signIn(url) });
    assert.equal(response.status, 200, await response.clone().text());
    return me.parse(await response.json());
  }

  test("plays the template: API with sign-in, issuer and web app on one port", async () => {
    const { url, output, child, exited } = await start();
    assert.equal((await fetch(`${url}/api/health`)).status, 200);
    assert.equal((await fetch(`${url}/api/me`)).status, 401);
    assert.equal((await whoAmI(url)).email, "ada@example.org");
    const page = await fetch(url);
    assert.match(await page.text(), /<!doctype html>/i);
    assert.equal(output().match(/QuantiBI is ready/g)?.length, 1);
    child.kill("SIGTERM");
    child.kill("SIGTERM");
    assert.equal(await exited, 0, output());
    assert.match(await readFile(join(dataDir, "logs", "quantibi.log"), "utf8"), /GET \/api\/health 200 \d+ ms/);
  });

  test("is back within five seconds when nothing has changed, under the same address and with its data", async () => {
    const first = await start();
    const person = await whoAmI(first.url);
    first.child.kill("SIGINT");
    assert.equal(await first.exited, 0, first.output());
    const begin = performance.now();
    const second = await start();
    const milliseconds = performance.now() - begin;
    assert.ok(milliseconds < 5000, `${milliseconds} ms\n${second.output()}`);
    assert.equal(second.url, first.url);
    assert.deepEqual(await whoAmI(second.url), person);
  });

  test("survives kill -9 with its data and no lock left", async () => {
    const first = await start();
    const person = await whoAmI(first.url);
    first.child.kill("SIGKILL");
    await first.exited;
    const second = await start();
    assert.deepEqual(await whoAmI(second.url), person);
  });

  test("refuses a data folder that another runner uses, in one line", async () => {
    const { child } = await start();
    const said = await refusal();
    assert.match(said, new RegExp(`^QuantiBI \\(process ${child.pid}\\) already runs on .*\n$`));
  });

  test("says in one line that the port is taken", async (t) => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const said = await refusal({ PORT: String(address.port) });
    assert.equal(said, `Port ${address.port} is in use: stop what uses it or start with PORT=0\n`);
  });

  test("says in one line which variable is wrong", async () => {
    assert.match(await refusal({ PORT: "many" }), /^PORT: .*\n$/);
  });

  for (const name of ["mongo.sqlite", "issuer-key.json"]) {
    test(`says which file is damaged when ${name} is`, async (t) => {
      const damaged = await mkdtemp(join(tmpdir(), "damaged-"));
      t.after(() => rm(damaged, { recursive: true }));
      await writeFile(join(damaged, name), "neither JSON nor a database ".repeat(1000));
      const lines = (await refusal({ QUANTIBI_DATA_DIR: damaged })).trimEnd().split("\n");
      assert.match(lines.at(-1) ?? "", new RegExp(`${name} is (damaged|not a usable signing key)`));
      assert.ok(!lines.some((line) => line.includes("    at ")), "no stack");
    });
  }

  test("starts with a MongoDB that is away, and answers 503 meanwhile", async () => {
    const { url, output } = await start({ MONGODB_URI: "mongodb://user:secret@127.0.0.1:1/quantibi" });
    assert.equal(output().match(/warning: MONGODB_URI does not answer/g)?.length, 1);
    assert.ok(!output().includes("secret"));
    assert.equal((await fetch(`${url}/api/health`)).status, 200);
    const response = await fetch(`${url}/api/me`, { headers: await signIn(url) });
    assert.equal(response.status, 503);
  });

  test("stops when told to in the middle of a start", async () => {
    const { child, exited, output } = launch({ OPENAI_MODEL: "another, so that the app is built again" });
    while (!output().includes("CDK app …")) await once(child.stdout, "data");
    child.kill("SIGTERM");
    assert.equal(await exited, 0, output());
  });

  test("keeps what is private in its folder to its owner", async () => {
    assert.equal((await stat(join(dataDir, "issuer-key.json"))).mode & 0o777, 0o600);
  });
});
