import { resolve } from "node:path";
import { z } from "zod";
import { StartError } from "./start-error.ts";

const text = z.string().trim();

/** A variable that is set to nothing counts as not set. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : value),
    schema.optional(),
  );
}

const environment = z.object({
  PORT: optional(text.regex(/^\d+$/, "must be a whole number").transform(Number).pipe(z.int().max(65_535))),
  QUANTIBI_DATA_DIR: optional(text),
  MONGODB_URI: optional(text.regex(/^mongodb(\+srv)?:\/\//, "must start with mongodb:// or mongodb+srv://")),
  OPENAI_API_KEY: optional(text),
  OPENAI_BASE_URL: optional(text.pipe(z.url({ protocol: /^https?$/ }))),
  OPENAI_MODEL: optional(text),
});

export interface RunnerConfig {
  /** 0 for any free one. */
  port: number;
  /** Everything that outlives the process lies here. */
  dataDir: string;
  /** Without it the embedded server is used. */
  mongodbUri: string | undefined;
  /** Without it questions are planned offline. */
  openaiApiKey: string | undefined;
  openaiBaseUrl: string | undefined;
  openaiModel: string | undefined;
}

/** Reads the configuration from environment variables; throws a {@link StartError} that names those that are wrong. */
export function readConfig(variables: NodeJS.ProcessEnv): RunnerConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const complaints = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new StartError(complaints.join("; "), { cause: parsed.error });
  }
  const { data } = parsed;
  return {
    port: data.PORT ?? 3000,
    dataDir: resolve(data.QUANTIBI_DATA_DIR ?? ".quantibi"),
    mongodbUri: data.MONGODB_URI,
    openaiApiKey: data.OPENAI_API_KEY,
    openaiBaseUrl: data.OPENAI_BASE_URL,
    openaiModel: data.OPENAI_MODEL,
  };
}
