import { z } from "zod";
import type { CloudAssembly } from "./cloud-assembly.ts";
import type { FunctionSpec } from "./deployment.ts";
import type { Resource, Stack } from "./stack.ts";
import { TemplateError } from "./template-error.ts";

const code = z.strictObject(
  { S3Bucket: z.unknown().optional(), S3Key: z.string() },
  "only code from assets is supported",
);
const properties = {
  Code: code,
  Handler: z.string(),
  Layers: z.array(z.string()).default([]),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  MemorySize: z.coerce.number().default(128),
  Timeout: z.coerce.number().max(900).default(3),
  EphemeralStorage: z.object({ Size: z.coerce.number() }).default({ Size: 512 }),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
};

const eventInvokeConfig = {
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
};

/**
 * The functions on Node.js. Others are left out, and so are those that serve custom resources: CDK's own, which work
 * only while deploying.
 */
export function readFunctions(stack: Stack, assembly: CloudAssembly): FunctionSpec[] {
  return stack
    .resources("AWS::Lambda::Function")
    .filter((resource) => isPlayed(stack, resource))
    .map((resource) => {
      stack.refuse(resource, "DeadLetterConfig", "FileSystemConfigs", "ImageConfig");
      const spec = stack.read(resource, properties);
      return {
        name: stack.name(resource),
        arn: stack.arn(resource),
        handler: spec.Handler,
        codeDir: assembly.assetDir(spec.Code.S3Key, resource.logicalId),
        layerDirs: spec.Layers.map((arn) => layerDir(stack, assembly, arn, resource)),
        environment: checkedEnvironment(spec.Environment.Variables, resource),
        memoryMb: spec.MemorySize,
        timeoutSeconds: spec.Timeout,
        ephemeralStorageMb: spec.EphemeralStorage.Size,
        reservedConcurrency: spec.ReservedConcurrentExecutions,
        asynchronousRetries: asynchronousRetries(stack, resource),
      };
    });
}

/**
 * The name of the function that an ARN, a qualified ARN, a name or API Gateway's invocation URI refers to.
 * Throws, naming `subject`, if no function that is played has it.
 */
export function functionNameOf(stack: Stack, reference: string, subject: Resource): string {
  const target =
    /^arn:aws:apigateway:[^:]*:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(reference)?.[1] ?? reference;
  const name = /^arn:aws:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(target)?.[1] ?? target;
  const found = stack.resources("AWS::Lambda::Function").find((resource) => stack.name(resource) === name);
  if (found === undefined) {
    throw new TemplateError(subject.logicalId, `refers to ${reference}, which is no function of this stack`);
  }
  if (!isPlayed(stack, found)) {
    throw new TemplateError(subject.logicalId, `refers to ${found.logicalId}, which does not run on Node.js`);
  }
  return name;
}

function isPlayed(stack: Stack, resource: Resource): boolean {
  const { Runtime, PackageType } = stack.read(resource, {
    Runtime: z.string().optional(),
    PackageType: z.string().optional(),
  });
  if (PackageType === "Image") throw new TemplateError(resource.logicalId, "functions from images are not supported");
  return Runtime?.startsWith("nodejs") === true && !stack.servesCustomResource(resource);
}

function asynchronousRetries(stack: Stack, resource: Resource): number {
  const retries = stack.resources("AWS::Lambda::EventInvokeConfig").flatMap((config) => {
    stack.refuse(config, "DestinationConfig");
    const { FunctionName, MaximumRetryAttempts } = stack.read(config, eventInvokeConfig);
    return functionNameOf(stack, FunctionName, config) === stack.name(resource) ? MaximumRetryAttempts : [];
  });
  return retries[0] ?? 2;
}

function layerDir(stack: Stack, assembly: CloudAssembly, arn: string, subject: Resource): string {
  const layer = stack.byArn(arn, subject, "AWS::Lambda::LayerVersion");
  return assembly.assetDir(stack.read(layer, { Content: code }).Content.S3Key, layer.logicalId);
}

function checkedEnvironment(variables: Record<string, string>, { logicalId }: Resource): Record<string, string> {
  const dynamic = Object.entries(variables).find(([, value]) => value.includes("{{resolve:"));
  if (dynamic !== undefined) {
    throw new TemplateError(
      logicalId,
      `variable ${dynamic[0]} is a dynamic reference, which only a deployment resolves`,
    );
  }
  return variables;
}
