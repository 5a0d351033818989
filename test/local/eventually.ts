import { setTimeout as sleep } from "node:timers/promises";

/** Repeats the assertion until it holds, and fails with its last error after `ms`. */
export async function eventually<T>(assertion: () => T | Promise<T>, ms = 10_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}
