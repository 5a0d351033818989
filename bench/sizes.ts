import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflateRaw, gzip } from "node:zlib";
import type { FunctionSpec } from "../local/template/deployment.ts";
import type { Measurement } from "./report.ts";

/** Lambda's limit for a function with its layers, unpacked (250 MB, in bytes). */
const unpackedLimit = 250 * 1024 * 1024;

/** Sizes of what would be deployed: each function's bundle and each layer. */
export async function measureSizes(functions: FunctionSpec[]): Promise<Measurement[]> {
  const bundles = await Promise.all(functions.map(measureBundle));
  const layers = await Promise.all([...new Set(functions.flatMap(({ layerDirs }) => layerDirs))].map(measureLayer));
  return [...bundles, ...layers].flat();
}

async function measureBundle({ name, codeDir }: FunctionSpec): Promise<Measurement[]> {
  const capability = name.replace(/^[^-]+-/, "").replace(/(Function)?[0-9A-F]{8}(-\w+)?$/, "");
  const files = (await readdir(codeDir)).filter((file) => file.endsWith(".js")).sort();
  const measured = files.map(async (file): Promise<Measurement[]> => {
    const code = await readFile(join(codeDir, file));
    return [
      { name: `${capability} ${file}, minified`, value: code.length, unit: "bytes" },
      { name: `${capability} ${file}, gzip`, value: (await promisify(gzip)(code)).length, unit: "bytes" },
    ];
  });
  return (await Promise.all(measured)).flat();
}

async function measureLayer(folder: string): Promise<Measurement[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let unpacked = 0;
  let zipped = 0;
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const content = await readFile(join(entry.parentPath, entry.name));
    unpacked += content.length;
    // A ZIP archive deflates each file by itself; its directory of names weighs next to nothing.
    zipped += (await promisify(deflateRaw)(content)).length;
  }
  const goal = `≤ ${(unpackedLimit / 1e6).toFixed(0)} MB`;
  return [
    { name: "layer, unpacked", value: unpacked, unit: "bytes", goal, met: unpacked <= unpackedLimit },
    { name: "layer, zipped", value: zipped, unit: "bytes" },
  ];
}
