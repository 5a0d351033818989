import { CommandError, notSupported } from "../errors.ts";
import { regexParts } from "../values/compare.ts";

/** A JS regular expression for a BSON pattern and its options (i, m, s, u). */
export function toRegExp(pattern: string, options: string): RegExp {
  const unknown = [...options].find((option) => !"imsu".includes(option));
  if (unknown) throw notSupported(`The regular expression option '${unknown}'`);
  try {
    return new RegExp(pattern, options.replace("u", "")); // every pattern is UTF-8 on the server, too
  } catch (error) {
    throw new CommandError("BadValue", `Regular expression is invalid: ${String(error)}`, { cause: error });
  }
}

/** Tests strings against the pattern, and regular expressions for being the same. */
export function regexTest(regex: { pattern: string; options: string }): (value: unknown) => boolean {
  const compiled = toRegExp(regex.pattern, regex.options);
  return (value) => {
    if (typeof value === "string") return compiled.test(value);
    const parts = regexParts(value);
    return parts !== undefined && parts.pattern === regex.pattern && parts.options === regex.options;
  };
}
