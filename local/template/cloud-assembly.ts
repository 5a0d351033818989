import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { TemplateError } from "./template-error.ts";

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});
const stackProperties = z.object({ templateFile: z.string(), stackName: z.string().optional() });
const assetManifestSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});
const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: z.unknown() })).default({}),
  Mappings: z.record(z.string(), z.unknown()).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
});

export type Template = z.infer<typeof templateSchema>;
export type TemplateResource = z.infer<typeof resourceSchema>;

export interface CloudAssembly {
  stackName: string;
  template: Template;
  /** The folder that CDK would zip and upload as `objectKey`. Throws if there is none, or if it is a file. */
  assetDir(objectKey: string, logicalId: string): string;
}

/** Reads what `cdk synth` wrote: the one stack's template and where its assets lie. */
export function readCloudAssembly(cdkOutDir: string): CloudAssembly {
  const { artifacts } = readJson(join(cdkOutDir, "manifest.json"), manifestSchema);
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === "aws:cloudformation:stack");
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    const names = stacks.map(([id]) => id).join(", ") || "none";
    throw new TemplateError(cdkOutDir, `exactly one stack can be played, but the assembly has ${names}`);
  }
  const [artifactId, { properties }] = stack;
  const { templateFile, stackName } = stackProperties.parse(properties);
  const assets = new Map(
    Object.values(artifacts)
      .filter(({ type }) => type === "cdk:asset-manifest")
      .flatMap(({ properties: asset }) => readAssets(cdkOutDir, asset)),
  );
  return {
    stackName: stackName ?? artifactId,
    template: readJson(join(cdkOutDir, templateFile), templateSchema),
    assetDir(objectKey, logicalId) {
      const path = assets.get(objectKey);
      if (path === undefined) throw new TemplateError(logicalId, `no asset of the cloud assembly is ${objectKey}`);
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
      throw new TemplateError(logicalId, `its asset ${path} is not a folder; archives and images are not supported`);
    },
  };
}

function readAssets(cdkOutDir: string, properties: unknown): [objectKey: string, path: string][] {
  const { file } = z.object({ file: z.string() }).parse(properties);
  return Object.values(readJson(join(cdkOutDir, file), assetManifestSchema).files).flatMap(
    ({ source, destinations }) =>
      source.path === undefined
        ? []
        : Object.values(destinations).map(({ objectKey }): [string, string] => [
            objectKey,
            resolve(cdkOutDir, source.path ?? ""),
          ]),
  );
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TemplateError(path, "cannot be read; has the app been synthesized?", { cause });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new TemplateError(path, "is not what cdk synth writes", { cause });
  }
}
