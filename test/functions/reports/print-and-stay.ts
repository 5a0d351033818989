import "./quiet.ts";
import { Printer } from "../../../functions/reports/print/printer.ts";

/** Prints a page with the Chromium of a folder, tells its browser's process to the parent, and goes on running. */
const printer = new Printer(process.argv[2] ?? "");
await printer.print(`<html data-ready="drawn"><body>Here</body></html>`);
process.send?.(printer.process?.pid);
setInterval(() => {}, 60_000);
