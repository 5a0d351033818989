import { writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { AssetHashType, DockerImage, type Duration, RemovalPolicy, Size, Stack } from "aws-cdk-lib";
import {
  type Architecture,
  Code,
  type ILayerVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { type BuildOptions, buildSync } from "esbuild";
import { CanvasLayer } from "./canvas-layer.ts";
import { DuckDbLayer } from "./duckdb-layer.ts";

export interface QuantibiFunctionProps {
  readonly description: string;
  /** Folder under `functions/` whose module is the function's door. */
  readonly capability: string;
  /** The door's file; `handler.ts` unless the capability has several. */
  readonly file?: string;
  /** Further files of the capability that the function starts as processes of their own; each becomes `<name>.js`. */
  readonly processes?: string[];
  /** Files that the function hands to a browser, relative to the capability; each becomes `<name>.js`. */
  readonly browserScripts?: string[];
  readonly architecture: Architecture;
  readonly duckDb?: DuckDbLayer;
  /** Further layers. */
  readonly layers?: ILayerVersion[];
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly ephemeralStorageMb?: number;
}

/**
 * A Lambda function the way all of QuantiBI's are: Node.js 24, bundled by esbuild with the AWS SDK of our lock file,
 * traced, logging JSON to a log group that forgets after a month.
 */
export class QuantibiFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: QuantibiFunctionProps) {
    super(scope, id, {
      description: props.description,
      code: bundle(
        props.capability,
        { index: props.file ?? "handler.ts", ...entriesByName(props.processes) },
        entriesByName(props.browserScripts),
      ),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup: new LogGroup(scope, `${id}Log`, {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      layers: [...(props.duckDb ? [props.duckDb.layer] : []), ...(props.layers ?? [])],
      ...(props.ephemeralStorageMb && { ephemeralStorageSize: Size.mebibytes(props.ephemeralStorageMb) }),
      environment: {
        NODE_OPTIONS: "--enable-source-maps",
        POWERTOOLS_SERVICE_NAME: props.capability,
        POWERTOOLS_METRICS_NAMESPACE: Stack.of(scope).stackName,
      },
    });
  }
}

function entriesByName(files: string[] = []): Record<string, string> {
  return Object.fromEntries(files.map((file) => [parse(file).name, file]));
}

/**
 * Bundles files of a capability, each under its name in `entries`, and in `browserEntries` those for a browser. CDK's own
 * NodejsFunction starts npx for each function, seconds in which esbuild takes a tenth.
 */
function bundle(capability: string, entries: Record<string, string>, browserEntries: Record<string, string>): Code {
  const folder = join(import.meta.dirname, "../functions", capability);
  return Code.fromAsset(folder, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Bundling always happens in this process. CDK asks for an image all the same, and tells bundles apart by the command.
      image: DockerImage.fromRegistry("none"),
      command: ["esbuild", ...Object.values(entries), ...Object.values(browserEntries)],
      local: {
        tryBundle(outputFolder) {
          const build = (of: Record<string, string>, options: BuildOptions) =>
            buildSync({
              entryPoints: Object.entries(of).map(([out, file]) => ({ in: join(folder, file), out })),
              outdir: outputFolder,
              bundle: true,
              minify: true,
              logLevel: "warning",
              ...options,
            });
          build(entries, {
            platform: "node",
            target: "node24",
            // CommonJS, because Lambda finds a layer's modules through NODE_PATH, which `import` does not heed.
            format: "cjs",
            sourcemap: "linked",
            sourcesContent: false,
            external: [...DuckDbLayer.modules, ...CanvasLayer.modules],
          });
          // Else Node.js would go by the next package.json above, which on a laptop is that of this project: ES modules.
          writeFileSync(join(outputFolder, "package.json"), JSON.stringify({ type: "commonjs" }));
          if (Object.keys(browserEntries).length > 0) {
            build(browserEntries, { platform: "browser", target: "chrome130", format: "iife" });
          }
          return true;
        },
      },
    },
  });
}
