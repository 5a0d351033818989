import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fonts } from "../../shared/fonts.ts";
import { findInLayers } from "../../shared/layer-files.ts";
import type { PageAssets } from "../document/report-document.ts";

/** What printing needs from outside the bundle. */
export interface PrintFiles extends PageAssets {
  /** Folder of the compressed Chromium. */
  chromium: string;
}

/**
 * The script that the bundle has beside it, and from the layer the fonts and Chromium.
 *
 * @param nodePath folders of modules, as in NODE_PATH
 */
export function readPrintFiles(taskRoot: string, nodePath: string): PrintFiles {
  return {
    script: readFileSync(join(taskRoot, "draw-report.js"), "utf8"),
    fonts: new Fonts(findInLayers(nodePath, "@fontsource")),
    chromium: findInLayers(nodePath, "@sparticuz", "chromium", "bin"),
  };
}
