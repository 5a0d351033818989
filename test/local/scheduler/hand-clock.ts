/** A clock that stands still until it is moved. */
export class HandClock {
  private time: number;
  private readonly waiting = new Set<() => void>();
  constructor(time: string) {
    this.time = Date.parse(time);
  }
  now = () => new Date(this.time);
  waitUntil = (time: Date, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (this.time >= time.getTime()) end(resolve);
      };
      const abort = () => end(() => reject(signal.reason));
      const end = (settle: () => void) => {
        this.waiting.delete(check);
        signal.removeEventListener("abort", abort);
        settle();
      };
      this.waiting.add(check);
      signal.addEventListener("abort", abort);
      if (signal.aborted) abort();
      else check();
    });
  moveTo(time: string): void {
    this.time = Date.parse(time);
    for (const check of [...this.waiting]) check();
  }
}
