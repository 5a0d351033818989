import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { FunctionSpec } from "../template/deployment.ts";

/** Names that identify one instance, as CloudWatch Logs would. */
export interface InstanceIdentity {
  logStreamName: string;
  /** The instance's own `/tmp`. */
  tmpDir: string;
}

/**
 * The whole environment of an instance: the template's variables and what Lambda's runtime adds
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). Of the developer's shell only `PATH`
 * gets in, without which a function that starts a program would not find it.
 */
export function instanceEnvironment(
  spec: FunctionSpec,
  platform: Record<string, string>,
  { logStreamName, tmpDir }: InstanceIdentity,
): Record<string, string> {
  // A later layer covers an earlier one under /opt.
  const layers = spec.layerDirs.toReversed();
  const inLayers = (...path: string[]) => layers.map((dir) => join(dir, ...path)).filter((dir) => existsSync(dir));
  const libraries = inLayers("lib");
  return {
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    PATH: [...inLayers("bin"), process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin"].join(delimiter),
    NODE_PATH: [...inLayers("nodejs", "node24", "node_modules"), ...inLayers("nodejs", "node_modules")].join(delimiter),
    ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(delimiter) }),
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...spec.environment,
    ...platform,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(spec),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    LAMBDA_TASK_ROOT: spec.codeDir,
    _HANDLER: spec.handler,
    HOME: tmpDir,
    TMPDIR: tmpDir,
  };
}

function logGroupName(spec: FunctionSpec): string {
  return `/aws/lambda/${spec.name}`;
}
