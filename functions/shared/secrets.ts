import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

const client = new SecretsManagerClient();
const values = new Map<string, Promise<string | undefined>>();

/** The value of a secret, asked for once per process, or undefined while it has none. */
export function readSecret(arn: string): Promise<string | undefined> {
  const known = values.get(arn);
  if (known) return known;
  const value = fetchSecret(arn);
  values.set(arn, value);
  // A failure must not stick: the next request asks again.
  value.catch(() => values.delete(arn));
  return value;
}

async function fetchSecret(arn: string): Promise<string | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    return SecretString || undefined;
  } catch (error) {
    // A secret that the stack has made and nobody has filled yet.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
