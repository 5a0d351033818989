import assert from "node:assert/strict";
import { request } from "node:http";
import { type TestContext, test } from "node:test";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { startSecrets } from "../../../local/secrets/index.ts";

const arn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:quantibi/OPENAI_API_KEY-AbCdEf";
const name = "quantibi/OPENAI_API_KEY";

async function runSecrets(t: TestContext, values: Record<string, string>) {
  const empty = { name: "quantibi/MONGODB_URI", arn: arn.replace("OPENAI_API_KEY", "MONGODB_URI") };
  const secrets = await startSecrets({ region: "eu-central-1", secrets: [{ name, arn }, empty], values });
  const client = new SecretsManagerClient({
    endpoint: secrets.url,
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });
  t.after(async () => {
    client.destroy();
    await secrets.close();
  });
  return { client, secrets };
}

test("a secret is found by name, ARN and partial ARN", async (t) => {
  const { client } = await runSecrets(t, { OPENAI_API_KEY: "sk-ü" });
  for (const SecretId of [name, arn, arn.slice(0, -7)]) {
    const secret = await client.send(new GetSecretValueCommand({ SecretId }));
    assert.deepEqual(
      [secret.SecretString, secret.Name, secret.ARN, secret.VersionStages],
      ["sk-ü", name, arn, ["AWSCURRENT"]],
    );
    assert.ok(secret.CreatedDate instanceof Date);
  }
  const described = await client.send(new DescribeSecretCommand({ SecretId: name }));
  assert.deepEqual([described.Name, Object.values(described.VersionIdsToStages ?? {})], [name, [["AWSCURRENT"]]]);
});

test("no such secret, no value, an empty value and other versions are not found", async (t) => {
  const { client } = await runSecrets(t, { OPENAI_API_KEY: "sk", MONGODB_URI: "" });
  const inputs = [
    { SecretId: "quantibi/OTHER" },
    { SecretId: "OPENAI_API_KEY" },
    { SecretId: "quantibi/MONGODB_URI" },
    { SecretId: name, VersionStage: "AWSPREVIOUS" },
    { SecretId: name, VersionId: "0".repeat(32) },
  ];
  for (const input of inputs) {
    await assert.rejects(client.send(new GetSecretValueCommand(input)), { name: "ResourceNotFoundException" });
  }
  const described = await client.send(new DescribeSecretCommand({ SecretId: "quantibi/MONGODB_URI" }));
  assert.equal(described.VersionIdsToStages, undefined);
});

test("other operations, unsigned requests and other hosts are refused", async (t) => {
  const { client, secrets } = await runSecrets(t, { OPENAI_API_KEY: "sk" });
  await assert.rejects(client.send(new ListSecretsCommand({})), { name: "UnknownOperationException" });
  const headers = { "x-amz-target": "secretsmanager.GetSecretValue" };
  const unsigned = await fetch(secrets.url, { method: "POST", headers, body: JSON.stringify({ SecretId: name }) });
  assert.equal(unsigned.status, 400);
  assert.match(await unsigned.text(), /"__type":"MissingAuthenticationTokenException"/);
  const status = await new Promise((resolve) => {
    const options = {
      method: "POST",
      headers: { ...headers, host: "rebound.test", authorization: "AWS4-HMAC-SHA256 x" },
    };
    request(secrets.url, options, (response) => resolve(response.resume().statusCode)).end("{}");
  });
  assert.equal(status, 400);
});
