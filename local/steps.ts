/** Prints what the runner does while it does it. */
export interface Steps {
  /** Runs a step and prints its name, what came of it (what `run` returns, if it is a string) and how long it took. */
  step<T>(name: string, run: () => Promise<T> | T): Promise<T>;
  /** One line that a person should see, but that stops nothing. */
  warn(message: string): void;
}

/** A step that takes longer is announced while it runs. */
const patienceMs = 400;

/** Steps as lines through `print`, with durations in seconds. */
export function printedSteps(print: (line: string) => void): Steps {
  return {
    async step(name, run) {
      const start = performance.now();
      const patience = setTimeout(() => print(`  ${name} …`), patienceMs);
      const result = await Promise.resolve(run()).finally(() => clearTimeout(patience));
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      print(`  ${name.padEnd(24)} ${seconds.padStart(6)} s${typeof result === "string" ? `  ${result}` : ""}`);
      return result;
    },
    warn: (message) => print(`  warning: ${message}`),
  };
}
