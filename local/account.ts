/** The AWS account that everything local pretends to live in. */
export const account = {
  id: "000000000000",
  region: "us-east-1",
  /** Good for the servers on this machine and nothing else. */
  credentials: { accessKeyId: "local", secretAccessKey: "local-secret" },
};
