import OpenAI from "openai";

/** More than any plan or passage takes, with room for a server that thinks aloud. */
const mostBytes = 4_000_000;

/** A server sent more than any answer can be. */
export class EndlessAnswer extends Error {
  override readonly name = "EndlessAnswer";
}

/** A client that reads no answer beyond a number of bytes; how long it may take is for each request to say. */
export function openaiClient(apiKey: string, baseUrl: string | undefined): OpenAI {
  return new OpenAI({ apiKey, baseURL: baseUrl ?? null, fetch: bounded });
}

/** Counts what comes out of the decoder, as a small body may be compressed from a large one. */
async function bounded(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) controller.error(new EndlessAnswer(`The answer has more than ${mostBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(limit), { status, statusText, headers });
}
