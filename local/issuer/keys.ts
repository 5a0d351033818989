import { chmod, link, readFile, unlink, writeFile } from "node:fs/promises";
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { z } from "zod";

/** The issuer's one signing key: the private half to sign with, the public half as it goes into the JWKS. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** The key file cannot be used; `file` names it. */
export class CorruptKeyFile extends Error {
  readonly file: string;

  constructor(file: string, options: ErrorOptions) {
    super(`${file} is not a usable signing key: delete it and start again (everyone then signs in anew)`, options);
    this.name = "CorruptKeyFile";
    this.file = file;
  }
}

const storedKey = z.object({
  kty: z.literal("RSA"),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});

/** The key in `file`, which is created, readable by its owner only, when there is none. Throws {@link CorruptKeyFile}. */
export async function openSigningKey(file: string): Promise<SigningKey> {
  const text = await readIfThere(file);
  if (text === undefined) return await signingKey(await createKey(file));
  try {
    const jwk = storedKey.parse(JSON.parse(text));
    await chmod(file, 0o600);
    return await signingKey(jwk);
  } catch (cause) {
    throw new CorruptKeyFile(file, { cause });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written aside and then linked, so that a file of that name is always whole. */
async function createKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(jwk), { mode: 0o600 });
  try {
    await link(draft, file);
  } finally {
    await unlink(draft);
  }
  return jwk;
}

async function signingKey(jwk: JWK): Promise<SigningKey> {
  const privateKey = await importJWK(jwk, "RS256");
  if (privateKey instanceof Uint8Array) throw new TypeError("Not an asymmetric key.");
  const kid = await calculateJwkThumbprint(jwk);
  const { n, e } = jwk;
  if (n === undefined || e === undefined) throw new TypeError("Not an RSA key.");
  return { kid, privateKey, publicJwk: { kty: "RSA", n, e, kid, use: "sig", alg: "RS256" } };
}
