import type { Invoke } from "./lambda/invocation.ts";

/**
 * Lets at most `concurrency` invocations of a function run at a time and the others wait their turn. An AWS account has room
 * for a thousand instances where a laptop has it for a few, and what would be served there must not be refused here.
 * Functions named in `reserved` have their own limit, and are refused beyond it, as on AWS.
 */
export function waitingInvoke(invoke: Invoke, concurrency: number, reserved: ReadonlySet<string>): Invoke {
  const queues = new Map<string, { running: number; waiting: (() => void)[] }>();

  return async (functionName, payload, options) => {
    if (reserved.has(functionName)) return await invoke(functionName, payload, options);
    const queue = queues.get(functionName) ?? { running: 0, waiting: [] };
    queues.set(functionName, queue);
    if (queue.running < concurrency) queue.running += 1;
    else await new Promise<void>((resolve) => queue.waiting.push(resolve));
    try {
      return await invoke(functionName, payload, options);
    } finally {
      const next = queue.waiting.shift();
      if (next === undefined) queue.running -= 1;
      // The place goes on to the next one without being given back in between.
      else next();
    }
  };
}
