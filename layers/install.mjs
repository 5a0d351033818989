// Puts the native modules of each layer beside this file, for Lambda's two architectures and for this machine if it is
// neither, where the CDK app takes them from: <layer>/build/<platform>/nodejs/node_modules. It runs after `npm ci`, so
// that `cdk synth` needs no network and a machine of any architecture can build the layers for either.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const platforms = new Set(["linux-arm64", "linux-x64", `${process.platform}-${process.arch}`]);

for (const layer of ["duckdb", "canvas"]) {
  for (const platform of platforms) install(join(here, layer), platform);
}

function install(folder, platform) {
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  const target = join(folder, "build", platform, "nodejs");
  const marker = join(folder, "build", `${platform}.lock.json`);
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(folder, file), join(target, file));
  const [os, cpu] = platform.split("-");
  const libc = os === "linux" ? ["--libc=glibc"] : [];
  execFileSync("npm", ["ci", `--os=${os}`, `--cpu=${cpu}`, ...libc, "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: target,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  writeFileSync(marker, lock);
}
