import type { Fact } from "../../../contract/index.ts";
import { formatNumber, formatShare, formatSlope, formatValue } from "../facts/format.ts";

/** Ways to say a fact. Each is true of every fact of its kind; which one is used depends on the section alone. */
export type Phrasing = (about: FactParts) => string[];

/** What a phrasing takes from a fact; what is not there is an error in whoever made the fact. */
export interface FactParts {
  number: (name: string) => number;
  /** A number of the fact as a value of its measure: with its currency, or as a percentage. */
  value: (name: string) => string;
  count: (name: string) => string;
  share: (name: string) => string;
  slope: (name: string) => string;
  name: (name: string) => string;
  /** Whether the fact has this number or name. */
  has: (name: string) => boolean;
}

export function partsOf({ numbers, names, format, kind, id }: Fact): FactParts {
  const missing = (name: string) => new Error(`The fact ${id} of kind ${kind} has no ${name}`);
  const number = (name: string) => {
    const value = numbers[name];
    if (value === undefined) throw missing(name);
    return value;
  };
  return {
    number,
    value: (name) => formatValue(number(name), format),
    count: (name) => formatNumber(number(name)),
    share: (name) => formatShare(Math.abs(number(name))),
    slope: (name) => formatSlope(Math.abs(number(name)), format),
    name(name) {
      const value = names[name];
      if (value === undefined) throw missing(name);
      return value;
    },
    has: (name) => numbers[name] !== undefined || names[name] !== undefined,
  };
}
