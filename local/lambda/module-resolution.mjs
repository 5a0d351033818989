import { realpathSync } from "node:fs";
import { createRequire, isBuiltin, registerHooks } from "node:module";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";

const SDK = /^@(aws-sdk|smithy)\//;

/**
 * Lets a function find modules where Lambda would: in its own folder, in its layers (also by `import`, which
 * ignores NODE_PATH elsewhere), and the AWS SDK, which the runtime carries. Without this, a function in `cdk.out/`
 * would find the `node_modules` of the project around it and a package missing from the bundle would go unnoticed.
 */
export function confineModules(taskRoot, layerDirs) {
  const roots = [taskRoot, ...layerDirs].map((dir) => pathToFileURL(realpathSync(dir) + sep).href);
  const isInside = (url) => url !== undefined && roots.some((root) => url.startsWith(root));
  const layers = layerDirs
    .toReversed() // A later layer covers an earlier one.
    .flatMap((dir) => [join(dir, "nodejs", "node24", "index.js"), join(dir, "nodejs", "index.js")]);
  let insideHook = false; // `createRequire().resolve` comes back through the hook.

  const resolveFrom = (file, specifier, context, nextResolve) => {
    if (!context.conditions.includes("require")) {
      return nextResolve(specifier, { ...context, parentURL: pathToFileURL(file).href });
    }
    insideHook = true;
    try {
      return { url: pathToFileURL(createRequire(file).resolve(specifier)).href, shortCircuit: true };
    } finally {
      insideHook = false;
    }
  };

  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (insideHook || isBuiltin(specifier) || !isInside(context.parentURL)) return nextResolve(specifier, context);
      let notFound;
      try {
        const found = nextResolve(specifier, context);
        if (!found.url.startsWith("file:") || isInside(found.url)) return found;
      } catch (error) {
        notFound = error;
      }
      if (!/^[./]|^file:/.test(specifier)) {
        for (const file of SDK.test(specifier) ? [...layers, import.meta.filename] : layers) {
          try {
            const found = resolveFrom(file, specifier, context, nextResolve);
            if (isInside(found.url) || file === import.meta.filename) return found;
          } catch {
            // Not in this layer.
          }
        }
      }
      throw notFound ?? moduleNotFound(specifier, context.parentURL);
    },
  });
}

function moduleNotFound(specifier, parent) {
  const message = `Cannot find module '${specifier}' in the function's code or layers, required by ${parent}`;
  return Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
}
