import assert from "node:assert/strict";
import { join } from "node:path";
import { before, suite, test } from "node:test";
import { generateKeyPair, SignJWT } from "jose";
import { z } from "zod";
import { operations } from "../../../contract/index.ts";
import { openSigningKey } from "../../../local/issuer/keys.ts";
import { Person, signInToken } from "../person.ts";
import { assertProblem } from "../problem.ts";
import type { Stack } from "../stack.ts";

/** Signing in: who is let in, as whom, and who is not. */
export function people(stack: Stack): void {
  suite("people", () => {
    test("the first call makes a user and a personal workspace, later ones find them", async () => {
      const ada = await stack.signIn("Ada.Lovelace@people.example", "Ada Lovelace");
      const me = await ada.ok(operations.me);
      assert.equal(me.email, "ada.lovelace@people.example");
      assert.equal(me.name, "Ada Lovelace");
      assert.deepEqual(me.workspaces, [{ id: ada.workspaceId, name: "Ada Lovelace's workspace", role: "owner" }]);
      const again = await stack.signIn("ada.lovelace@people.example", "Ada Lovelace");
      assert.deepEqual(await again.ok(operations.me), me);
    });

    test("concurrent first calls make one user and one workspace", async () => {
      const accessToken = await signInToken(stack.url, "many@people.example");
      const call = async () => {
        const response = await fetch(`${stack.url}/api/me`, { headers: { authorization: `Bearer ${accessToken}` } });
        assert.equal(response.status, 200, await response.clone().text());
        return operations.me.answer.parse(await response.json());
      };
      const answers = await Promise.all(Array.from({ length: 12 }, call));
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      assert.deepEqual(new Set(answers.map(({ workspaces }) => workspaces.length)), new Set([1]));
      assert.equal(new Set(answers.map(({ workspaces }) => workspaces[0]?.id)).size, 1);
    });

    test("a person can have further workspaces, which do not share datasets", async () => {
      const person = await stack.signIn("further@people.example");
      const created = await person.ok(operations.createWorkspace, { body: { name: "  Finance  " } });
      assert.deepEqual({ name: created.name, role: created.role }, { name: "Finance", role: "owner" });
      const { items } = await person.ok(operations.listWorkspaces);
      assert.deepEqual(items.map(({ name }) => name).sort(), ["Finance", "Further's workspace"]);
      const { dataset } = await person.announce("budget.csv", 100);
      const elsewhere = { params: { workspaceId: created.id, datasetId: dataset.id } };
      await person.refused(operations.getDataset, elsewhere, { status: 404 });
      assert.deepEqual((await person.ok(operations.listDatasets, { params: elsewhere.params })).items, []);
    });

    suite("a token is refused with 401", () => {
      let payload: { iss: string; aud: string; sub: string; email: string };
      let genuine: string;
      before(async () => {
        genuine = await signInToken(stack.url, "token@people.example");
        payload = z
          .object({ iss: z.string(), aud: z.string(), sub: z.string(), email: z.string() })
          .parse(JSON.parse(Buffer.from(genuine.split(".")[1] ?? "", "base64url").toString()));
      });

      /** A token by the issuer's own key, with other claims; this machine's owner can read that key. */
      async function signed(claims: Record<string, unknown>, expires = "1h") {
        const key = await openSigningKey(join(stack.dataDir, "issuer-key.json"));
        return new SignJWT({ ...payload, ...claims })
          .setProtectedHeader({ alg: "RS256", kid: key.kid })
          .setIssuedAt("-2h")
          .setExpirationTime(expires)
          .sign(key.privateKey);
      }

      const tokens: Record<string, () => Promise<string | undefined> | string | undefined> = {
        "when there is none": () => undefined,
        "when it is empty": () => "Bearer ",
        "when it is not a JWT": () => "Bearer letmein",
        "when it is of another scheme": () => "Basic YW5uOnNlY3JldA==",
        "when it has expired": async () => `Bearer ${await signed({}, "-1h")}`,
        "when it is not valid yet": async () => `Bearer ${await signed({ nbf: Math.floor(Date.now() / 1000) + 3600 })}`,
        "when it is for another audience": async () => `Bearer ${await signed({ aud: "someone-else" })}`,
        "when it is by another issuer": async () => `Bearer ${await signed({ iss: "https://issuer.example" })}`,
        "when it has no email address": async () => `Bearer ${await signed({ email: undefined })}`,
        "when its payload was changed": () => {
          const [header, , signature] = genuine.split(".");
          const changed = Buffer.from(JSON.stringify({ ...payload, exp: 4e9, email: "boss@people.example" }));
          return `Bearer ${header}.${changed.toString("base64url")}.${signature}`;
        },
        "when it is not signed": () => {
          const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
          return `Bearer ${part({ alg: "none" })}.${part({ ...payload, exp: 4e9 })}.`;
        },
        "when another key signed it": async () => {
          const { privateKey } = await generateKeyPair("RS256");
          const { kid } = await openSigningKey(join(stack.dataDir, "issuer-key.json"));
          const claims = new SignJWT({ ...payload }).setProtectedHeader({ alg: "RS256", kid }).setExpirationTime("1h");
          return `Bearer ${await claims.sign(privateKey)}`;
        },
      };
      for (const [name, make] of Object.entries(tokens)) {
        test(name, async () => {
          const authorization = await make();
          for (const path of ["/api/me", "/api/workspaces/0123456789abcdef01234567/datasets"]) {
            const headers = authorization === undefined ? {} : { authorization };
            await assertProblem(await fetch(stack.url + path, { headers }), { status: 401 });
          }
        });
      }

      test("but not the same one unchanged", async () => {
        assert.ok(await Person.signIn(stack.url, "token@people.example"));
      });
    });
  });
}
