/** Takes a token and says whether there was one. */
export type Throttle = () => boolean;

/**
 * A token bucket as API Gateway's stages have it: `burstLimit` tokens at most, refilled at `rateLimit` per second.
 * `now` gives milliseconds.
 */
export function tokenBucket(
  limits: { rateLimit: number; burstLimit: number } | undefined,
  now: () => number = () => performance.now(),
): Throttle {
  if (limits === undefined) return () => true;
  let tokens = limits.burstLimit;
  let last = now();
  return () => {
    const time = now();
    tokens = Math.min(limits.burstLimit, tokens + ((time - last) / 1000) * limits.rateLimit);
    last = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
