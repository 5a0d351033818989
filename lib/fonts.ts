import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const modules = join(import.meta.dirname, "../node_modules");

/** The folders of the packages of fonts that reports and pictures are set in. */
export const fontFolders = ["noto-sans", "noto-sans-arabic", "noto-sans-sc", "noto-color-emoji"].map((name) =>
  join(modules, "@fontsource", name),
);

/** The weights that are used; of the emoji the one file that has them in a format which Chromium and Skia draw. */
const fontFile = /(?<!noto-color-emoji-\d+)-(400|700)-normal\.woff2$/;

/** Copies what is used of the fonts into a folder of modules. */
export function copyFonts(into: string): void {
  for (const folder of fontFolders) {
    const target = join(into, folder.slice(modules.length));
    for (const name of ["unicode.json", "LICENSE"]) cpSync(join(folder, name), join(target, name), { recursive: true });
    for (const file of readdirSync(join(folder, "files"))) {
      if (fontFile.test(file)) cpSync(join(folder, "files", file), join(target, "files", file));
    }
  }
}
