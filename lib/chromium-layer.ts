import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Architecture, Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { copyFonts, fontFolders, modules } from "./fonts.ts";
import { packageVersion } from "./package-version.ts";

/** Chromium, compressed as its package brings it, and the fonts of reports: too large for a bundle, and changed rarely. */
export class ChromiumLayer extends Construct {
  /** What Chromium's package is built for. */
  static readonly architecture = Architecture.X86_64;
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const chromium = join(modules, "@sparticuz/chromium");
    if (!existsSync(chromium)) throw new Error("@sparticuz/chromium is not installed: run npm ci");
    this.layer = new LayerVersion(this, "Layer", {
      description: "Chromium and fonts for reports",
      compatibleArchitectures: [ChromiumLayer.architecture],
      code: Code.fromAsset(join(chromium, "bin"), {
        // By the versions of what is in it: hashing 80 MB at each synthesis would tell no more.
        assetHashType: AssetHashType.CUSTOM,
        assetHash: [chromium, ...fontFolders].map(packageVersion).join(" "),
        bundling: {
          image: DockerImage.fromRegistry("none"),
          local: {
            tryBundle(outputFolder) {
              const into = join(outputFolder, "nodejs/node_modules");
              cpSync(join(chromium, "bin"), join(into, "@sparticuz/chromium/bin"), { recursive: true });
              copyFonts(into);
              return true;
            },
          },
        },
      }),
    });
  }
}
