import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Fonts } from "../document/fonts.ts";
import type { PageAssets } from "../document/report-document.ts";

/** What printing needs from outside the bundle. */
export interface PrintFiles extends PageAssets {
  /** Folder of the compressed Chromium. */
  chromium: string;
}

/**
 * The script that the bundle has beside it, and from the layer the fonts and Chromium, found where Lambda puts a layer's
 * modules.
 *
 * @param nodePath folders of modules, as in NODE_PATH
 */
export function readPrintFiles(taskRoot: string, nodePath: string): PrintFiles {
  const find = (...path: string[]) => {
    const found = nodePath
      .split(delimiter)
      .map((folder) => join(folder, ...path))
      .find((folder) => existsSync(folder));
    if (found === undefined) throw new Error(`${path.join("/")} is in none of ${nodePath}`);
    return found;
  };
  return {
    script: readFileSync(join(taskRoot, "draw-report.js"), "utf8"),
    fonts: new Fonts(find("@fontsource")),
    chromium: find("@sparticuz", "chromium", "bin"),
  };
}
