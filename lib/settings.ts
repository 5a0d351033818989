import type { Node } from "constructs";
import { z } from "zod";

const amount = z.coerce.number().int().min(0);

/** What a deployment chooses, given as CDK context: `cdk deploy -c issuer=https://… -c audience=…`. */
const settings = z.object({
  /** Operating system and processor that functions run on, as Node.js names them; Lambda has the two of Linux. */
  platform: z.string().regex(/^[a-z0-9]+-(arm64|x64)$/, "is not like linux-arm64"),
  /** Issuer URL of the OpenID Connect provider whose tokens are accepted. */
  issuer: z.url(),
  audience: z.string().min(1),
  /** Origins of the web page, separated by commas: who may upload and download from a browser. */
  siteOrigins: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(z.url()).min(1)),
  openaiModel: z.string().min(1).default("gpt-5-mini"),
  /** Another server that speaks OpenAI's protocol. */
  openaiBaseUrl: z.url().optional(),
  /** Dollars per million tokens that the model reads and writes, for a model whose list price is not known or not true. */
  openaiPrice: z
    .string()
    .regex(/^\d+(\.\d+)?,\d+(\.\d+)?$/, "is not like 0.25,2")
    .optional(),
  // What each workspace may use, per month, or at any time.
  chartsPerMonth: amount.default(10_000),
  reportsPerMonth: amount.default(500),
  modelTokensPerMonth: amount.default(10_000_000),
  storedBytes: amount.default(100_000_000_000),
});
export type Settings = z.infer<typeof settings>;

/** Reads the settings from the construct tree's context; throws an error that names what is wrong. */
export function readSettings(node: Node): Settings {
  const given = Object.fromEntries(Object.keys(settings.shape).map((key) => [key, node.tryGetContext(key)]));
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw new Error(`CDK context: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
