import { readdir, readFile } from "node:fs/promises";

const PAGE_BYTES = 4096;

/**
 * Bytes of memory that a process and its descendants hold, or `undefined` where there is no /proc.
 *
 * A single process counts with its resident set. In a tree, pages shared between the processes would count several
 * times over, so there the proportional set size is summed: it is what a control group would be charged.
 */
export async function memoryOfTree(pid: number): Promise<number | undefined> {
  const pids = await descendants(pid);
  const resident = await residentBytes(pid);
  if (resident === undefined || pids.length === 0) return resident;
  const shares = await Promise.all([pid, ...pids].map(proportionalBytes));
  return shares.reduce((sum, bytes) => sum + bytes, 0);
}

async function descendants(pid: number): Promise<number[]> {
  const threads = await Promise.all((await threadsOf(pid)).map((tid) => readProc(`/proc/${pid}/task/${tid}/children`)));
  const children = threads.flatMap((line) => line?.split(" ").filter(Boolean).map(Number) ?? []);
  return [...children, ...(await Promise.all(children.map(descendants))).flat()];
}

async function threadsOf(pid: number): Promise<string[]> {
  try {
    return await readdir(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

async function residentBytes(pid: number): Promise<number | undefined> {
  const pages = (await readProc(`/proc/${pid}/statm`))?.split(" ")[1];
  return pages === undefined ? undefined : Number(pages) * PAGE_BYTES;
}

async function proportionalBytes(pid: number): Promise<number> {
  const kilobytes = (await readProc(`/proc/${pid}/smaps_rollup`))?.match(/^Pss:\s+(\d+) kB$/m)?.[1];
  return kilobytes === undefined ? 0 : Number(kilobytes) * 1024;
}

/** A process may end while it is being looked at; then, as where there is no /proc, there is nothing to read. */
async function readProc(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    return undefined;
  }
}
