import type { Field } from "../link/fields.ts";
import type { Aggregate, Dimension, Measure, Query } from "../query.ts";
import type { Parts } from "../read/asked.ts";
import { grainFor } from "../read/grain.ts";
import type { Mention } from "../read/selection.ts";

export interface Built {
  dimensions: Dimension[];
  measures: Measure[];
  dimensionFields: Field[];
  measureFields: (Field | null)[];
}

const aggregateNames: Record<Aggregate, string> = {
  count: "Count",
  "count-distinct": "Number of",
  sum: "Total",
  avg: "Average",
  median: "Median",
  min: "Minimum",
  max: "Maximum",
};

/** How columns are called that say it themselves ("Total €", "Avg. score"). */
const saysItself: Partial<Record<Aggregate, RegExp>> = {
  sum: /^(grand )?totals?\b/i,
  avg: /^(avg|average|mean)\b/i,
  median: /^median\b/i,
  min: /^min(imum)?\b/i,
  max: /^max(imum)?\b/i,
};

export function measureName(field: Field | null, aggregate: Aggregate | null): string {
  if (field === null) return "Count";
  if (aggregate === null) return field.name;
  if (aggregate === "count") return `Rows with ${field.name}`;
  if (aggregate === "count-distinct") return `Different ${field.name}`;
  // A column's own name is written as its owner writes it.
  const name =
    field.formula && field.formula.kind !== "difference"
      ? field.name.replace(/^./, (letter) => letter.toLowerCase())
      : field.name;
  if (field.role === "time" && (aggregate === "min" || aggregate === "max"))
    return `${aggregate === "min" ? "Earliest" : "Latest"} ${name}`;
  return saysItself[aggregate]?.test(name) ? name : `${aggregateNames[aggregate]} ${name}`;
}

export function build(parts: Parts, shape: Query["shape"], scatter: boolean): Built {
  const taken = new Set<string>();
  const free = (name: string) => {
    let unique = name;
    for (let at = 2; taken.has(unique.toLowerCase()); at++) unique = `${name} ${at}`;
    taken.add(unique.toLowerCase());
    return unique;
  };
  const place = (cue: Mention["cue"]) => (cue === "x" ? 0 : cue === "series" ? 2 : 1);
  let dimensions = [...parts.dimensions];
  if (shape === "groups") {
    dimensions.sort(
      (one, other) =>
        place(one.cue) - place(other.cue) || Number(other.field.role === "time") - Number(one.field.role === "time"),
    );
    dimensions = dimensions.slice(0, 3);
  }
  const dimensionOf = ({ field, grain }: Parts["dimensions"][number]): Dimension => {
    const timed = field.role === "time" && field.holds !== null && (shape === "groups" || grain !== null);
    // The months of several years have the year beside them.
    const twice = dimensions.filter((one) => one.field === field).length > 1;
    return {
      name: free(twice && grain ? `${field.name} (${grain === "year" ? "year" : "month"})` : field.name),
      expression:
        timed && field.holds
          ? { kind: "time", column: field.id, holds: field.holds, grain: grain ?? grainFor(field) }
          : { kind: "column", column: field.id },
    };
  };
  const measureOf = ({ field, aggregate }: Parts["measures"][number]): Measure => {
    if (field?.quotient && (aggregate === "avg" || aggregate === "sum")) {
      const { of, by, aggregate: over, factor } = field.quotient;
      return {
        name: free(field.name),
        aggregate: of === null ? "count" : of.role === "measure" ? "sum" : "count-distinct",
        column: of?.id ?? null,
        over: { aggregate: over, column: by?.id ?? null, factor },
      };
    }
    return { name: free(measureName(field, aggregate)), aggregate, column: field?.id ?? null };
  };
  if (scatter) {
    const [first, second, ...rest] = parts.measures;
    const xFirst =
      first?.cue === "x" ||
      second?.cue === "y" ||
      (first?.cue === null && second?.cue === null && !/\b(vs|versus)\b/i.test(""));
    const ordered = [xFirst ? first : second, xFirst ? second : first, ...rest].filter((one) => one !== undefined);
    const points = ordered.map((one) => ({
      name: free(measureName(one.field, null)),
      expression: { kind: "column", column: one.field?.id ?? "" } as const,
    }));
    const split = dimensions.slice(0, 1).map(dimensionOf);
    return {
      dimensions: [...points, ...split],
      measures: [],
      dimensionFields: [
        ...ordered.map(({ field }) => field),
        ...dimensions.slice(0, 1).map(({ field }) => field),
      ].filter((field) => field !== null),
      measureFields: [],
    };
  }
  const seen = new Set<string>();
  const measures = parts.measures.filter(({ field, aggregate }) => {
    const key = `${field?.id}/${aggregate}`;
    return seen.has(key) ? false : seen.add(key);
  });
  return {
    dimensions: dimensions.map(dimensionOf),
    measures: measures.map(measureOf),
    dimensionFields: dimensions.map(({ field }) => field),
    measureFields: measures.map(({ field }) => field),
  };
}
