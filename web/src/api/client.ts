import type { z } from "zod";
import { endSession, readSession } from "../session/session-store.ts";
import { ApiError, apiErrorFrom } from "./api-error.ts";

interface Call {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** The gateway gives up after 30 s; this waits a little longer so that its answer is the one that is shown. */
const timeoutMs = 35_000;

/** Calls the API and checks the answer. @throws {ApiError} on any other outcome. */
export async function request<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  call: Call = {},
): Promise<z.infer<Schema>> {
  const response = await send(path, call);
  const parsed = schema.safeParse(await readJson(response));
  if (parsed.success) return parsed.data;
  throw new ApiError("server", "The answer was not in the form this page knows. Reload the page and try again.", {
    status: response.status,
    cause: parsed.error,
  });
}

/** Calls the API where the answer has no body. @throws {ApiError} */
export async function requestNothing(path: string, call: Call): Promise<void> {
  await send(path, call);
}

/** A file from the API. @throws {ApiError} */
export async function requestFile(path: string): Promise<Blob> {
  const response = await send(path, {});
  return response.blob();
}

async function send(path: string, { method = "GET", body, signal }: Call): Promise<Response> {
  const session = readSession();
  const headers = new Headers();
  if (session) headers.set("authorization", `Bearer ${session.accessToken}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const text = timeout.aborted ? "There was no answer in time." : "The service can't be reached.";
    throw new ApiError("network", text, { cause });
  }
  if (response.ok) return response;
  const error = apiErrorFrom(response.status, await response.text());
  if (error.status === 401) endSession("Your session has ended. Sign in again to go on where you were.");
  throw error;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new ApiError("network", "The answer was cut off.", { status: response.status, cause });
  }
}
