import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, aws_apigatewayv2 as apigateway, aws_lambda as lambda, Stack } from "aws-cdk-lib";
import type { StackOptions } from "../../../local/template/stack.ts";

export const options: StackOptions = {
  region: "eu-west-1",
  accountId: "000000000000",
  sqsUrl: (name) => `http://127.0.0.1:9324/000000000000/${name}`,
};

/** A folder in `root` for CDK to take as an asset, with these files. */
export function assetDir(root: string, files: Record<string, string>): string {
  const dir = mkdtempSync(join(root, "asset-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, ".."), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

/** Synthesizes a stack named `Shop`, and answers the folder of the cloud assembly. */
export function synthesize(root: string, declare: (stack: Stack) => void): string {
  const outdir = mkdtempSync(join(root, "cdk.out-"));
  // What CloudFormation would say of these stacks is not what they are for, and it would fill the tests' output.
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  declare(new Stack(app, "Shop"));
  app.synth();
  return outdir;
}

/** A stack that has what every stack must have, and this. */
export function synthesizeWithApi(root: string, declare: (stack: Stack, api: apigateway.HttpApi) => void): string {
  return synthesize(root, (stack) => declare(stack, new apigateway.HttpApi(stack, "Api")));
}

export function functionIn(root: string, stack: Stack, id: string, props: Partial<lambda.FunctionProps> = {}) {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: lambda.Code.fromAsset(assetDir(root, { "index.js": `exports.handler = async () => "${id}";` })),
    ...props,
  });
}
