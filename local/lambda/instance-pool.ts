import { type Ending, type Instance, type InstanceOptions, startInstance } from "./instance.ts";

export interface PoolOptions extends InstanceOptions {
  /** Instances at a time. */
  limit: number;
  /** How long an unused instance is kept. */
  idleMs: number;
  /** An instance ended on its own while nothing ran in it. */
  onUnexpectedEnd(ending: Ending): void;
}

/** The instances of one function. */
export interface InstancePool {
  /** The most recently used idle instance, a new one, or `undefined` when as many as permitted are busy. */
  acquire(): Promise<{ instance: Instance; isNew: boolean } | undefined>;
  /** A new instance in the place of one that ended. */
  replace(): Promise<Instance>;
  /** Keeps the instance for the next invocation. */
  release(instance: Instance): void;
  close(): Promise<void>;
}

export function instancePool({ limit, idleMs, onUnexpectedEnd, ...options }: PoolOptions): InstancePool {
  const live = new Set<Instance>();
  const idle: Instance[] = [];
  const reapers = new Map<Instance, NodeJS.Timeout>();
  let starting = 0;
  let isClosing = false;

  function takeIdle(): Instance | undefined {
    const instance = idle.findLast(({ usable }) => usable); // The others can then be reaped.
    if (instance !== undefined) leaveIdle(instance);
    return instance;
  }

  /** Answers whether it was idle. */
  function leaveIdle(instance: Instance): boolean {
    clearTimeout(reapers.get(instance));
    reapers.delete(instance);
    const index = idle.indexOf(instance);
    if (index === -1) return false;
    idle.splice(index, 1);
    return true;
  }

  async function start(): Promise<Instance> {
    starting += 1;
    try {
      const instance = await startInstance(options);
      live.add(instance);
      void instance.ended.then((ending) => {
        live.delete(instance);
        if (leaveIdle(instance) && ending.reason === undefined) onUnexpectedEnd(ending);
      });
      if (isClosing) await instance.stop("shutdown");
      return instance;
    } finally {
      starting -= 1;
    }
  }

  return {
    async acquire() {
      const instance = takeIdle();
      if (instance !== undefined) return { instance, isNew: false };
      if (live.size + starting >= limit) return undefined;
      return { instance: await start(), isNew: true };
    },
    replace: start,
    release(instance) {
      idle.push(instance);
      const reaper = setTimeout(() => void instance.stop("idle"), idleMs);
      reaper.unref();
      reapers.set(instance, reaper);
    },
    async close() {
      isClosing = true;
      await Promise.all([...live].map((instance) => instance.stop("shutdown")));
    },
  };
}
