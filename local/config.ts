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
  OPENAI_PRICE: optional(text),
  CHARTS_PER_MONTH: optional(text),
  REPORTS_PER_MONTH: optional(text),
  MODEL_TOKENS_PER_MONTH: optional(text),
  STORED_BYTES: optional(text),
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
  /** Settings of the CDK app by their names there, which checks them; those that are not given have its defaults. */
  settings: Record<string, string>;
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
    settings: given({
      openaiBaseUrl: data.OPENAI_BASE_URL,
      openaiModel: data.OPENAI_MODEL,
      openaiPrice: data.OPENAI_PRICE,
      chartsPerMonth: data.CHARTS_PER_MONTH,
      reportsPerMonth: data.REPORTS_PER_MONTH,
      modelTokensPerMonth: data.MODEL_TOKENS_PER_MONTH,
      storedBytes: data.STORED_BYTES,
    }),
  };
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
