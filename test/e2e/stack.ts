import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { account } from "../../local/account.ts";
import { Person } from "./person.ts";

const root = join(import.meta.dirname, "..", "..");

interface Running {
  child: ChildProcess;
  url: string;
  exited: Promise<number | null>;
  output: () => string;
}

/** The whole product as a user starts it: `local/main.ts` in a process of its own, on a data folder that is removed at the end. */
export class Stack {
  #dataDir: string | undefined;
  #running: Running | undefined;

  get dataDir(): string {
    if (this.#dataDir === undefined) throw new Error("The stack was never started.");
    return this.#dataDir;
  }

  get url(): string {
    return this.running.url;
  }

  /** All that it has printed since it started. */
  get output(): string {
    return this.running.output();
  }

  private get running(): Running {
    if (this.#running === undefined) throw new Error("The stack does not run.");
    return this.#running;
  }

  /** Starts, or starts again on the same data; resolves when it says that it is ready. */
  async start(variables: Record<string, string> = {}): Promise<void> {
    this.#dataDir ??= await makeDataDir();
    const { MONGODB_URI: _uri, OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...inherited } = process.env;
    const env = { ...inherited, PORT: "0", QUANTIBI_DATA_DIR: this.#dataDir, ...variables };
    const child = spawn(process.execPath, [join(root, "local", "main.ts")], { cwd: root, env });
    const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
    let output = "";
    const ready = Promise.withResolvers<string>();
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /^QuantiBI is ready at (\S+)$/m.exec(output)?.[1];
      if (url !== undefined) ready.resolve(url);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    exited.then((code) => ready.reject(new Error(`exited with ${code}:\n${output}`)));
    this.#running = { child, url: await ready.promise, exited, output: () => output };
  }

  /** Ends the process by `signal` and waits until it is gone; the data stays. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number | null> {
    const { child, exited } = this.running;
    this.#running = undefined;
    child.kill(signal);
    return await exited;
  }

  async remove(): Promise<void> {
    if (this.#running !== undefined) await this.stop();
    if (this.#dataDir !== undefined) await rm(this.#dataDir, { recursive: true });
  }

  /** Signs in through the local issuer; the same address is always the same person. */
  signIn(email: string, name?: string): Promise<Person> {
    return Person.signIn(this.url, email, name);
  }

  /** The keys that the bucket of `uploadUrl` holds under `prefix`, asked as an operator would ask S3. */
  async objectKeys(uploadUrl: string, prefix: string): Promise<string[]> {
    const client = s3(uploadUrl);
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucketOf(uploadUrl), Prefix: prefix }),
    );
    client.destroy();
    return Contents.map(({ Key = "" }) => Key);
  }
}

/** Within the project, as it is for whoever starts QuantiBI without further ado. */
async function makeDataDir(): Promise<string> {
  const folder = join(root, ".quantibi");
  await mkdir(folder, { recursive: true });
  return await mkdtemp(join(folder, "e2e-"));
}

/** A client of the storage that an upload URL leads to. */
export function s3(uploadUrl: string): S3Client {
  const { region, credentials } = account;
  return new S3Client({ endpoint: new URL(uploadUrl).origin, region, credentials, forcePathStyle: true });
}

function bucketOf(uploadUrl: string): string {
  const { hostname, pathname } = new URL(uploadUrl);
  const inPath = pathname.split("/")[1];
  return inPath || (hostname.split(".")[0] ?? "");
}
