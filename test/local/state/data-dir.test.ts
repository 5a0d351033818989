import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { lockDataDir } from "../../../local/state/data-dir.ts";
import { openLogFile } from "../../../local/state/log-file.ts";
import { listenOnFirstFree, openPortMemory } from "../../../local/state/ports.ts";

suite("the data folder", () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "data-"));
  });
  after(() => rm(directory, { recursive: true }));

  test("is one runner's at a time", () => {
    const dataDir = join(directory, "one");
    const release = lockDataDir(dataDir);
    assert.throws(() => lockDataDir(dataDir), {
      name: "StartError",
      message: new RegExp(`process ${process.pid}\\) already runs on .*one`),
    });
    release();
    lockDataDir(dataDir)();
  });

  test("is free again after its runner was killed", async () => {
    const dataDir = join(directory, "killed");
    const module = new URL("../../../local/state/data-dir.ts", import.meta.url).href;
    const script = `import { lockDataDir } from ${JSON.stringify(module)};
      lockDataDir(process.argv[1]); console.log("locked"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, dataDir]);
    await once(child.stdout, "data");
    assert.throws(() => lockDataDir(dataDir), { message: new RegExp(`process ${child.pid}\\)`) });
    child.kill("SIGKILL");
    await once(child, "exit");
    lockDataDir(dataDir)();
  });

  test("that cannot be one is refused by name", async () => {
    await writeFile(join(directory, "file"), "");
    assert.throws(() => lockDataDir(join(directory, "file")), { name: "StartError", message: /file cannot be used/ });
  });

  test("with a damaged lock says to delete it", async () => {
    const dataDir = join(directory, "damaged");
    await mkdir(dataDir);
    await writeFile(join(dataDir, "lock.sqlite"), "this is not a database, and longer than its header ".repeat(20));
    assert.throws(() => lockDataDir(dataDir), { name: "StartError", message: /lock\.sqlite is damaged: delete it/ });
  });
});

test("the log grows, and starts anew beyond 10 MB", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "log-"));
  t.after(() => rm(directory, { recursive: true }));
  const file = join(directory, "logs", "quantibi.log");
  for (const line of ["first", "second"]) {
    const log = openLogFile(file);
    log.write(line);
    await log.close();
  }
  assert.match(await readFile(file, "utf8"), /^\S+Z first\n\S+Z second\n$/);
  await truncate(file, 11 * 1024 * 1024);
  const log = openLogFile(file);
  log.write("third");
  await log.close();
  assert.match(await readFile(file, "utf8"), /^\S+Z third\n$/);
});

test("ports are remembered, and a taken one is passed over", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "ports-"));
  t.after(() => rm(directory, { recursive: true }));
  const file = join(directory, "ports.json");
  await (await openPortMemory(file)).keep("gateway", 4711);
  assert.equal((await openPortMemory(file)).last("gateway"), 4711);
  await writeFile(file, "{");
  assert.equal((await openPortMemory(file)).last("gateway"), undefined);

  const listen = async (port: number) => {
    if (port === 4711) throw Object.assign(new Error("taken"), { code: "EADDRINUSE" });
    return port;
  };
  assert.equal(await listenOnFirstFree([undefined, 4711, 0], listen), 0);
  await assert.rejects(listenOnFirstFree([4711], listen), /taken/);
});
