import { CommandError } from "../errors.ts";
import { compileFilter } from "../filter/filter.ts";
import { isOperatorDocument } from "../filter/operators.ts";
import { parseSort, sorter } from "../sort.ts";
import { compareValues, equalValues } from "../values/compare.ts";
import { toInteger } from "../values/numbers.ts";
import { isDocument, typeOf } from "../values/types.ts";
import type { FieldChange } from "./operators.ts";

function currentArray(name: string, path: string, current: unknown): unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return [...current];
  throw new CommandError(
    "BadValue",
    `The field '${path}' must be an array but is of type ${typeOf(current)}, which ${name} can't change`,
  );
}

function each(
  name: string,
  operand: unknown,
  allowed: readonly string[],
): { values: readonly unknown[]; modifiers: Record<string, unknown> } {
  if (!isDocument(operand) || !("$each" in operand)) return { values: [operand], modifiers: {} };
  const { $each: values, ...modifiers } = operand;
  if (!Array.isArray(values)) throw new CommandError("BadValue", `The argument to $each in ${name} must be an array`);
  const unknown = Object.keys(modifiers).find((key) => !allowed.includes(key));
  if (unknown) throw new CommandError("BadValue", `Unrecognized clause in ${name}: ${unknown}`);
  return { values, modifiers };
}

function integer(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = toInteger(value);
  if (number === undefined) throw new CommandError("BadValue", `The value for ${name} must be an integer value`);
  return number;
}

/** `$push`, with `$each`, `$position`, `$sort` and `$slice`, applied in this order. */
export function push(operand: unknown): FieldChange {
  const { values, modifiers } = each("$push", operand, ["$position", "$sort", "$slice"]);
  const position = integer("$position", modifiers.$position);
  const slice = integer("$slice", modifiers.$slice);
  const sort = modifiers.$sort === undefined ? undefined : elementSorter(modifiers.$sort);
  return (current, path) => {
    let array = currentArray("$push", path, current);
    array.splice(position ?? array.length, 0, ...values);
    if (sort) array = sort(array);
    if (slice === undefined) return array;
    return slice < 0 ? array.slice(slice) : array.slice(0, slice);
  };
}

function elementSorter(sort: unknown): (array: unknown[]) => unknown[] {
  if (isDocument(sort)) {
    // The elements are sorted as documents with one field, so that `a` reads `element.a`.
    const byFields = sorter(parseSort(sort).map(({ name, direction }) => ({ name: `element.${name}`, direction })));
    return (array) => byFields(array.map((element) => ({ element }))).map(({ element }) => element);
  }
  const direction = toInteger(sort);
  if (direction !== 1 && direction !== -1)
    throw new CommandError("BadValue", "The $sort is invalid: use 1/-1, or a document");
  return (array) => array.toSorted((a, b) => compareValues(a, b) * direction);
}

export function addToSet(operand: unknown): FieldChange {
  const { values } = each("$addToSet", operand, []);
  return (current, path) => {
    const array = currentArray("$addToSet", path, current);
    for (const value of values) if (!array.some((element) => equalValues(element, value))) array.push(value);
    return array;
  };
}

export function pop(operand: unknown): FieldChange {
  const end = toInteger(operand);
  if (end !== 1 && end !== -1) throw new CommandError("FailedToParse", "$pop expects 1 or -1");
  return (current, path) => {
    if (current === undefined) return undefined;
    const array = currentArray("$pop", path, current);
    return end === 1 ? array.slice(0, -1) : array.slice(1);
  };
}

/** `$pull`: the elements that equal the operand, or that it matches as a filter. */
export function pull(operand: unknown): FieldChange {
  const matches = pulls(operand);
  return (current, path) =>
    current === undefined ? undefined : currentArray("$pull", path, current).filter((element) => !matches(element));
}

function pulls(operand: unknown): (element: unknown) => boolean {
  if (isOperatorDocument(operand)) {
    const elementMatches = compileFilter({ element: { $elemMatch: operand } });
    return (element) => elementMatches({ element: [element] });
  }
  if (isDocument(operand)) {
    const matches = compileFilter(operand);
    return (element) => isDocument(element) && matches(element);
  }
  if (Array.isArray(operand)) return (element) => equalValues(element, operand);
  const matches = compileFilter({ element: operand });
  return (element) => !Array.isArray(element) && matches({ element });
}

export function pullAll(operand: unknown): FieldChange {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", "$pullAll requires an array argument");
  return (current, path) => {
    if (current === undefined) return undefined;
    const array = currentArray("$pullAll", path, current);
    return array.filter((element) => !operand.some((value) => equalValues(element, value)));
  };
}
