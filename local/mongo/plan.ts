import { isOperatorDocument } from "./filter/operators.ts";
import type { Index } from "./indexes.ts";
import type { SortField } from "./sort.ts";
import type { KeyRange } from "./storage.ts";
import { equalValues, regexParts } from "./values/compare.ts";
import { inverted, typePrefix, valueKey } from "./values/key.ts";
import { type Document, isDocument, typeOf } from "./values/types.ts";

/** How to reach the candidates: ranges of an index. They still have to pass the filter. */
export interface Plan {
  index: Index;
  ranges: KeyRange[];
  reverse: boolean;
  /** The candidates come in the order that the sort asks for. */
  sorted: boolean;
}

/** More points than this (`$in` lists multiply) are not worth separate look-ups. */
const MAX_RANGES = 1000;

/** The index that narrows the candidates most, or else gives the order; undefined: look at every document. */
export function choosePlan(indexes: readonly Index[], filter: Document, sort: readonly SortField[]): Plan | undefined {
  const plans = indexes.filter((index) => covers(index, filter)).map((index) => planFor(index, filter, sort));
  const useful = plans.filter(({ score }) => score > 0);
  return useful.toSorted((a, b) => b.score - a.score)[0]?.plan;
}

/** Whether the index holds every document that could match: a partial or sparse one leaves some out. */
function covers(index: Index, filter: Document): boolean {
  if (index.fields.some(({ path }) => path.some((part) => /^\d+$/.test(part)))) return false; // elements or field names
  if (index.partial) {
    const demanded = conjuncts(filter);
    const implied = Object.entries(index.partial.source).every(([name, operand]) =>
      demanded.some(
        ([other, value]) => other === name && (equalValues(value, operand) || impliesExists(operand, value)),
      ),
    );
    if (!implied) return false;
  }
  // Bounds never admit what is missing, because null has none (see boundsOf).
  return !index.sparse || index.fields.some(({ name }) => boundsOf(filter, name) !== undefined);
}

/** `{field: {$exists: true}}` follows from an equality with anything but null. */
function impliesExists(operand: unknown, value: unknown): boolean {
  if (!isDocument(operand) || Object.keys(operand).length !== 1 || operand.$exists !== true) return false;
  return !isOperatorDocument(value) && value !== null && !regexParts(value);
}

function planFor(index: Index, filter: Document, sort: readonly SortField[]): { plan: Plan; score: number } {
  let prefixes = [Buffer.alloc(0)];
  let equalities = 0;
  let single = true;
  let ranges: KeyRange[] | undefined;
  for (const { name, direction } of index.fields) {
    const bounds = boundsOf(filter, name);
    const points = bounds?.points;
    if (points && prefixes.length * points.length <= MAX_RANGES) {
      const keys = points.map((point) => (direction === 1 ? point : inverted(point)));
      prefixes = prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])));
      single &&= points.length === 1;
      equalities++;
      continue;
    }
    if (bounds) ranges = prefixes.map((prefix) => joinRange(prefix, oneSided(bounds, index.multikey), direction));
    break;
  }
  const order = single && !index.multikey && sort.length > 0 ? orderFrom(index, sort, equalities) : undefined;
  const plan: Plan = {
    index,
    // Points may repeat ($in: [1, 1]); a document must not be met twice for that.
    ranges: ranges ?? distinct(prefixes).map((prefix) => ({ low: prefix, high: prefix })),
    reverse: order === "reverse",
    sorted: order !== undefined,
  };
  const everyField = equalities === index.fields.length;
  return { plan, score: equalities * 4 + (ranges ? 2 : 0) + (order ? 1 : 0) + (everyField && index.unique ? 3 : 0) };
}

function distinct(keys: readonly Buffer[]): Buffer[] {
  return [...new Map(keys.map((key) => [key.toString("latin1"), key])).values()].sort(Buffer.compare);
}

/** Whether the rest of the index, after the fields that are fixed, runs as the sort does, or against it. */
function orderFrom(index: Index, sort: readonly SortField[], equalities: number): "forward" | "reverse" | undefined {
  const fixed = new Set(index.fields.slice(0, equalities).map(({ name }) => name));
  const wanted = sort.filter(({ name }) => !fixed.has(name));
  const rest = index.fields.slice(equalities);
  if (wanted.length > rest.length) return undefined;
  const same = wanted.map(({ name, direction }, i) => (rest[i]?.name === name ? direction * rest[i].direction : 0));
  if (same.every((sign) => sign === 1)) return "forward";
  return same.every((sign) => sign === -1) ? "reverse" : undefined;
}

/** What a filter demands of a field, as keys: certain points, or everything from `low` to (all that starts with) `high`. */
interface Bounds {
  low: Buffer;
  high: Buffer;
  points?: Buffer[];
}

/** With several values per document, one may meet the lower and another the upper bound: only one side can be used. */
function oneSided(bounds: Bounds, multikey: boolean): Bounds {
  return multikey && !bounds.points ? { low: bounds.low, high: Buffer.from([255]) } : bounds;
}

function joinRange(prefix: Buffer, { low, high }: Bounds, direction: 1 | -1): KeyRange {
  const [from, to] = direction === 1 ? [low, high] : [inverted(high), inverted(low)];
  return { low: Buffer.concat([prefix, from]), high: Buffer.concat([prefix, to]) };
}

function boundsOf(filter: Document, name: string): Bounds | undefined {
  const found: Bounds[] = [];
  for (const [key, operand] of conjuncts(filter)) {
    if (key === name) found.push(...operandBounds(operand));
    if (key === "$or" && Array.isArray(operand)) {
      const branches = operand.map((branch) => (isDocument(branch) ? boundsOf(branch, name) : undefined));
      const hull = hullOf(branches);
      if (hull) found.push(hull);
    }
  }
  return found.length === 0 ? undefined : found.reduce(intersection);
}

/** The clauses that must all hold, those of nested `$and` included. */
function conjuncts(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap<[string, unknown]>(([name, operand]) =>
    name === "$and" && Array.isArray(operand) ? operand.filter(isDocument).flatMap(conjuncts) : [[name, operand]],
  );
}

function operandBounds(operand: unknown): Bounds[] {
  if (!isOperatorDocument(operand)) return pointBounds([operand]);
  return Object.entries(operand).flatMap(([operator, value]) => {
    switch (operator) {
      case "$eq":
        return pointBounds([value]);
      case "$in":
        return Array.isArray(value) ? pointBounds(value) : [];
      case "$gt":
      case "$gte":
        return isPlain(value) ? [{ low: valueKey(value), high: typePrefix(value) }] : [];
      case "$lt":
      case "$lte":
        return isPlain(value) ? [{ low: typePrefix(value), high: valueKey(value) }] : [];
      default:
        return [];
    }
  });
}

/** Values that a document matches exactly if one of its keys is theirs: not arrays, patterns, or null (also missing). */
function isPlain(value: unknown): boolean {
  return !["array", "regex", "null", "missing", "minKey", "maxKey"].includes(typeOf(value));
}

function pointBounds(values: readonly unknown[]): Bounds[] {
  if (values.length === 0 || !values.every(isPlain)) return [];
  const points = distinct(values.map(valueKey));
  const [low, high] = [points[0], points.at(-1)];
  return low && high ? [{ low, high, points }] : [];
}

/** A range that contains all branches of an `$or`; none if one of them is unbounded. */
function hullOf(branches: readonly (Bounds | undefined)[]): Bounds | undefined {
  let hull: Bounds | undefined;
  for (const bounds of branches) {
    if (!bounds) return undefined;
    hull = hull
      ? { low: lesser(hull.low, bounds.low), high: widest(hull.high, bounds.high) }
      : { low: bounds.low, high: bounds.high };
  }
  return hull;
}

/** Points are kept as they are: the filter still decides. */
function intersection(a: Bounds, b: Bounds): Bounds {
  if (a.points) return a;
  if (b.points) return b;
  return {
    low: Buffer.compare(a.low, b.low) > 0 ? a.low : b.low,
    high: widest(a.high, b.high) === a.high ? b.high : a.high,
  };
}

const lesser = (a: Buffer, b: Buffer): Buffer => (Buffer.compare(a, b) < 0 ? a : b);

/** The upper bound that reaches further; a prefix reaches further than what starts with it. */
function widest(a: Buffer, b: Buffer): Buffer {
  if (a.equals(b.subarray(0, a.length))) return a;
  if (b.equals(a.subarray(0, b.length))) return b;
  return Buffer.compare(a, b) > 0 ? a : b;
}
