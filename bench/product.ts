import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openAsBlob } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  type Chart,
  chart,
  createdDataset,
  type Dataset,
  dataset,
  me,
  type Report,
  report,
} from "../contract/index.ts";

const root = join(import.meta.dirname, "..");
const readyLine = /^QuantiBI is ready at (\S+)$/m;
const token = z.object({ accessToken: z.string() });

/** How long an upload took, from its first byte to the dataset being ready, in milliseconds. */
export interface Ingested {
  dataset: Dataset;
  /** Where the object storage answers. */
  storageUrl: string;
  /** Sending the form, until object storage has answered. */
  uploadMs: number;
  /** From then until the function took the upload up: event, queue, and a cold start if there was one. */
  waitMs: number;
  /** From then until the dataset was ready. */
  workMs: number;
  totalMs: number;
}

/** QuantiBI as a person runs it, in a process of its own, driven over HTTP. */
export class Product {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly headers: Record<string, string>;
  private readonly workspace: string;

  private constructor(url: string, child: ChildProcess, headers: Record<string, string>, workspaceId: string) {
    this.url = url;
    this.child = child;
    this.headers = headers;
    this.workspace = `${url}/api/workspaces/${workspaceId}`;
  }

  /** Starts it on `dataDir` and signs in, which also starts the API's first function instance. */
  static async start(dataDir: string): Promise<Product> {
    const { MONGODB_URI: _mongo, OPENAI_API_KEY: _key, OPENAI_BASE_URL: _base, ...inherited } = process.env;
    const child = spawn(process.execPath, [join(root, "local/main.ts")], {
      cwd: root,
      env: { ...inherited, PORT: "0", QUANTIBI_DATA_DIR: dataDir },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await readyUrl(child);
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ email: "bench@example.org" });
    const { accessToken } = token.parse(
      await answer(await fetch(`${url}/local/token`, { method: "POST", headers, body })),
    );
    const signedIn = { ...headers, authorization: `Bearer ${accessToken}` };
    const { workspaces } = me.parse(await answer(await fetch(`${url}/api/me`, { headers: signedIn })));
    const [workspace] = workspaces;
    if (workspace === undefined) throw new Error("The new user has no workspace");
    return new Product(url, child, signedIn, workspace.id);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill("SIGTERM");
    await once(this.child, "exit");
  }

  /** Uploads a file as the browser does and waits until its dataset is ready. */
  async ingest(path: string): Promise<Ingested> {
    const file = await openAsBlob(path);
    const body = JSON.stringify({ fileName: basename(path), fileSize: file.size });
    const created = createdDataset.parse(await this.post("datasets", body));
    const form = new FormData();
    for (const [name, value] of Object.entries(created.upload.fields)) form.append(name, value);
    form.append("file", file);
    const start = Date.now();
    const response = await fetch(created.upload.url, { method: "POST", body: form });
    if (!response.ok) throw new Error(`The upload was refused: ${await response.text()}`);
    const uploaded = Date.now();
    let takenUp: number | undefined;
    for (;;) {
      const current = dataset.parse(await this.get(`datasets/${created.dataset.id}`));
      // The dataset says itself when it changed, so that polling costs no precision.
      const changed = Date.parse(current.updatedAt);
      if (current.status === "ingesting") takenUp ??= changed;
      if (current.status === "failed") throw new Error(`The file was not ingested: ${current.error?.message}`);
      if (current.status === "ready") {
        const began = takenUp ?? changed;
        return {
          dataset: current,
          storageUrl: new URL(created.upload.url).origin,
          uploadMs: uploaded - start,
          waitMs: Math.max(0, began - uploaded),
          workMs: changed - Math.max(began, uploaded),
          totalMs: changed - start,
        };
      }
      // Each look costs the machine something, so once the function works, only a few.
      await sleep(takenUp === undefined ? 50 : 400);
    }
  }

  /** Makes a chart from SQL. `ms` is from the request to the last byte of the answer, before it is parsed. */
  async chartFromSql(datasetId: string, sql: string): Promise<{ ms: number; chart: Chart }> {
    const body = JSON.stringify({ datasetIds: [datasetId], sql });
    const start = performance.now();
    const response = await fetch(`${this.workspace}/charts`, { method: "POST", headers: this.headers, body });
    const text = await response.text();
    const ms = performance.now() - start;
    if (!response.ok) throw new Error(`The chart was refused: ${text}`);
    return { ms, chart: chart.parse(JSON.parse(text)) };
  }

  /** Has a report made. `ms` is from the request until it is seen to be completed. */
  async report(title: string, chartIds: string[]): Promise<{ ms: number; report: Report }> {
    const start = performance.now();
    let current = report.parse(await this.post("reports", JSON.stringify({ title, chartIds })));
    while (current.status === "queued" || current.status === "running") {
      await sleep(20);
      current = report.parse(await this.get(`reports/${current.id}`));
    }
    if (current.status !== "completed") throw new Error(`The report was not made: ${current.error?.message}`);
    return { ms: performance.now() - start, report: current };
  }

  private async get(path: string): Promise<unknown> {
    return answer(await fetch(`${this.workspace}/${path}`, { headers: this.headers }));
  }

  private async post(path: string, body: string): Promise<unknown> {
    return answer(await fetch(`${this.workspace}/${path}`, { method: "POST", headers: this.headers, body }));
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const ready = Promise.withResolvers<string>();
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    const url = readyLine.exec(output)?.[1];
    if (url !== undefined) ready.resolve(url);
  });
  child.once("exit", (code) => ready.reject(new Error(`QuantiBI ended with ${code}:\n${output}`)));
  return ready.promise;
}

async function answer(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
