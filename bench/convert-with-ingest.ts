import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { profileTable } from "../functions/ingest/profile.ts";
import { convertTable, detectTable } from "../functions/ingest/read-table.ts";
import { confine, openEngine } from "../functions/shared/engine/engine.ts";

/**
 * What the ingest function does with a file once it has it, in one process and without the network. Prints the
 * milliseconds of each part.
 *
 *     node bench/convert-with-ingest.ts <csv> <memory in MB>
 */
const [csv = "", memoryMb = ""] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "ingest-"));
const laps: Record<string, number> = {};
const start = performance.now();
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
await connection.run(confine([csv]));
lap("openMs");
const table = await detectTable(connection, csv, "csv");
lap("detectMs");
const parquet = join(folder, "data.parquet");
await convertTable(connection, table, parquet);
lap("convertMs");
await profileTable(connection, parquet, () => {});
lap("profileMs");
laps.totalMs = last - start;
console.log(JSON.stringify(laps));
connection.closeSync();
engine.closeSync();
await rm(folder, { recursive: true });
