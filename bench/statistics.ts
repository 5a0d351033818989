/** The value below which `share` of the samples lie, by the nearest rank; `share` is above 0 and at most 1. */
export function quantile(samples: number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  if (value === undefined) throw new Error("There is no sample");
  return value;
}

/** The middle sample; of an even number, the mean of the two in the middle. */
export function median(samples: number[]): number {
  return (quantile(samples, 0.5) + quantile(samples, 0.5 + 1 / (2 * samples.length))) / 2;
}

/** What a run of a function takes, in milliseconds, with what it answers. */
export async function timed<T>(run: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await run();
  return { ms: performance.now() - start, value };
}

/**
 * Runs every contestant once per round, so that a machine that slows down meanwhile slows them all, and answers their
 * samples in milliseconds. The first `warmUp` rounds do not count.
 */
export async function alternate<Name extends string>(
  contestants: Record<Name, () => Promise<number>>,
  { rounds, warmUp = 0 }: { rounds: number; warmUp?: number },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contestants).filter((name): name is Name => name in contestants);
  const samples = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of names) {
      const ms = await contestants[name]();
      if (round >= 0) samples.get(name)?.push(ms);
    }
  }
  const of = (name: Name) => samples.get(name) ?? [];
  return Object.assign({}, ...names.map((name) => ({ [name]: of(name) })));
}
