import { z } from "zod";

/** A function's answer, ready to be written. */
export interface IntegrationResponse {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

/** A function's result that is not a response that API Gateway understands; it answers 500 for those. */
export class MalformedResponse extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MalformedResponse";
  }
}

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const structured = z.object({
  statusCode: z
    .union([z.int(), z.string().regex(/^\d{3}$/)])
    .transform(Number)
    .pipe(z.int().min(100).max(599)),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * Reads a function's result as a format 2.0 response. A result without `statusCode` is the body of a 200 in JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 * Throws {@link MalformedResponse} for a result that has a `statusCode` and is wrong otherwise.
 */
export function readIntegrationResponse(result: unknown): IntegrationResponse {
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    const text = typeof result === "string" ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { "content-type": "application/json" }, cookies: [], body: Buffer.from(text) };
  }
  const parsed = structured.safeParse(result);
  if (!parsed.success) throw new MalformedResponse(z.prettifyError(parsed.error), { cause: parsed.error });
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const lowered = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status: statusCode,
    // A body without a type goes out as text, as API Gateway has it.
    headers: body ? { "content-type": "text/plain;charset=UTF-8", ...lowered } : lowered,
    cookies: cookies ?? [],
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}
