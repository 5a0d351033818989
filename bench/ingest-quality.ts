import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DataError } from "../functions/ingest/data-error.ts";
import { readUpload } from "../test/functions/ingest/read-upload.ts";

/**
 * How many of other projects' difficult files become the table that they should: rows, columns, header, cells. Lists those
 * that do not.
 *
 *     node bench/ingest-quality.ts [part of a file's name]
 */
const data = join(import.meta.dirname, "../../shared/data");
const wanted = process.argv[2] ?? "";

const texts = z.array(z.array(z.unknown()));
const delimited = z.object({
  file: z.string(),
  n_rows: z.number().nullish(),
  n_rows_if_first_is_header: z.number().nullish(),
  /** Where the expectation comes from, if not from the suite itself. */
  expected_from: z.string().nullish(),
  n_cols: z.number().nullish(),
  header: z.array(z.string()).nullish(),
  expected_data: z.array(z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())])).optional(),
  expected_records: z.array(z.record(z.string(), z.unknown())).optional(),
  first_rows: texts.optional(),
});
type Expected = z.infer<typeof delimited>;
const check = z.object({
  /** A name, or a number where a suite means the sheet that is read by default. */
  sheet: z.union([z.string(), z.number()]).optional(),
  value: z.unknown().optional(),
  rows: texts.optional(),
  header: z.array(z.unknown()).optional(),
  data: texts.optional(),
  n_data_rows: z.number().optional(),
});
type Check = z.infer<typeof check>;
const workbook = z.object({ file: z.string(), checks: z.array(check).nullish() });

interface Read {
  columns: string[];
  headerRow: number | undefined;
  rows: string[][];
  /** Values in the ledger. */
  rejected: string[];
}

const collections = [
  { name: "csv", of: delimited },
  { name: "tables", of: delimited },
];
for (const { name, of } of collections) {
  const manifest = await readFile(join(data, name, "manifest.json"), "utf8").catch(() => undefined);
  if (manifest === undefined) {
    console.log(`${name}: no data at ../shared/data/${name}, skipped`);
    continue;
  }
  const all = z.array(of).parse(JSON.parse(manifest));
  let judged = 0;
  let right = 0;
  const wrong: string[] = [];
  for (const expected of all) {
    if (!expected.file.includes(wanted)) continue;
    const read = await readFileAsTable(join(data, name, expected.file)).catch((error: unknown) => error);
    const faults = read instanceof Error ? [failure(read)] : compare(expected, read as Read);
    const hasExpectation = expected.n_rows != null || expected.header != null;
    if (hasExpectation) {
      judged += 1;
      if (faults.length === 0) right += 1;
    }
    if (faults.length > 0)
      wrong.push(`  ${expected.file}${hasExpectation ? "" : " (no expectation)"}: ${faults.join("; ")}`);
    if (wanted !== "" && !(read instanceof Error)) console.log((read as Read).columns, (read as Read).rows.slice(0, 8));
  }
  console.log(`${name}: ${right} of ${judged} right (${((100 * right) / Math.max(1, judged)).toFixed(1)} %)`);
  for (const line of wrong) console.log(line);
}

function failure(error: Error): string {
  return error instanceof DataError ? `refused: ${error.message}` : `failed: ${error.stack}`;
}

async function readFileAsTable(file: string, sheet?: string): Promise<Read> {
  const { columns, rows, rejects, read } = await readUpload(await readFile(file), {
    options: sheet === undefined ? {} : { sheet },
  });
  return {
    columns: columns.map(({ name }) => name),
    headerRow: read.headerRow,
    rows: rows.map((cells) => cells.map(text)),
    rejected: rejects.map(({ value }) => value ?? ""),
  };
}

function compare(expected: Expected, { columns: names, headerRow, rows }: Read): string[] {
  const faults: string[] = [];
  const counts = [expected.n_rows, expected.n_rows_if_first_is_header].filter((count) => count != null);
  // Where a suite counts the header as a row, one less is as right.
  const withHeader = expected.expected_data?.every((row) => Array.isArray(row)) === true && expected.n_rows != null;
  if (withHeader) counts.push((expected.n_rows ?? 0) - 1);
  // A count that was derived, because the suite has none, is one of all lines. Where the first of them names the columns (names
  // over people, "age" over numbers), the table has one row less, and saying so is what a careful reader would do.
  if (expected.header == null && expected.expected_from?.startsWith("derived:") && headerRow === 1)
    counts.push((expected.n_rows ?? 0) - 1);
  // Some suites count blank lines as rows, which are none in a table.
  const blank = (expected.expected_data ?? []).filter(
    (row) => Array.isArray(row) && row.length === 1 && text(row[0]).trim() === "",
  ).length;
  if (blank > 0) counts.splice(0, counts.length, ...counts.map((count) => Number(count) - blank));
  if (counts.length > 0 && !counts.includes(rows.length))
    faults.push(`${rows.length} rows instead of ${counts.join(" or ")}`);
  if (expected.n_cols != null && names.length !== expected.n_cols) {
    faults.push(`${names.length} columns instead of ${expected.n_cols}`);
  }
  const { header } = expected;
  if (header && header.join("|") !== names.join("|")) {
    const same = header.every((name, index) => name === names[index] || name === "" || header.indexOf(name) !== index);
    if (!same || header.length !== names.length)
      faults.push(`header ${names.join("|")} instead of ${header.join("|")}`);
  }
  if (faults.length > 0) return faults;
  const cells = expectedCells(expected, names, rows.length);
  for (const [index, row] of cells.entries()) {
    for (const [column, value] of row.entries()) {
      const got = rows[index]?.[column] ?? "";
      if (!alike(value, got))
        return [`row ${index + 1} has ${JSON.stringify(got)} instead of ${JSON.stringify(value)}`];
    }
  }
  return [];
}

function expectedCells(expected: Expected, names: string[], rowCount: number): unknown[][] {
  if (expected.first_rows) return expected.first_rows;
  if (expected.expected_records) return expected.expected_records.map((record) => names.map((name) => record[name]));
  const all = (expected.expected_data ?? []).filter(
    (row) => !Array.isArray(row) || row.length > 1 || text(row[0]).trim() !== "",
  );
  const lists = all.filter((row) => Array.isArray(row));
  return lists.length === all.length ? lists.slice(Math.max(0, lists.length - rowCount)) : [];
}

function text(value: unknown): string {
  return value === null ? "" : String(value);
}

/** The same value, however it is written: numbers by value, dates and times by their digits, no value for null words. */
function alike(expected: unknown, got: string): boolean {
  const wanted = text(expected ?? "");
  const plain = (value: string) =>
    /^(null|none|n\/a|na|-|nan)?$/i.test(value.trim()) ? "" : value.trim().replaceAll("\0", "").replaceAll("\\0", "");
  if (plain(wanted) === plain(got)) return true;
  const [one, other] = [Number(wanted.replaceAll(",", "")), Number(got)];
  if (wanted.trim() !== "" && got.trim() !== "" && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one)))
    return true;
  if (wanted.toLowerCase() === got.toLowerCase()) return true;
  return instant(wanted) !== undefined && instant(wanted) === instant(got);
}

function instant(value: string): string | undefined {
  const iso = value.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
  const time = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(iso) ? iso : `${iso}Z`);
  if (Number.isNaN(time)) {
    const other = Date.parse(`${value} UTC`);
    return Number.isNaN(other) ? undefined : new Date(other).toISOString();
  }
  return new Date(time).toISOString();
}

const workbooks = await readFile(join(data, "xlsx", "manifest.json"), "utf8").catch(() => undefined);
if (workbooks === undefined) console.log("xlsx: no data at ../shared/data/xlsx, skipped");
else {
  const wrong: string[] = [];
  let judged = 0;
  for (const { file, checks } of z.array(workbook).parse(JSON.parse(workbooks))) {
    const testable = (checks ?? []).filter(
      (one) => one.sheet !== undefined && "value rows header data n_data_rows".split(" ").some((key) => key in one),
    );
    if (!file.includes(wanted) || testable.length === 0) continue;
    judged += 1;
    const faults: string[] = [];
    for (const one of testable) {
      const read = await readFileAsTable(
        join(data, "xlsx", file),
        typeof one.sheet === "string" ? one.sheet : undefined,
      ).catch((error: unknown) => error);
      faults.push(...(read instanceof Error ? [failure(read)] : compareSheet(one, read as Read)));
    }
    if (faults.length > 0) wrong.push(`  ${file}: ${[...new Set(faults)].slice(0, 3).join("; ")}`);
  }
  console.log(`xlsx: ${judged - wrong.length} of ${judged} right, by the values that their suites look for`);
  for (const line of wrong) console.log(line);
}

/** Names of columns are on one line. */
function oneLine(value: unknown): string {
  return text(value).replace(/\s+/g, " ");
}

/** Each value that is expected on the sheet is a cell, a column's name, or in the ledger. */
function compareSheet(one: Check, { columns, rows, rejected }: Read): string[] {
  if (one.n_data_rows !== undefined && one.n_data_rows !== rows.length)
    return [`${rows.length} rows instead of ${one.n_data_rows}`];
  const found = [...columns, ...rows.flat(), ...rejected];
  const values = [one.value, ...(one.rows ?? []).flat(), ...(one.header ?? []), ...(one.data ?? []).flat()];
  return values
    .filter((value) => text(value ?? null).trim() !== "" && !found.some((got) => alike(oneLine(value), oneLine(got))))
    .map((value) => `no ${JSON.stringify(value)} on ${one.sheet}`);
}
