export interface Stopwatch {
  /** Since the lap before. */
  lap(): number;
  /** Since the start. */
  total(): number;
}

/** Starts a watch that tells milliseconds to a tenth. */
export function stopwatch(): Stopwatch {
  const start = performance.now();
  let last = start;
  return {
    lap() {
      const now = performance.now();
      const ms = toTenth(now - last);
      last = now;
      return ms;
    },
    total: () => toTenth(performance.now() - start),
  };
}

function toTenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}
