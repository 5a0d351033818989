import { Decimal128, Double, Int32 } from "bson";
import { CommandError, notSupported } from "../errors.ts";
import { compareValues } from "../values/compare.ts";
import { valueKey } from "../values/key.ts";
import { calculate, isNumeric, type Numeric, toNumber } from "../values/numbers.ts";
import { type Document, field, isDocument, setField } from "../values/types.ts";
import { compileExpression, type Scope } from "./expression.ts";

/** One group's running value. */
interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: sum,
  $avg: () => {
    let total = 0;
    let count = 0;
    return {
      add: (value) => {
        if (value instanceof Decimal128) throw notSupported("$avg of a Decimal128");
        if (!isNumeric(value)) return;
        total += toNumber(value);
        count++;
      },
      result: () => (count === 0 ? null : new Double(total / count)),
    };
  },
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => {
    let seen = false;
    let first: unknown;
    return {
      add: (value) => {
        if (!seen) first = value;
        seen = true;
      },
      result: () => first ?? null,
    };
  },
  $last: () => {
    let last: unknown;
    return {
      add: (value) => {
        last = value;
      },
      result: () => last ?? null,
    };
  },
  $push: () => {
    const values: unknown[] = [];
    return {
      add: (value) => {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  },
  $addToSet: () => {
    const values = new Map<string, unknown>();
    return {
      add: (value) => {
        if (value === undefined) return;
        const key = valueKey(value).toString("latin1");
        if (!values.has(key)) values.set(key, value);
      },
      result: () => [...values.values()],
    };
  },
  $mergeObjects: () => {
    const merged: Document = {};
    return {
      add: (value) => {
        if (isDocument(value)) for (const name of Object.keys(value)) setField(merged, name, field(value, name));
      },
      result: () => merged,
    };
  },
};

function sum(): Accumulator {
  let total: Numeric = new Int32(0);
  return {
    add: (value) => {
      if (isNumeric(value)) total = calculate("add", total, value, "double");
    },
    result: () => total,
  };
}

function extreme(direction: 1 | -1): Accumulator {
  let best: unknown;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || compareValues(value, best) * direction > 0) best = value;
    },
    result: () => best ?? null,
  };
}

/** `$group`: one document per distinct `_id`, in the order in which the groups appeared. */
export function compileGroup(specification: unknown): (documents: readonly Document[]) => Document[] {
  if (!isDocument(specification) || !("_id" in specification)) {
    throw new CommandError("BadValue", "a group specification must include an _id");
  }
  const id = compileExpression(specification._id);
  const fields = Object.entries(specification)
    .filter(([name]) => name !== "_id")
    .map(([name, source]) => ({ name, ...compileAccumulator(name, source) }));
  return (documents) => {
    const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>();
    for (const root of documents) {
      const scope: Scope = { root, variables: new Map() };
      const value = id(scope) ?? null;
      const key = valueKey(value).toString("latin1");
      const group = groups.get(key) ?? { id: value, accumulators: fields.map(({ start }) => start()) };
      groups.set(key, group);
      for (const [i, { argument }] of fields.entries()) group.accumulators[i]?.add(argument(scope));
    }
    return [...groups.values()].map((group) => {
      const result: Document = { _id: group.id };
      for (const [i, { name }] of fields.entries()) setField(result, name, group.accumulators[i]?.result());
      return result;
    });
  };
}

function compileAccumulator(name: string, source: unknown) {
  if (name.includes(".")) throw new CommandError("BadValue", `The field name '${name}' cannot contain '.'`);
  const [operator, ...others] = isDocument(source) ? Object.keys(source) : [];
  if (!isDocument(source) || operator === undefined || others.length > 0) {
    throw new CommandError("BadValue", `The field '${name}' must specify one accumulator`);
  }
  if (operator === "$count") return { start: sum, argument: () => new Int32(1) };
  const start = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (!start) throw new CommandError("BadValue", `unknown or unsupported group operator '${operator}'`);
  return { start, argument: compileExpression(source[operator]) };
}
