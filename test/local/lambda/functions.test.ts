import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { type Functions, startFunctions } from "../../../local/lambda/functions.ts";
import type { FunctionLogLine, InvokeResult } from "../../../local/lambda/invocation.ts";
import type { FunctionSpec } from "../../../local/template/deployment.ts";
import { eventually } from "../eventually.ts";

let root: string;
let functions: Functions;
const lines: FunctionLogLine[] = [];

const sources: Record<string, string> = {
  "index.js": `
    exports.echo = async (event) => event;
    exports.nothing = async () => {};
    exports.context = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });
    exports.environment = async () => ({ ...process.env, cwd: process.cwd(), tmp: require("node:os").tmpdir() });
    exports.instance = async ({ ms = 0 } = {}) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return process.pid;
    };
    exports.fails = async () => { throw new RangeError("too far"); };
    exports.rejects = async () => { Promise.reject(new Error("left behind")); await new Promise(() => {}); };
    exports.exits = async () => process.exit(3);
    exports.sleeps = async () => new Promise((resolve) => setTimeout(resolve, 60_000));
    exports.loops = async () => { for (;;); };
    exports.big = async ({ bytes }) => "x".repeat(bytes - 2);
    exports.eats = async () => {
      const held = [];
      for (;;) { held.push(Buffer.alloc(8e6, 1)); await new Promise((resolve) => setTimeout(resolve, 5)); }
    };
    exports.writes = async () => {
      require("node:fs").writeFileSync(require("node:path").join(require("node:os").tmpdir(), "f"), Buffer.alloc(3e6));
    };
    exports.logs = async () => { console.log("out"); console.error("err"); };
    exports.callback = (event, context, callback) => callback(null, 1);
    exports.cyclic = async () => { const a = {}; a.a = a; return a; };
    exports.layered = async () => [require("shared").from, require("covered").from];
    exports.stranger = async () => require("stranger");
    exports.spawns = async () => {
      const child = require("node:child_process").spawn("sleep", ["60"]);
      console.log("child", child.pid);
      await new Promise(() => {});
    };
  `,
  "module.mjs": `
    import { from } from "shared";
    import { SQSClient } from "@aws-sdk/client-sqs";
    export const handler = async () => [from, typeof SQSClient, typeof require];
  `,
  "throws.js": `throw new TypeError("at load");`,
  "missing.js": `require("not-there");`,
};

before(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "functions-test-")));
  const layer = (index: number, name: string) => `layer${index}/nodejs/node_modules/${name}/index.js`;
  const files: Record<string, string> = {
    ...Object.fromEntries(Object.entries(sources).map(([name, source]) => [`project/code/${name}`, source])),
    "project/node_modules/stranger/index.js": `exports.from = "the project around";`,
    "project/node_modules/shared/index.js": `exports.from = "the project around";`,
    [layer(1, "shared")]: `exports.from = "layer 1";`,
    [layer(1, "covered")]: `exports.from = "layer 1";`,
    [layer(2, "covered")]: `exports.from = "layer 2";`,
  };
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), source);
  }
  const spec = (handler: string, over: Partial<FunctionSpec> = {}): FunctionSpec => ({
    name: handler.split(".").at(-1) === "handler" ? (handler.split(".")[0] ?? handler) : (handler.split(".")[1] ?? ""),
    arn: `arn:aws:lambda:eu-west-1:000000000000:function:${handler}`,
    handler,
    codeDir: join(root, "project/code"),
    layerDirs: [join(root, "layer1"), join(root, "layer2")],
    environment: { TABLE: "sales" },
    memoryMb: 256,
    timeoutSeconds: 10,
    ephemeralStorageMb: 512,
    reservedConcurrency: undefined,
    asynchronousRetries: 2,
    ...over,
  });
  const names = [...(sources["index.js"] ?? "").matchAll(/exports\.(\w+) = (?:async )?\(/g)].flatMap(
    ([, name]) => name ?? [],
  );
  const special: Record<string, Partial<FunctionSpec>> = {
    sleeps: { timeoutSeconds: 1 },
    loops: { timeoutSeconds: 1 },
    spawns: { timeoutSeconds: 1 },
    eats: { memoryMb: 160 },
    writes: { ephemeralStorageMb: 1 },
    instance: { reservedConcurrency: 2 },
  };
  functions = await startFunctions({
    functions: [
      ...names.map((name) => spec(`index.${name}`, special[name])),
      ...["module", "throws", "missing"].map((file) => spec(`${file}.handler`)),
      spec("index.absent"),
      spec("nowhere.handler"),
    ],
    environment: { AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
    tmpDir: join(root, "tmp"),
    log: (line) => lines.push(line),
  });
});
after(async () => {
  await functions.close();
  await rm(root, { recursive: true });
});

const call = (name: string, payload: unknown = {}) => functions.invoke(name, payload);
async function value(name: string, payload: unknown = {}): Promise<unknown> {
  const result = await call(name, payload);
  assert.equal(result.outcome, "success", JSON.stringify(result));
  return result.outcome === "success" ? result.payload : undefined;
}
async function error(name: string, payload: unknown = {}) {
  const result: InvokeResult = await call(name, payload);
  assert.equal(result.outcome, "error", JSON.stringify(result));
  if (result.outcome !== "error") throw new Error("unreachable");
  return { ...result.error, requestId: result.requestId };
}
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("a function", () => {
  test("gets its event and returns its value through JSON", async () => {
    assert.deepEqual(await value("echo", { a: [1, "ü", null] }), { a: [1, "ü", null] });
    assert.equal(await value("nothing"), null);
  });

  test("has the context that Lambda gives", async () => {
    const result = await call("context");
    assert.equal(result.outcome, "success");
    if (result.outcome !== "success") return;
    const context = Object(result.payload);
    assert.equal(context.awsRequestId, result.requestId);
    assert.equal(context.functionName, "context");
    assert.equal(context.functionVersion, "$LATEST");
    assert.equal(context.invokedFunctionArn, "arn:aws:lambda:eu-west-1:000000000000:function:index.context");
    assert.equal(context.memoryLimitInMB, "256");
    assert.equal(context.logGroupName, "/aws/lambda/context");
    assert.match(context.logStreamName, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    assert.ok(context.remaining > 9_000 && context.remaining <= 10_000);
  });

  test("sees the template's variables and Lambda's, and none of this shell's", async () => {
    process.env.SECRET_OF_THE_SHELL = "1";
    const environment = Object(await value("environment"));
    assert.equal(environment.TABLE, "sales");
    assert.equal(environment.AWS_REGION, "eu-west-1");
    assert.equal(environment.AWS_LAMBDA_FUNCTION_NAME, "environment");
    assert.equal(environment.TZ, ":UTC");
    assert.match(environment._X_AMZN_TRACE_ID, /Sampled=0$/);
    assert.equal(environment.SECRET_OF_THE_SHELL, undefined);
    assert.equal(environment.cwd, join(root, "project/code"));
    assert.ok(environment.tmp.startsWith(join(root, "tmp")));
  });

  test("as an ES module finds its layer and the SDK of the runtime", async () => {
    assert.deepEqual(await value("module"), ["layer 1", "function", "undefined"]);
  });

  test("finds modules in its layers, the later one first, before those of the project around it", async () => {
    assert.deepEqual(await value("layered"), ["layer 1", "layer 2"]);
  });

  test("does not find a package that is neither in its bundle nor in a layer", async () => {
    assert.match((await error("stranger")).errorMessage, /Cannot find module 'stranger'/);
  });

  test("has its output forwarded line by line", async () => {
    const { requestId } = await call("logs");
    const own = () => lines.filter((line) => line.requestId === requestId);
    await eventually(() => assert.equal(own().length, 2));
    assert.deepEqual(
      own()
        .map(({ level, message }) => [level, message])
        .sort(),
      [
        ["error", "err"],
        ["info", "out"],
      ],
    );
  });
});

describe("instances", () => {
  test("are reused when idle, most recent first, and multiply under concurrency up to the limit", async () => {
    const first = await value("instance");
    assert.equal(await value("instance"), first);
    const results = await Promise.all([1, 2, 3].map(() => call("instance", { ms: 300 })));
    const pids = results.flatMap((result) => (result.outcome === "success" ? [result.payload] : []));
    assert.equal(new Set(pids).size, 2);
    assert.deepEqual(results.map(({ outcome }) => outcome).sort(), ["success", "success", "throttled"]);
    assert.ok(pids.includes(await value("instance")));
  });

  test("die on abort, and the caller hears its own reason", async () => {
    const controller = new AbortController();
    const running = functions.invoke("instance", { ms: 60_000 }, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await assert.rejects(running, /enough/);
  });
});

describe("a failure", () => {
  test("of the handler carries its type, message and trace", async () => {
    const { errorType, errorMessage, trace } = await error("fails");
    assert.deepEqual([errorType, errorMessage], ["RangeError", "too far"]);
    assert.match(trace?.join("\n") ?? "", /index\.js/);
  });

  for (const name of ["sleeps", "loops"]) {
    test(`to answer in time kills the instance that ${name}`, async () => {
      const { errorType, errorMessage, requestId } = await error(name);
      assert.equal(errorType, "Sandbox.Timedout");
      assert.equal(errorMessage, `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`);
    });
  }

  test("kills the programs that the function started", async () => {
    await error("spawns");
    const line = lines.find(({ functionName, message }) => functionName === "spawns" && message.startsWith("child"));
    const pid = Number(line?.message.split(" ")[1]);
    assert.ok(pid > 0);
    await eventually(() => assert.equal(isAlive(pid), false));
  });

  test("by exiting is Runtime.ExitError", async () => {
    const { errorType, errorMessage, requestId } = await error("exits");
    assert.equal(errorType, "Runtime.ExitError");
    assert.equal(errorMessage, `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`);
  });

  test("by an unhandled rejection is told as such", async () => {
    const { errorType, errorMessage } = await error("rejects");
    assert.equal(errorType, "Runtime.UnhandledPromiseRejection");
    assert.match(errorMessage, /left behind/);
  });

  test("by eating more memory than configured is Runtime.OutOfMemory", async () => {
    const { errorType, errorMessage } = await error("eats");
    assert.equal(errorType, "Runtime.OutOfMemory");
    assert.match(errorMessage, /signal: killed/);
  });

  test("by writing more than the ephemeral storage is told with the limit", async () => {
    assert.match((await error("writes")).errorMessage, /More than 1 MB in ephemeral storage/);
  });

  test("to load is reported as Lambda does", async () => {
    assert.deepEqual(
      [
        (await error("throws")).errorType,
        (await error("missing")).errorType,
        (await error("nowhere")).errorType,
        (await error("absent")).errorType,
        (await error("callback")).errorType,
      ],
      [
        "TypeError",
        "Runtime.ImportModuleError",
        "Runtime.ImportModuleError",
        "Runtime.HandlerNotFound",
        "Runtime.CallbackHandlerDeprecated",
      ],
    );
  });

  test("to serialize is Runtime.MarshalError", async () => {
    assert.equal((await error("cyclic")).errorType, "Runtime.MarshalError");
  });
});

describe("payloads", () => {
  test("of 6 MB pass in both directions", async () => {
    const text = "x".repeat(6 * 1024 * 1024 - 2);
    assert.equal(await value("echo", text), text);
  });

  test("beyond that are refused", async () => {
    assert.equal((await error("echo", "x".repeat(6 * 1024 * 1024))).errorType, "RequestEntityTooLargeException");
    assert.equal((await error("big", { bytes: 6 * 1024 * 1024 + 101 })).errorType, "Function.ResponseSizeTooLarge");
  });
});

test("instances die with a runner that is killed", async () => {
  const script = join(import.meta.dirname, "killed-runner.ts");
  const runner = spawn(process.execPath, [script, join(root, "project/code"), join(root, "killed")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(runner.stdout), "line");
  const pid = Number(line);
  assert.ok(isAlive(pid));
  runner.kill("SIGKILL");
  await eventually(() => assert.equal(isAlive(pid), false));
});

test("closing ends every instance and leaves no folder behind", async () => {
  const tmpDir = await mkdtemp(join(tmpdir(), "functions-close-"));
  const own = await startFunctions({
    functions: [
      {
        name: "slow",
        arn: "arn:aws:lambda:eu-west-1:000000000000:function:slow",
        handler: "index.instance",
        codeDir: join(root, "project/code"),
        layerDirs: [],
        environment: {},
        memoryMb: 256,
        timeoutSeconds: 30,
        ephemeralStorageMb: 512,
        reservedConcurrency: undefined,
        asynchronousRetries: 2,
      },
    ],
    environment: {},
    tmpDir,
    log: () => {},
    idleMs: 50,
  });
  const idle = await own.invoke("slow", {});
  const pid = idle.outcome === "success" ? Number(idle.payload) : 0;
  await eventually(() => assert.equal(isAlive(pid), false)); // reaped
  const running = own.invoke("slow", { ms: 60_000 });
  const stopped = assert.rejects(running, /stopped/);
  await own.close();
  await stopped;
  await assert.rejects(own.invoke("slow", {}), /being stopped/);
  assert.deepEqual(await readdir(tmpDir), []);
  await rm(tmpDir, { recursive: true });
});
