import { GlobalFonts } from "@napi-rs/canvas";
import type { Fonts } from "../../shared/fonts.ts";

const registered = new Set<string>();

/**
 * Makes the fonts known that a text needs, and names them as CSS does. Each file is a family of its own: of several files
 * with one name, Skia would take letters from one only.
 */
export function registerFonts(fonts: Fonts, text: string): string {
  const files = fonts.filesFor(text);
  for (const { name, path } of files) {
    if (registered.has(path)) continue;
    if (!GlobalFonts.registerFromPath(path, name)) throw new Error(`The font ${name} can't be read`);
    registered.add(path);
  }
  return [...new Set(files.map(({ name }) => `"${name}"`)), "sans-serif"].join(", ");
}
