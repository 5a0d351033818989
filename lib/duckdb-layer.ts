import { existsSync } from "node:fs";
import { join } from "node:path";
import { Architecture, Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export interface DuckDbLayerProps {
  /** For example `linux-arm64`; `npm ci` has installed DuckDB for it under `layers/duckdb/build`. */
  readonly platform: string;
}

/** DuckDB with its native library, which is too large for each function's bundle and the same for all of them. */
export class DuckDbLayer extends Construct {
  /** What the layer holds, and so what bundles leave out. */
  static readonly modules = ["@duckdb/node-api"];
  readonly layer: LayerVersion;
  readonly architecture: Architecture;

  constructor(scope: Construct, id: string, { platform }: DuckDbLayerProps) {
    super(scope, id);
    const folder = join(import.meta.dirname, "../layers/duckdb/build", platform);
    if (!existsSync(folder)) throw new Error(`DuckDB for ${platform} is not installed: run npm ci`);
    this.architecture = platform.endsWith("arm64") ? Architecture.ARM_64 : Architecture.X86_64;
    this.layer = new LayerVersion(this, "Layer", {
      description: "DuckDB for Node.js",
      code: Code.fromAsset(folder),
      compatibleArchitectures: [this.architecture],
    });
  }
}
