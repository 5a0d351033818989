import { createHash } from "node:crypto";

/** Types that have a name of their own, the property that sets it, and how long it may be. */
const NAMED: Record<string, { property: string; maxLength: number }> = {
  "AWS::Lambda::Function": { property: "FunctionName", maxLength: 64 },
  "AWS::SQS::Queue": { property: "QueueName", maxLength: 80 },
  "AWS::S3::Bucket": { property: "BucketName", maxLength: 63 },
  "AWS::Events::Rule": { property: "Name", maxLength: 64 },
  "AWS::Scheduler::Schedule": { property: "Name", maxLength: 64 },
  "AWS::SecretsManager::Secret": { property: "Name", maxLength: 512 },
};

/** The property that names a resource of this type, if it has one. */
export function nameProperty(type: string): string | undefined {
  return NAMED[type]?.property;
}

/**
 * A name as CloudFormation would make it up: stack, logical id and twelve characters, which are random there and
 * derived from the other two here, so that data written in one run is found in the next.
 */
export function generatedName(type: string, stackName: string, logicalId: string, suffix = ""): string {
  const digest = createHash("sha256").update(`${stackName}/${logicalId}`).digest("hex").slice(0, 12).toUpperCase();
  const maxLength = (NAMED[type]?.maxLength ?? 128) - suffix.length;
  const head = type === "AWS::SecretsManager::Secret" ? logicalId : `${stackName}-${logicalId}`;
  const name = `${head.slice(0, maxLength - digest.length - 1)}-${digest}`;
  return (type === "AWS::S3::Bucket" ? name.toLowerCase() : name) + suffix;
}

/** Ten lower-case characters, as API Gateway's ids are. */
export function generatedId(stackName: string, logicalId: string): string {
  const digest = createHash("sha256").update(`${stackName}/${logicalId}`).digest("hex");
  return BigInt(`0x${digest.slice(0, 16)}`)
    .toString(36)
    .padStart(10, "0")
    .slice(-10);
}

/** The six characters that Secrets Manager appends to the name in a secret's ARN. */
export function secretSuffix(stackName: string, logicalId: string): string {
  return createHash("sha256").update(`${stackName}/${logicalId}/secret`).digest("hex").slice(0, 6);
}
