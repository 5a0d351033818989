/** Chart.js options, or a part of them. */
export type Json = Record<string, unknown>;

/** `base` with everything that `over` says, deeply; arrays are taken whole. Neither is changed. */
export function mergeOptions(base: Json, over: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (key === "__proto__") continue;
    const below = merged[key];
    merged[key] = isPlain(below) && isPlain(value) ? mergeOptions(below, value) : value;
  }
  return merged;
}

/** A part of options by its name; empty where there is none. */
export function branch(options: Json, key: string): Json {
  const value = options[key];
  return isPlain(value) ? value : {};
}

export function isPlain(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
