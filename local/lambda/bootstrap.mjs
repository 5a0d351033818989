// The process of one function instance. Plain JavaScript, because stripping types would cost every instance
// 18 MB and 65 ms (Node.js 24) that Lambda's runtime does not cost.
//
// Lambda freezes an instance between invocations; this one keeps running, so a timer or an unawaited promise that
// would stall there goes on here.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { confineModules } from "./module-resolution.mjs";

const { LAMBDA_TASK_ROOT: taskRoot, _HANDLER: handlerName } = process.env;
const send = process.send.bind(process);

// Libraries take `process.send` for a sign that they were forked and may talk to their parent.
process.send = undefined;

// The runner is gone: so is everything that this instance started.
process.once("disconnect", () => process.kill(-process.pid, "SIGKILL"));

/** The shape in which Lambda's runtime reports what was thrown. */
function functionError(thrown, errorType) {
  if (thrown instanceof Error) {
    return {
      errorType: errorType ?? thrown.name,
      errorMessage: thrown.message,
      trace: (thrown.stack ?? "").split("\n"),
    };
  }
  return { errorType: errorType ?? typeof thrown, errorMessage: String(thrown), trace: [] };
}

function die(error) {
  send({ type: "fault", error }, () => process.exit(1));
}
process.on("uncaughtException", (thrown) => die(functionError(thrown)));
process.on("unhandledRejection", (reason) =>
  die({ ...functionError(reason, "Runtime.UnhandledPromiseRejection"), errorMessage: String(reason) }),
);

class LoadError extends Error {
  constructor(name, message, options) {
    super(message, options);
    this.name = name;
  }
}

async function importModule(path) {
  const file = [".js", ".mjs", ".cjs"].map((extension) => path + extension).find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new LoadError("Runtime.ImportModuleError", `Error: Cannot find module '${path.slice(taskRoot.length + 1)}'`);
  }
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new LoadError("Runtime.UserCodeSyntaxError", String(error), { cause: error });
    }
    if (error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND") {
      throw new LoadError("Runtime.ImportModuleError", String(error), { cause: error });
    }
    throw error;
  }
}

async function loadHandler() {
  const dot = handlerName.lastIndexOf(".");
  if (dot <= 0) throw new LoadError("Runtime.MalformedHandlerName", `Bad handler '${handlerName}'`);
  const path = resolve(join(taskRoot, handlerName.slice(0, dot)));
  const name = handlerName.slice(dot + 1);
  const loaded = await importModule(path);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (handler === undefined) {
    throw new LoadError("Runtime.HandlerNotFound", `${handlerName} is undefined or not exported`);
  }
  if (typeof handler !== "function") {
    throw new LoadError("Runtime.HandlerNotFound", `${handlerName} is not a function`);
  }
  // From nodejs24.x on, Lambda takes a third parameter for the callback of old and refuses the function.
  if (handler.length >= 3) {
    throw new LoadError(
      "Runtime.CallbackHandlerDeprecated",
      `${handlerName} declares ${handler.length} parameters: callback-based handlers are not supported from Node.js 24 on`,
    );
  }
  return handler;
}

function contextOf({ requestId, invokedFunctionArn, deadlineMs }) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function serialize(value) {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? "null";
  } catch (error) {
    throw new LoadError("Runtime.MarshalError", "Unable to stringify response body", { cause: error });
  }
}

async function answer(handler, request) {
  process.env._X_AMZN_TRACE_ID = request.traceId;
  try {
    const value = await handler(JSON.parse(request.payload), contextOf(request));
    send({ type: "response", requestId: request.requestId, payload: serialize(value) });
  } catch (error) {
    send({ type: "failure", requestId: request.requestId, error: functionError(error) });
  }
}

confineModules(taskRoot, process.argv.splice(2));
try {
  const handler = await loadHandler();
  process.on("message", (request) => answer(handler, request));
  send({ type: "ready" });
} catch (error) {
  die(functionError(error));
}
