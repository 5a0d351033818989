import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The place of a file or folder that a layer holds among its modules, where Lambda puts them.
 *
 * @param nodePath folders of modules, as in NODE_PATH
 */
export function findInLayers(nodePath: string, ...path: string[]): string {
  const found = nodePath
    .split(delimiter)
    .map((folder) => join(folder, ...path))
    .find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${path.join("/")} is in none of ${nodePath}`);
  return found;
}
