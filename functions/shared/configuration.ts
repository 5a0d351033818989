import { environment } from "./environment.ts";

type Name = keyof typeof environment;

/**
 * The environment variables that a function can't do without, read and checked once, at its cold start. The names are
 * those of `environment`; an error names every variable that is missing.
 */
export function readConfiguration<Names extends Name>(...names: Names[]): Record<Names, string> {
  const missing = names.filter((name) => !process.env[environment[name]]);
  if (missing.length > 0) {
    throw new Error(`Missing in the environment: ${missing.map((name) => environment[name]).join(", ")}`);
  }
  return Object.fromEntries(names.map((name) => [name, process.env[environment[name]]])) as Record<Names, string>;
}

/** A variable that may be left unset. */
export function readOptional(name: Name): string | undefined {
  return process.env[environment[name]] || undefined;
}
