/**
 * Reads the first sheet of a workbook once, with one of two readers, and prints rows, milliseconds (without loading the
 * reader's code) and the most memory that the process has had.
 *
 *     node bench/read-workbook-with.ts ingest|exceljs <workbook> <empty folder>
 */
const [reader, path = "", folder = ""] = process.argv.slice(2);
const read = reader === "ingest" ? await withIngest() : await withExceljs();
const start = performance.now();
const rows = await read();
const ms = performance.now() - start;
console.log(JSON.stringify({ rows, ms, peakMb: process.resourceUsage().maxRSS / 1024 }));

async function withIngest(): Promise<() => Promise<number>> {
  const { Ledger } = await import("../functions/ingest/ledger.ts");
  const { readWorkbook } = await import("../functions/ingest/workbook/read-workbook.ts");
  const { signal } = new AbortController();
  return async () => {
    const table = await readWorkbook({ path, folder, options: {}, ledger: new Ledger(), onProgress() {}, signal });
    return table.rowCount;
  };
}

async function withExceljs(): Promise<() => Promise<number>> {
  const { default: ExcelJS } = await import("exceljs");
  return async () => {
    const workbook = new ExcelJS.stream.xlsx.WorkbookReader(path, {
      sharedStrings: "cache",
      styles: "cache",
      worksheets: "emit",
    });
    const table: unknown[] = [];
    for await (const sheet of workbook) for await (const row of sheet) table.push(row.values);
    return table.length;
  };
}
