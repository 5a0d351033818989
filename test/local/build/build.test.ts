import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { z } from "zod";
import { runChild } from "../../../local/build/child.ts";
import { synthesize } from "../../../local/build/synth.ts";
import { buildWeb } from "../../../local/build/web.ts";
import { eventually } from "../eventually.ts";

/** An app that writes what it was given, as a CDK app writes its assembly. */
const app = `
  const { mkdirSync, writeFileSync } = require("node:fs");
  const out = process.env.CDK_OUTDIR;
  const { name, fail } = JSON.parse(process.env.CDK_CONTEXT_JSON);
  if (fail) { console.error("TypeError: broken"); process.exit(1); }
  mkdirSync(out + "/asset." + name, { recursive: true });
  writeFileSync(out + "/App.assets.json", JSON.stringify({ path: "asset." + name }));
  writeFileSync(out + "/manifest.json", process.env.CDK_CONTEXT_JSON);
`;

suite("synthesizing", () => {
  let root: string;
  let outDir: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "synth-"));
    outDir = join(root, "cdk.out");
    await mkdir(join(root, "bin"));
    await writeFile(join(root, "bin", "app.cjs"), app);
    await writeFile(
      join(root, "cdk.json"),
      JSON.stringify({ app: "node bin/app.cjs", context: { a: "1", name: "x" } }),
    );
  });
  afterEach(() => rm(root, { recursive: true }));

  test("runs the app of cdk.json with its context and ours", async () => {
    await synthesize({ root, outDir, context: { name: "one" } });
    const context: unknown = JSON.parse(await readFile(join(outDir, "manifest.json"), "utf8"));
    assert.deepEqual(context, {
      "aws:cdk:enable-path-metadata": true,
      "aws:cdk:enable-asset-metadata": true,
      "aws:cdk:bundling-stacks": ["**"],
      a: "1",
      name: "one",
    });
  });

  test("happens again only when something changed, and drops the assets of before", async () => {
    assert.equal(await synthesize({ root, outDir, context: { name: "one" } }), "built");
    assert.equal(await synthesize({ root, outDir, context: { name: "one" } }), "unchanged");
    assert.equal(await synthesize({ root, outDir, context: { name: "two" } }), "built");
    assert.deepEqual(
      (await readdir(outDir)).filter((name) => name.startsWith("asset.")),
      ["asset.two"],
    );
    await mkdir(join(root, "lib"));
    await writeFile(join(root, "lib", "new.ts"), "");
    assert.equal(await synthesize({ root, outDir, context: { name: "two" } }), "built");
  });

  test("that failed says what the app said, and is tried again", async () => {
    const context = { name: "one", fail: "yes" };
    await assert.rejects(synthesize({ root, outDir, context }), { name: "BuildFailed", output: "TypeError: broken" });
    await assert.rejects(synthesize({ root, outDir, context }), { name: "BuildFailed" });
  });

  test("a web app that is not there is not built", async () => {
    assert.equal(await buildWeb({ root }), "absent");
  });
});

test("a build that is stopped takes what its shell started along", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "stopped-"));
  t.after(() => rm(root, { recursive: true }));
  const script = `require("node:fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)`;
  await writeFile(join(root, "app.cjs"), script);
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = runChild("node app.cjs; echo done", { step: "Waiting", cwd: root, signal });
  const pid = await eventually(async () =>
    Number(
      z
        .string()
        .min(1)
        .parse(await readFile(join(root, "pid"), "utf8")),
    ),
  );
  stopping.abort(new Error("stopped"));
  await assert.rejects(running, /stopped/);
  await eventually(() => assert.throws(() => process.kill(pid, 0), { code: "ESRCH" }));
});
