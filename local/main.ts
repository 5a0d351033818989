import { BuildFailed } from "./build/child.ts";
import { readConfig } from "./config.ts";
import { startRunner } from "./runner.ts";
import { StartError } from "./start-error.ts";

const stopping = new AbortController();
let stoppingSince = 0;

/** Under npm, Ctrl-C arrives twice at once: from the terminal and forwarded by npm. */
const sameSignalMs = 500;

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (!stopping.signal.aborted) {
      console.log("Stopping…");
      stoppingSince = Date.now();
      stopping.abort();
    } else if (Date.now() - stoppingSince > sameSignalMs) {
      process.exit(130);
    }
  });
}

try {
  const runner = await startRunner(readConfig(process.env), { print: console.log, signal: stopping.signal });
  console.log(`QuantiBI is ready at ${runner.url}`);
  if (!stopping.signal.aborted) await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve));
  await runner.close();
  process.exit(0);
} catch (error) {
  if (stopping.signal.aborted) process.exit(0);
  console.error(explanation(error));
  process.exit(1);
}

function explanation(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof BuildFailed) return `${error.output}\n${error.message}`;
  if (error instanceof Error && error.name === "TemplateError")
    return `The template cannot be played here: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
