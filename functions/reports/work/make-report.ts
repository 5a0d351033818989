import { z } from "zod";
import { chart, dataset, type Narrative, reportSection, type Sentence } from "../../../contract/index.ts";
import type { ChartMaking } from "../../charts/run-chart.ts";
import { reportFolder } from "../../shared/object-keys.ts";
import type { ObjectStorage } from "../../shared/object-storage.ts";
import { logger } from "../../shared/observability.ts";
import { fileNameOf } from "../document/file-name.ts";
import { type DocumentParts, type PageAssets, reportDocument } from "../document/report-document.ts";
import type { ModelAccount, Narrator } from "../narrative/narrator.ts";
import type { Printer } from "../print/printer.ts";
import { stampPdf } from "../print/stamp-pdf.ts";
import type { ReportDocument } from "../report-model.ts";
import { Hopeless } from "./give-up.ts";
import type { Lease } from "./lease.ts";
import { peakMemoryMb } from "./peak-memory.ts";
import { makeSection, type SectionMaterial } from "./section.ts";

/** What a worker makes reports with. */
export interface ReportMaking extends Pick<ChartMaking, "engine"> {
  storage: Pick<ObjectStorage, "read" | "write" | "deleteFolder">;
  printer: Pick<Printer, "print">;
  assets: PageAssets;
  /** One for each report. */
  narrator: Narrator;
  /** Who pays for the model's work for a workspace. */
  accountOf: (workspaceId: string) => ModelAccount;
}

const material: z.ZodType<SectionMaterial> = z.object({
  chart: chart.nullable(),
  datasets: z.array(
    dataset.pick({
      id: true,
      name: true,
      fileName: true,
      version: true,
      rowCount: true,
      rejects: true,
      fileSize: true,
      updatedAt: true,
    }),
  ),
  section: reportSection,
  byModel: z.boolean(),
});

/**
 * Makes a report, from wherever an earlier attempt got to: sections that lie in the bucket are not made again. Throws
 * `Superseded` when the lease is lost, `Hopeless` for what no further attempt would mend, and any other error for what one may.
 */
export async function makeReport(report: ReportDocument, lease: Lease, making: ReportMaking): Promise<void> {
  const { storage } = making;
  const reportId = report._id.toString();
  const folder = reportFolder({ workspaceId: report.workspaceId.toString(), reportId });
  making.narrator.chargeTo(making.accountOf(report.workspaceId.toString()));
  const clock = stopwatch();
  const materials = await severalAtATime(report.charts, (_chart, index) =>
    sectionOf(report, index, `${folder}sections/${report.run}-${index}.json`, lease, making),
  );
  if (materials.every(({ chart }) => chart === null)) {
    throw new Hopeless("no-charts", "None of the report's charts exists any more. Make a new report of others.");
  }
  const sectionsMs = clock.lap();

  const sections = materials.map(({ section }) => section);
  const summary = await making.narrator.summary(report.title, sections, datasetsOf(materials), report.instructions);
  const writers = new Set([...materials.map(({ byModel }) => byModel), summary.byModel]);
  const narrative: Narrative = {
    summary: prose(summary.sentences),
    sentences: summary.sentences,
    sections,
    writtenBy: writers.size > 1 ? "both" : summary.byModel ? "model" : "templates",
  };
  await lease.write({
    $set: { "progress.done": report.charts.length + 1, narrative, model: making.narrator.cost },
  });

  const now = new Date();
  const parts: DocumentParts = {
    title: report.title,
    edition: report.edition,
    madeAt: now,
    narrative,
    materials,
  };
  const html = reportDocument(parts, making.assets);
  const htmlMs = clock.lap();
  const printed = await making.printer.print(html.forPrint);
  const printMs = clock.lap();
  const pdf = stampPdf(printed.pdf, { madeAt: now, author: "QuantiBI", subject: narrative.summary.slice(0, 500) });
  const keys = { pdfKey: `${folder}${report.run}/report.pdf`, htmlKey: `${folder}${report.run}/report.html` };
  await Promise.all([
    storage.write(keys.pdfKey, pdf, "application/pdf"),
    storage.write(keys.htmlKey, html.forDownload, "text/html; charset=utf-8"),
  ]);
  await lease.write({
    $set: {
      ...keys,
      status: "completed",
      error: null,
      lease: null,
      "progress.done": report.charts.length + 2,
      completedAt: now,
      fileName: fileNameOf(report.title, now),
      pageCount: printed.pages,
      pdfBytes: pdf.length,
    },
  });
  await storage.deleteFolder(`${folder}sections/`);
  logger.info("Made a report", {
    reportId,
    charts: report.charts.length,
    pages: printed.pages,
    bytes: pdf.length,
    peakMemoryMb: peakMemoryMb(),
    timings: { sectionsMs, htmlMs, printMs, ...printed.timings, storeMs: clock.lap() },
  });
}

/** A section with its words: read, if an earlier attempt has made it, else made and stored. */
async function sectionOf(
  report: ReportDocument,
  index: number,
  key: string,
  lease: Lease,
  { engine, storage, narrator }: ReportMaking,
): Promise<SectionMaterial> {
  if (report.finished.includes(index)) {
    const bytes = await storage.read(key);
    const stored = bytes && material.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    // What another release of the worker has stored may lack something: then it is made again.
    if (stored?.success) return stored.data;
  }
  const charted = report.charts[index];
  if (!charted) throw new Error(`The report has no chart ${index}`);
  const made = await makeSection(report.workspaceId.toString(), charted, { engine });
  const { chart: shown, section, datasets } = made;
  if (shown !== null) {
    const { sentences, byModel } = await narrator.section(section.facts, {
      chartId: section.chartId,
      title: section.title,
      question: shown.question,
      columns: shown.result.columns.map(({ name }) => name),
      datasets: datasets.map(({ name }) => name),
      instructions: report.instructions,
    });
    made.section = { ...section, sentences, text: prose(sentences) };
    made.byModel = byModel;
  }
  await storage.write(key, JSON.stringify(made), "application/json");
  await lease.write({ $addToSet: { finished: index }, $inc: { "progress.done": 1 } });
  return made;
}

/** While one section waits for storage or the model, others go on. */
const sectionsAtATime = 4;

/** What `make` resolves to for each item, in their order. After a failure no further item is begun. */
async function severalAtATime<Item, Result>(
  items: Item[],
  make: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let failed = false;
  const workers = Array.from({ length: Math.min(sectionsAtATime, items.length) }, async () => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await make(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  });
  await Promise.all(workers);
  return results;
}

function datasetsOf(materials: SectionMaterial[]): SectionMaterial["datasets"] {
  return [...new Map(materials.flatMap(({ datasets }) => datasets.map((one) => [one.id, one] as const))).values()];
}

function prose(sentences: Sentence[]): string {
  return sentences.map(({ text }) => text).join(" ");
}

/** Milliseconds since the last lap. */
function stopwatch() {
  let last = performance.now();
  return {
    lap() {
      const now = performance.now();
      const ms = Math.round(now - last);
      last = now;
      return ms;
    },
  };
}
