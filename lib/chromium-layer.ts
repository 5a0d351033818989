import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Architecture, Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { z } from "zod";

const modules = join(import.meta.dirname, "../node_modules");
const fontPackages = ["noto-sans", "noto-sans-arabic", "noto-sans-sc", "noto-color-emoji"];
/** The weights that reports are set in; of the emoji the one file that has them in a format which Chromium draws. */
const fontFile = /(?<!noto-color-emoji-\d+)-(400|700)-normal\.woff2$/;

/** Chromium, compressed as its package brings it, and the fonts of reports: too large for a bundle, and changed rarely. */
export class ChromiumLayer extends Construct {
  /** What Chromium's package is built for. */
  static readonly architecture = Architecture.X86_64;
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const chromium = join(modules, "@sparticuz/chromium");
    if (!existsSync(chromium)) throw new Error("@sparticuz/chromium is not installed: run npm ci");
    const fonts = fontPackages.map((name) => join(modules, "@fontsource", name));
    this.layer = new LayerVersion(this, "Layer", {
      description: "Chromium and fonts for reports",
      compatibleArchitectures: [ChromiumLayer.architecture],
      code: Code.fromAsset(join(chromium, "bin"), {
        // By the versions of what is in it: hashing 80 MB at each synthesis would tell no more.
        assetHashType: AssetHashType.CUSTOM,
        assetHash: [chromium, ...fonts].map(versionOf).join(" "),
        bundling: {
          image: DockerImage.fromRegistry("none"),
          local: {
            tryBundle(outputFolder) {
              const into = join(outputFolder, "nodejs/node_modules");
              cpSync(join(chromium, "bin"), join(into, "@sparticuz/chromium/bin"), { recursive: true });
              for (const font of fonts) copyFont(font, into);
              return true;
            },
          },
        },
      }),
    });
  }
}

function copyFont(folder: string, into: string): void {
  const target = join(into, folder.slice(modules.length));
  for (const name of ["unicode.json", "LICENSE"]) cpSync(join(folder, name), join(target, name), { recursive: true });
  for (const file of readdirSync(join(folder, "files"))) {
    if (fontFile.test(file)) cpSync(join(folder, "files", file), join(target, "files", file));
  }
}

const packageJson = z.object({ name: z.string(), version: z.string() });

function versionOf(folder: string): string {
  const { name, version } = packageJson.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  return `${name}@${version}`;
}
