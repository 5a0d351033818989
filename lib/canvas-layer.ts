import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { DuckDbLayer } from "./duckdb-layer.ts";
import { copyFonts, fontFolders } from "./fonts.ts";
import { packageVersion } from "./package-version.ts";

export interface CanvasLayerProps {
  /** As of `DuckDbLayer`, beside which a function uses this. */
  readonly platform: string;
  readonly duckDb: DuckDbLayer;
}

/** Skia's canvas for Node.js with its native library, and the fonts of pictures. */
export class CanvasLayer extends Construct {
  /** What the layer holds, and so what bundles leave out. */
  static readonly modules = ["@napi-rs/canvas"];
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string, { platform, duckDb }: CanvasLayerProps) {
    super(scope, id);
    const canvas = join(import.meta.dirname, "../layers/canvas/build", platform, "nodejs/node_modules/@napi-rs");
    if (!existsSync(canvas)) throw new Error(`The canvas for ${platform} is not installed: run npm ci`);
    this.layer = new LayerVersion(this, "Layer", {
      description: "Canvas and fonts for pictures of charts",
      compatibleArchitectures: [duckDb.architecture],
      code: Code.fromAsset(canvas, {
        // By the versions of what is in it: hashing 45 MB at each synthesis would tell no more.
        assetHashType: AssetHashType.CUSTOM,
        assetHash: [platform, ...[join(canvas, "canvas"), ...fontFolders].map(packageVersion)].join(" "),
        bundling: {
          image: DockerImage.fromRegistry("none"),
          // CDK tells bundles apart by the command.
          command: [platform],
          local: {
            tryBundle(outputFolder) {
              const into = join(outputFolder, "nodejs/node_modules");
              cpSync(canvas, join(into, "@napi-rs"), { recursive: true });
              copyFonts(into);
              return true;
            },
          },
        },
      }),
    });
  }
}
