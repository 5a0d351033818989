import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { account } from "../local/account.ts";
import { readDeployment } from "../local/template/read-deployment.ts";
import { measureColdStart, measureNaive, measureWarmCharts } from "./charts.ts";
import { measureFixedCost, measureIngest } from "./ingest.ts";
import { Product } from "./product.ts";
import { describeEnvironment, printReport, type Section } from "./report.ts";
import { writeSampleCsv } from "./sample-data.ts";
import { measureSizes } from "./sizes.ts";

/**
 * Measures QuantiBI against yardsticks taken in the same run. docs/benchmarks.md says what each line means.
 *
 *     npm run bench [-- --save]     with --save the results go to bench/results/<commit>.json, else to the temporary folder
 */
const { values: flags } = parseArgs({ options: { save: { type: "boolean", default: false } } });
const environment = describeEnvironment();
const folder = await mkdtemp(join(tmpdir(), "quantibi-bench-"));
const dataDir = join(folder, "data");
const sections: Section[] = [];
function note(title: string, measurements: Section["measurements"]) {
  sections.push({ title, measurements });
}

let product: Product | undefined;
try {
  console.log("Making the data");
  const [tiny, small, large] = await Promise.all([
    writeSampleCsv(join(folder, "one-row.csv"), 1),
    writeSampleCsv(join(folder, "10-mb.csv"), 10e6),
    writeSampleCsv(join(folder, "100-mb.csv"), 100e6),
  ]);
  console.log("Starting QuantiBI");
  product = await Product.start(dataDir);
  const { functions } = readDeployment(join(dataDir, "cdk.out"), {
    region: account.region,
    accountId: account.id,
    sqsUrl: (name) => name,
  });
  // Of the functions of a capability the one that works on files has the most memory.
  const [ingest] = functions
    .filter((spec) => spec.environment.POWERTOOLS_SERVICE_NAME === "ingest")
    .toSorted((a, b) => b.memoryMb - a.memoryMb);
  if (ingest === undefined) throw new Error("The template has no ingest function");

  const sizes = await measureSizes(functions);

  console.log("Ingest");
  const { fixedMs, measurements } = await measureFixedCost(product, tiny.path, 7);
  note("Ingest, fixed cost", measurements);
  const options = { product, fixedMs, memoryMb: ingest.memoryMb, folder };
  const ten = await measureIngest({ ...options, csv: small.path, label: "10 MB", rounds: 7 });
  const hundred = await measureIngest({ ...options, csv: large.path, label: "100 MB", rounds: 5 });
  note("Ingest", [...ten.measurements, ...hundred.measurements]);

  console.log("Charts");
  note("Warm chart over HTTP, 100 MB", await measureWarmCharts(product, hundred.ingested, folder, 50));
  note("Warm chart against the naive way, 100 MB", await measureNaive(product, hundred.ingested, folder, 7));
  await product.stop();

  console.log("Cold starts");
  const restart = async () => {
    product = await Product.start(dataDir);
    return product;
  };
  note("Cold start, 100 MB", await measureColdStart(restart, hundred.ingested.dataset, 5));
  note("Sizes", sizes);
} finally {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
}

printReport(environment, sections);
const results = flags.save ? join(import.meta.dirname, "results") : await mkdtemp(join(tmpdir(), "quantibi-results-"));
await mkdir(results, { recursive: true });
const file = join(results, `${environment.commit}.json`);
await writeFile(file, `${JSON.stringify({ environment, sections }, null, 2)}\n`);
console.log(`\nWritten to ${file}`);
