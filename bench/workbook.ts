import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { z } from "zod";
import { inFreshProcess } from "./in-fresh-process.ts";
import { median } from "./statistics.ts";

/**
 * Reading a workbook: what ingest does up to the table that conversion takes over, against `exceljs` streaming the rows
 * into an array. Each run has a process of its own.
 *
 *     node bench/workbook.ts [rows …]
 */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 500_000];
const runs = 3;
const run = z.object({ rows: z.number(), ms: z.number(), peakMb: z.number() });

const folder = await mkdtemp(join(tmpdir(), "bench-workbook-"));
try {
  const table: Record<string, string>[] = [];
  for (const rows of sizes) {
    const path = join(folder, `${rows}.xlsx`);
    await writeOrders(path, rows);
    const results: Record<string, z.infer<typeof run>[]> = { ingest: [], exceljs: [] };
    // In turns, so that a machine that gets slower is slower for both.
    for (let count = 0; count < runs; count += 1) {
      for (const [reader, found] of Object.entries(results)) {
        const work = join(folder, `${reader}-${rows}-${count}`);
        await mkdir(work);
        found.push(await inFreshProcess(new URL("read-workbook-with.ts", import.meta.url), [reader, path, work], run));
        await rm(work, { recursive: true });
      }
    }
    const [ours, theirs] = Object.values(results).map((found) => ({
      ms: median(found.map(({ ms }) => ms)),
      peakMb: median(found.map(({ peakMb }) => peakMb)),
      rows: found[0]?.rows,
    }));
    if (!ours || !theirs || ours.rows !== rows || theirs.rows !== rows + 1) throw new Error("A reader has lost rows");
    table.push({
      rows: rows.toLocaleString("en"),
      file: `${((await stat(path)).size / 1e6).toFixed(1)} MB`,
      ingest: `${(ours.ms / 1000).toFixed(2)} s, ${ours.peakMb.toFixed(0)} MB`,
      exceljs: `${(theirs.ms / 1000).toFixed(2)} s, ${theirs.peakMb.toFixed(0)} MB`,
      "times as fast": (theirs.ms / ours.ms).toFixed(1),
      "share of memory": (ours.peakMb / theirs.peakMb).toFixed(2),
    });
  }
  console.table(table);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Orders in eight columns: numbers, texts that repeat and one that does not, dates, booleans, a postcode. */
async function writeOrders(path: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: true });
  const sheet = workbook.addWorksheet("Orders");
  sheet.columns = [
    { header: "order_id" },
    { header: "order_date", style: { numFmt: "yyyy-mm-dd" } },
    { header: "region" },
    { header: "product" },
    { header: "amount", style: { numFmt: '#,##0.00 "€"' } },
    { header: "returned" },
    { header: "postcode" },
    { header: "note" },
  ];
  const regions = ["North", "South", "East", "West", "Centre"];
  const products = ["Desk lamp", "Office chair", "Standing desk", "Monitor arm", "Keyboard", "Mouse", "Webcam"];
  for (let index = 0; index < rows; index += 1) {
    const day = new Date(Date.UTC(2022, 0, 1 + (index % 1461)));
    sheet
      .addRow([
        index + 1,
        day,
        regions[index % regions.length],
        products[index % products.length],
        ((index * 7919) % 9_950_000) / 100 + 5,
        index % 20 === 0,
        String((index * 104_729) % 100_000).padStart(5, "0"),
        `Order ${index} & its note`,
      ])
      .commit();
  }
  sheet.commit();
  await workbook.commit();
}
