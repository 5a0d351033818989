import { copyFile, link, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ledger } from "../functions/ingest/ledger.ts";
import { makeTable } from "../functions/ingest/make-table.ts";
import { profileTable } from "../functions/ingest/profile.ts";
import { confine, openEngine } from "../functions/shared/engine/engine.ts";

/**
 * What the ingest function does with a file once it has it, in one process and without the network. Prints the
 * milliseconds of each part, those of the processors for all of it, and the peak of the process's memory.
 *
 *     node bench/convert-with-ingest.ts <csv> <memory in MB>
 */
const [csv = "", memoryMb = ""] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "ingest-"));
const laps: Record<string, number> = {};
const start = performance.now();
const cpu = process.cpuUsage();
let last = start;
function lap(name: string) {
  const now = performance.now();
  laps[name] = now - last;
  last = now;
}

const spillFolder = join(folder, "spill");
const engine = await openEngine({ memoryMb: Number(memoryMb), spillFolder, maxSpillMb: 1024 });
const connection = await engine.connect();
await connection.run(`SET allowed_directories = ['${folder}/']`);
await connection.run(confine([]));
lap("openMs");
// Ingest may delete what it has read.
const original = join(folder, "original");
await link(csv, original).catch(() => copyFile(csv, original));
const parquet = join(folder, "data.parquet");
const ledger = new Ledger();
const table = await makeTable({
  connection,
  path: original,
  folder,
  parquetPath: parquet,
  options: {},
  chosen: () => new Map(),
  ledger,
  onProgress(stage) {
    if (stage === "converting" && laps.detectMs === undefined) lap("detectMs");
  },
  signal: AbortSignal.timeout(600_000),
});
lap("convertMs");
await profileTable([connection, await engine.connect()], parquet, () => {}, { columns: table.columns, ledger });
lap("profileMs");
laps.totalMs = last - start;
const { user, system } = process.cpuUsage(cpu);
laps.cpuMs = (user + system) / 1000;
laps.peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify(laps));
connection.closeSync();
engine.closeSync();
await rm(folder, { recursive: true });
