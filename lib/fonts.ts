import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type FontFamily, fontFamilies } from "../functions/shared/font-families.ts";

export const modules = join(import.meta.dirname, "../node_modules");

const folderOf = ({ folder }: FontFamily) => join(modules, "@fontsource", folder);

/** The folders of the packages of fonts that reports and pictures are set in. */
export const fontFolders = fontFamilies.map(folderOf);

/** Copies what is used of the fonts into a folder of modules. */
export function copyFonts(into: string): void {
  for (const family of fontFamilies) {
    const folder = folderOf(family);
    const target = join(into, folder.slice(modules.length));
    for (const name of ["unicode.json", "LICENSE"]) cpSync(join(folder, name), join(target, name), { recursive: true });
    for (const file of readdirSync(join(folder, "files"))) {
      if (isUsed(file, family)) cpSync(join(folder, "files", file), join(target, "files", file));
    }
  }
}

/** Files are called `<package>-<subset>-<weight>-<style>.woff2`. */
function isUsed(file: string, { folder, weights, subsets }: FontFamily): boolean {
  const [, subset = "", weight] = /^(.+)-(\d+)-normal\.woff2$/.exec(file.slice(folder.length + 1)) ?? [];
  return weights.includes(Number(weight)) && (subsets === undefined || subsets.includes(subset));
}
