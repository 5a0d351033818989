import * as z from "zod";
import { type Account, checkScope, signatureMismatch } from "./authenticate.ts";
import { S3Error } from "./error.ts";
import { ALGORITHM, deriveSigningKey, parseCredential, sign, signaturesEqual } from "./signature-v4.ts";

/** The sizes that a policy allows, in bytes. */
export interface SizeRange {
  min: number;
  max: number;
}

const operand = z.union([z.string(), z.int().nonnegative()]);
const policySchema = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.union([z.tuple([z.string(), operand, operand]), z.record(z.string(), z.string())])),
});

/** Form fields that need no condition (Amazon S3 API reference, "POST policy"). */
const NEEDS_NO_CONDITION = /^(x-amz-signature|policy|file|x-ignore-.*)$/;

/**
 * Verifies a browser upload's signature, then that its policy has not expired, that every condition holds, and that
 * every field is named by a condition. `fields` has lower-case names and what precedes the file. Answers the size range
 * to hold the file to. Throws the error that S3 would answer.
 */
export function verifyPostPolicy(
  fields: ReadonlyMap<string, string>,
  bucket: string,
  account: Account,
  now: Date,
): SizeRange {
  const encodedPolicy = fields.get("policy");
  if (encodedPolicy === undefined) throw new S3Error("AccessDenied", "Access Denied");
  verifySignature(fields, encodedPolicy, account);
  const { expiration, conditions } = parsePolicy(encodedPolicy);
  if (now >= new Date(expiration)) throw denied("Policy expired.");

  const values = new Map([...fields, ["bucket", bucket]]);
  const covered = new Set<string>();
  const range = { min: 0, max: Number.POSITIVE_INFINITY };
  for (const condition of conditions) {
    const { operator, operands } = normalize(condition);
    if (operator === "content-length-range") {
      range.min = Math.max(range.min, Number(operands[0]));
      range.max = Math.min(range.max, Number(operands[1]));
      continue;
    }
    const name = String(operands[0]).replace(/^\$/, "").toLowerCase();
    covered.add(name);
    if (!holds(operator, name, values.get(name), String(operands[1]))) {
      throw denied(`Policy Condition failed: ${JSON.stringify([operator, `$${name}`, operands[1]])}`);
    }
  }
  const extra = [...values.keys()].filter((name) => !covered.has(name) && !NEEDS_NO_CONDITION.test(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(", ")}`);
  return range;
}

function verifySignature(fields: ReadonlyMap<string, string>, encodedPolicy: string, account: Account): void {
  const field = (name: string): string => {
    const value = fields.get(name.toLowerCase());
    if (value !== undefined) return value;
    throw new S3Error(
      "InvalidArgument",
      `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
      { ArgumentName: name },
    );
  };
  if (field("X-Amz-Algorithm") !== ALGORITHM) {
    throw new S3Error("InvalidArgument", `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const scope = parseCredential(field("X-Amz-Credential"));
  if (scope === undefined || !field("X-Amz-Date").startsWith(scope.date)) {
    throw new S3Error("InvalidArgument", "The X-Amz-Credential field is malformed.");
  }
  const signature = field("X-Amz-Signature");
  checkScope(scope, account, "InvalidArgument");
  const expected = sign(deriveSigningKey(account.credentials.secretAccessKey, scope), encodedPolicy);
  if (!signaturesEqual(expected, signature)) throw signatureMismatch(encodedPolicy, signature);
}

function parsePolicy(encoded: string): z.infer<typeof policySchema> {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
  } catch (cause) {
    throw new S3Error("InvalidPolicyDocument", "Invalid Policy: Invalid JSON.", {}, { cause });
  }
  const parsed = policySchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new S3Error(
    "InvalidPolicyDocument",
    `Invalid Policy: ${where} is missing or invalid.`,
    {},
    { cause: parsed.error },
  );
}

function normalize(condition: z.infer<typeof policySchema>["conditions"][number]): {
  operator: string;
  operands: (string | number)[];
} {
  if (Array.isArray(condition)) {
    const [name, ...operands] = condition;
    const operator = name.toLowerCase();
    if (operator === "content-length-range" && operands.every((value) => /^\d+$/.test(String(value))))
      return { operator, operands };
    if (operator === "eq" || operator === "starts-with") return { operator, operands };
    throw new S3Error("InvalidPolicyDocument", `Invalid Policy: Invalid condition ${JSON.stringify(condition)}.`);
  }
  const entries = Object.entries(condition);
  const [only] = entries;
  if (only === undefined || entries.length > 1) {
    throw new S3Error(
      "InvalidPolicyDocument",
      "Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
    );
  }
  return { operator: "eq", operands: only };
}

function holds(operator: string, name: string, value: string | undefined, expected: string): boolean {
  if (value === undefined) return false;
  if (operator === "eq") return value === expected;
  // A Content-Type may be a list, every member of which has to start that way.
  const members = name === "content-type" ? value.split(",").map((member) => member.trim()) : [value];
  return members.every((member) => member.startsWith(expected));
}

function denied(why: string): S3Error {
  return new S3Error("AccessDenied", `Invalid according to Policy: ${why}`);
}
