import { setTimeout as sleep } from "node:timers/promises";

export interface Clock {
  now(): Date;
  /** Resolves when the time has come; rejects when aborted. */
  waitUntil(time: Date, signal: AbortSignal): Promise<void>;
}

/** A laptop sleeps, and its timers with it, so the time is looked at again at least this often. */
const LONGEST_SLEEP_MS = 30_000;

export const systemClock: Clock = {
  now: () => new Date(),
  async waitUntil(time, signal) {
    for (let ms = time.getTime() - Date.now(); ms > 0; ms = time.getTime() - Date.now()) {
      await sleep(Math.min(ms, LONGEST_SLEEP_MS), undefined, { signal });
    }
  },
};
