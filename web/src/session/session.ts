import { z } from "zod";

export const session = z.object({
  accessToken: z.string().min(1),
  email: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});
export type Session = z.infer<typeof session>;

/** The answer of the local runner's `POST /local/token`; `expiresIn` in seconds. */
export const localToken = z.object({ accessToken: z.string().min(1), expiresIn: z.number().positive() });

/** The stored session, or null when there is none, it is not one, or it has run out at `now`. */
export function parseSession(text: string | null, now: number): Session | null {
  if (text === null) return null;
  try {
    const parsed = session.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.expiresAt > now ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Who signs in when nothing else is said. */
export const localUser = { email: "you@localhost.local", name: "Local user" };
