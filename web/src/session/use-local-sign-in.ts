import { useMutation, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { ApiError, apiErrorFrom } from "../api/api-error.ts";
import { localToken } from "./session.ts";
import { startSession } from "./session-store.ts";

const issuer = z.object({ issuer: z.string() });

/** Whether this page comes from the local runner, which is the only one that signs anybody in at a click. */
export function useLocalIssuer() {
  return useQuery({
    queryKey: ["local-issuer"],
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: async ({ signal }) => {
      const response = await fetch("/local/.well-known/openid-configuration", { signal });
      if (!response.ok) return false;
      // A site with a single-page fallback answers 200 with the page itself.
      return issuer.safeParse(await response.json().catch(() => undefined)).success;
    },
  });
}

export function useLocalSignIn() {
  return useMutation({
    mutationFn: async ({ email, name }: { email: string; name: string }) => {
      const response = await fetch("/local/token", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, ...(name === "" ? {} : { name }) }),
      }).catch((cause: unknown) => {
        throw new ApiError("network", "The service can't be reached.", { cause });
      });
      if (!response.ok) throw apiErrorFrom(response.status, await response.text());
      const token = localToken.parse(await response.json());
      startSession({ accessToken: token.accessToken, email, expiresAt: Date.now() + token.expiresIn * 1000 });
    },
  });
}
