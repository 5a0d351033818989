import { capitalize, formatList } from "../../shared/words.ts";
import type { Finding } from "./compute-facts.ts";
import { formatNumber, formatShare, formatValue } from "./format.ts";
import type { Series } from "./shape.ts";
import type { Item } from "./shape-cells.ts";

/** The three highest values and the lowest; `total` where shares of it mean something. */
export function rankFacts(series: Series, total: number | undefined): Finding[] {
  const ranked = byValue(series.items);
  const [highest, lowest] = [ranked[0]?.value, ranked.at(-1)?.value];
  if (highest === undefined || lowest === undefined || highest === lowest) return [];
  const groups = sharing(ranked);
  const above = groups.slice(0, 3).filter(({ value }) => value !== lowest);
  const top = above.map((group, index) => placeFact(series, group, index, total));
  const last = groups.at(-1);
  return last ? [...top, bottomFact(series, last, total)] : top;
}

/** A list that the query cut off: what it begins with, and where it ends. */
export function listFacts(series: Series, listed: "highest" | "lowest"): Finding[] {
  const { items, measure, format, dimension } = series;
  const ranked = listed === "highest" ? byValue(items) : byValue(items).reverse();
  const groups = sharing(ranked);
  const [first, last] = [groups[0], groups.at(-1)];
  if (!first || !last || first === last) return [];
  const write = (value: number) => formatValue(value, format);
  const begins =
    listed === "highest"
      ? groups
          .slice(0, Math.min(3, groups.length - 1))
          .map((group, index) => placeFact(series, group, index, undefined))
      : [bottomFact(series, first, undefined)];
  const [start, end] = [first.value, last.value];
  return [
    ...begins,
    {
      kind: "typical",
      statement: `The ${formatNumber(items.length)} ${listed} values of ${measure} in this list run from ${write(start)} to ${write(end)} (${namesOf(last)}).`,
      numbers: { min: Math.min(start, end), max: Math.max(start, end), items: items.length, end },
      ...(format && { format }),
      names: { measure, dimension, listed, item: namesOf(last) },
      rows: [],
    },
  ];
}

/** Items that share a value. */
interface Group {
  value: number;
  items: Item[];
}

function byValue(items: Item[]): Item[] {
  return items.toSorted((a, b) => b.value - a.value);
}

function sharing(ranked: Item[]): Group[] {
  const groups: Group[] = [];
  for (const item of ranked) {
    const last = groups.at(-1);
    if (last && last.value === item.value) last.items.push(item);
    else groups.push({ value: item.value, items: [item] });
  }
  return groups;
}

/** "A", "A and B", "A, B, C and 4 more". */
function namesOf({ items }: Group): string {
  const named = items.slice(0, 3).map(({ name }) => name);
  return formatList(items.length > 3 ? [...named, `${items.length - 3} more`] : named);
}

function shareOf({ value, items }: Group, total: number | undefined): Record<string, number> {
  return total !== undefined && items.length === 1 && value > 0 ? { share: value / total } : {};
}

function placeFact(
  { measure, format, dimension }: Series,
  group: Group,
  index: number,
  total: number | undefined,
): Finding {
  const share = shareOf(group, total);
  const percent = share.share === undefined ? "" : ` (${formatShare(share.share)} of the total)`;
  return {
    kind: "top",
    statement: `${capitalize(["highest", "second", "third"][index] ?? `number ${index + 1}`)} in ${measure}: ${namesOf(group)}, ${formatValue(group.value, format)}${percent}.`,
    numbers: { value: group.value, rank: index + 1, count: group.items.length, ...share },
    ...(format && { format }),
    names: { ...groupNames(group), measure, dimension },
    rows: group.items.flatMap(({ rows }) => rows.slice(0, 20)).slice(0, 100),
  };
}

function bottomFact({ measure, format, dimension }: Series, group: Group, total: number | undefined): Finding {
  const share = shareOf(group, total);
  const percent = share.share === undefined ? "" : ` (${formatShare(share.share)} of the total)`;
  return {
    kind: "bottom",
    statement: `Lowest in ${measure}: ${namesOf(group)}, ${formatValue(group.value, format)}${percent}.`,
    numbers: { value: group.value, count: group.items.length, ...share },
    ...(format && { format }),
    names: { ...groupNames(group), measure, dimension },
    rows: group.items.flatMap(({ rows }) => rows.slice(0, 20)).slice(0, 100),
  };
}

/** The group's name, and each of its first members', which prose may name alone. */
function groupNames(group: Group): Record<string, string> {
  const members = group.items.slice(0, 3).map(({ name }, index) => [`item${index + 1}`, name]);
  return { item: namesOf(group), ...(group.items.length > 1 && Object.fromEntries(members)) };
}
