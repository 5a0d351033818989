import type { Field } from "../link/fields.ts";
import type { Query } from "../query.ts";
import type { Parts } from "../read/asked.ts";
import type { AskedEnd } from "../read/asked-end.ts";
import type { AskedOrder } from "../read/order.ts";
import type { Built } from "./result.ts";

export function applyOrder(
  query: Query,
  built: Built,
  order: AskedOrder | null,
  end: AskedEnd | null,
  parts: Parts,
  scatter: boolean,
): void {
  if (query.shape === "bins") return;
  const [first] = query.dimensions;
  const measure = query.measures[0];
  if (end) {
    const by =
      end.by === "count"
        ? (query.measures.find(({ aggregate }) => aggregate === "count" || aggregate === "count-distinct") ?? measure)
            ?.name
        : end.by === null
          ? (measure?.name ?? first?.name)
          : (columnName(query, built, end.by) ?? (query.shape === "rows" ? end.by.id : measure?.name));
    if (by) query.order.push({ by, direction: end.end === "max" ? "desc" : "asc" });
    query.limit = end.limit;
    query.limitPer = end.limit === null ? [] : wholes(query, parts, built).filter((name) => name !== by);
    query.order.unshift(...query.limitPer.map((name) => ({ by: name, direction: "asc" as const })));
    if (order === null) return;
  }
  if (order) {
    const found = targetName(query, built, order, parts);
    if (found) {
      const isMeasure = query.measures.some(({ name }) => name === found);
      const direction = order.direction ?? (isMeasure && typeof order.target === "string" ? "desc" : "asc");
      query.order = query.order.length > 0 && query.limit !== null ? query.order : [{ by: found, direction }];
    }
    return;
  }
  if (scatter || first === undefined) return;
  const time = built.dimensionFields[0]?.role === "time";
  if (query.shape === "rows") {
    if (time && query.measures.length > 0) query.order.push({ by: first.name, direction: "asc" });
    else if (measure && query.dimensions.length === 1) query.order.push({ by: measure.name, direction: "desc" });
    return;
  }
  const formula = built.dimensionFields[0]?.formula?.kind;
  const scale = time || built.dimensionFields[0]?.numeric || formula === "calendar" || formula === "span";
  if (scale || measure === undefined) query.order.push({ by: first.name, direction: "asc" });
  else query.order.push({ by: measure.name, direction: "desc" });
  const second = query.dimensions[1];
  if (scale && second) query.order.push({ by: second.name, direction: "asc" });
  else if (!scale && measure) query.order.push({ by: first.name, direction: "asc" });
}

/** The groups that each have their own top: "top 3 products in each region". None where nothing else is ranked. */
function wholes(query: Query, { dimensions }: Parts, { dimensionFields }: Built): string[] {
  const grouping = dimensionFields.flatMap((field, index) => {
    const cue = dimensions.find((one) => one.field === field)?.cue;
    const name = query.dimensions[index]?.name;
    return (cue === "group" || cue === "series") && name !== undefined ? [name] : [];
  });
  return grouping.length < query.dimensions.length ? grouping : [];
}

function columnName(query: Query, built: Built, field: Field): string | null {
  const at = built.measureFields.indexOf(field);
  if (at >= 0) return query.measures[at]?.name ?? null;
  const dimension = built.dimensionFields.indexOf(field);
  return dimension >= 0 ? (query.dimensions[dimension]?.name ?? null) : null;
}

function targetName(query: Query, built: Built, order: AskedOrder, parts: Parts): string | null {
  const [first] = query.dimensions;
  const measure = query.measures[0];
  switch (order.target) {
    case "x":
      return first?.name ?? null;
    case "y":
      return measure?.name ?? query.dimensions[1]?.name ?? first?.name ?? null;
    case "measure":
      return (
        measure?.name ??
        (query.dimensions[1] && query.shape === "rows" && parts.dimensions.length === 2
          ? query.dimensions[1].name
          : (first?.name ?? null))
      );
    default:
      if (
        order.target.role === "dimension" &&
        columnName(query, built, order.target) === null &&
        query.shape === "groups"
      )
        return first?.name ?? null;
      return (
        columnName(query, built, order.target) ?? (query.shape === "rows" ? order.target.id : (measure?.name ?? null))
      );
  }
}
