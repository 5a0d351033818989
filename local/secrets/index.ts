import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import type { SecretSpec } from "../template/deployment.ts";

const MAX_BODY_BYTES = 64 * 1024;

export interface SecretsOptions {
  /** 0, the default, takes any free one. */
  port?: number;
  region: string;
  secrets: SecretSpec[];
  /** By the last segment of a secret's name: `quantibi/OPENAI_API_KEY` takes its value from `OPENAI_API_KEY`. */
  values: Record<string, string>;
}

export interface Secrets {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `GetSecretValue` and `DescribeSecret` of AWS Secrets Manager on 127.0.0.1 for the declared secrets. A secret
 * with no value, or an empty one, exists but answers `ResourceNotFoundException`, as one to which nobody has given a
 * value does on AWS. Rejects when the port is taken.
 */
export async function startSecrets(options: SecretsOptions): Promise<Secrets> {
  const createdAt = Math.floor(Date.now() / 1000);
  const server = createServer((request, response) => {
    answer(request, options, createdAt)
      .catch((error: unknown): Answer => {
        if (error instanceof SecretsError) return failure(error);
        console.error("secrets:", error);
        return failure(new SecretsError("InternalServiceError", "An error occurred on the server side.", 500));
      })
      .then((result) => send(response, result));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

class SecretsError extends Error {
  override readonly name = "SecretsError";
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
    this.status = status;
  }
}

const inputSchema = z.object({
  SecretId: z.string().min(1),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});

async function answer(request: IncomingMessage, options: SecretsOptions, createdAt: number): Promise<Answer> {
  // A page that had its own host name resolve to this machine could otherwise read the secrets in a browser.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
    throw new SecretsError("AccessDeniedException", "Only this machine may ask.");
  }
  const target = String(request.headers["x-amz-target"] ?? "");
  if (request.method !== "POST" || !/^secretsmanager\.(GetSecretValue|DescribeSecret)$/.test(target)) {
    throw new SecretsError(
      "UnknownOperationException",
      `${target || "This request"} is not supported by the local secrets.`,
    );
  }
  if (!request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 ")) {
    throw new SecretsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const input = parseInput(await readText(request));
  const secret = options.secrets.find(({ name, arn }) => isNamedBy(input.SecretId, name, arn));
  if (secret === undefined) {
    throw new SecretsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  const value = options.values[secret.name.slice(secret.name.lastIndexOf("/") + 1)] ?? "";
  const versionId = versionOf(value);
  const identity = { ARN: secret.arn, Name: secret.name, CreatedDate: createdAt };
  if (target.endsWith(".DescribeSecret")) {
    const versions = value === "" ? {} : { VersionIdsToStages: { [versionId]: ["AWSCURRENT"] } };
    return { status: 200, body: { ...identity, ...versions } };
  }
  const { VersionStage: stage = "AWSCURRENT", VersionId } = input;
  if (value === "" || stage !== "AWSCURRENT" || (VersionId !== undefined && VersionId !== versionId)) {
    throw new SecretsError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`}`,
    );
  }
  return {
    status: 200,
    body: { ...identity, SecretString: value, VersionId: versionId, VersionStages: ["AWSCURRENT"] },
  };
}

/** A secret answers to its name, its ARN, and its ARN without the six random characters at the end. */
function isNamedBy(id: string, name: string, arn: string): boolean {
  return id === name || id === arn || (id.startsWith("arn:") && arn.replace(/-\w{6}$/, "") === id);
}

function versionOf(value: string): string {
  const digest = createHash("sha256").update(`version of ${value}`).digest("hex");
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

function parseInput(text: string): z.infer<typeof inputSchema> {
  try {
    return inputSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SecretsError("InvalidParameterException", "SecretId is missing or the request is not JSON.", 400, {
      cause,
    });
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new SecretsError("InvalidRequestException", "The request is too large.", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function failure({ type, message, status }: SecretsError): Answer {
  return { status, body: { __type: type, Message: message } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/x-amz-json-1.1", "content-length": Buffer.byteLength(text) })
    .end(text);
}
