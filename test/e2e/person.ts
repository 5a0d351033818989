import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Chart, type CreatedDataset, type Dataset, type Operation, operations } from "../../contract/index.ts";
import { assertProblem, type ExpectedProblem, type Refusal } from "./problem.ts";

const token = z.object({ accessToken: z.string(), expiresIn: z.int() });

/** What a call needs beyond its operation; ids that the person's own workspace gives need not be said. */
export interface Call {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
}

/** Someone who is signed in and calls the API over HTTP, in their personal workspace unless told otherwise. */
export class Person {
  readonly url: string;
  readonly accessToken: string;
  readonly workspaceId: string;

  private constructor(url: string, accessToken: string, workspaceId: string) {
    this.url = url;
    this.accessToken = accessToken;
    this.workspaceId = workspaceId;
  }

  static async signIn(url: string, email: string, name?: string): Promise<Person> {
    const stranger = new Person(url, await signInToken(url, email, name), "");
    const { workspaces } = await stranger.ok(operations.me);
    return new Person(url, stranger.accessToken, workspaces[0]?.id ?? "");
  }

  /** Any request, whether the contract has it or not; `path` begins with `/api`. */
  fetch(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.accessToken}`, ...init.headers };
    return fetch(this.url + path, { ...init, method, headers });
  }

  send(operation: Operation, { params = {}, query = {}, body }: Call = {}): Promise<Response> {
    const values: Record<string, string> = { workspaceId: this.workspaceId, ...params };
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${operation.path} needs ${name}`);
      return encodeURIComponent(value);
    });
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) search.set(name, String(value));
    return this.fetch(operation.method, search.size > 0 ? `${path}?${search}` : path, {
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  }

  /** The answer of a call that must succeed, checked against the contract. */
  async ok<Answer>(operation: Operation & { answer: z.ZodType<Answer> }, call?: Call): Promise<Answer> {
    const response = await this.send(operation, call);
    const text = await response.text();
    assert.equal(response.status, operation.status, text);
    assert.match(response.headers.get("content-type") ?? "", /^application\/json\b/);
    return operation.answer.parse(JSON.parse(text));
  }

  /** A call that must succeed and answers nothing. */
  async done(operation: Operation, call?: Call): Promise<void> {
    const response = await this.send(operation, call);
    assert.equal(await response.text(), "");
    assert.equal(response.status, operation.status);
  }

  /** The problem of a call that must be refused. */
  async refused(operation: Operation, call: Call, expected: ExpectedProblem): Promise<Refusal> {
    return assertProblem(await this.send(operation, call), expected);
  }

  announce(fileName: string, fileSize: number, more: { name?: string } = {}): Promise<CreatedDataset> {
    return this.ok(operations.createDataset, { body: { fileName, fileSize, ...more } });
  }

  /** Announces a file, sends it to the storage and waits until it has been read or refused. */
  async upload(fileName: string, content: string | Uint8Array<ArrayBuffer>): Promise<Dataset> {
    const file = new Blob([content]);
    const { dataset, upload } = await this.announce(fileName, file.size);
    const response = await sendFile(upload, file);
    assert.equal(response.status, 204, await response.text());
    return await this.settled(dataset.id);
  }

  /** The dataset once it is ready or has failed. */
  async settled(datasetId: string): Promise<Dataset> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const dataset = await this.ok(operations.getDataset, { params: { datasetId } });
      if (dataset.status === "ready" || dataset.status === "failed") return dataset;
      assert.ok(Date.now() < deadline, `still ${dataset.status} after a minute`);
      // Each look costs the machine that does the work.
      await sleep(100);
    }
  }

  ask(dataset: Pick<Dataset, "id">, question: string): Promise<Chart> {
    return this.ok(operations.createChart, { body: { datasetIds: [dataset.id], question } });
  }

  query(dataset: Pick<Dataset, "id">, sql: string): Promise<Chart> {
    return this.ok(operations.createChart, { body: { datasetIds: [dataset.id], sql } });
  }
}

/** A token of the local issuer. */
export async function signInToken(url: string, email: string, name?: string): Promise<string> {
  const body = JSON.stringify({ email, name });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/local/token`, { method: "POST", headers, body });
  assert.equal(response.status, 200);
  return token.parse(await response.json()).accessToken;
}

/** Posts a file as the contract says: the form's fields first and the file last. */
export async function sendFile(
  { url, fields }: Pick<CreatedDataset["upload"], "url" | "fields">,
  file: Blob,
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return await fetch(url, { method: "POST", body: form });
}
