import type { Coverage } from "../../shared/coverage.ts";
import { changeFact } from "./change.ts";
import type { Finding } from "./compute-facts.ts";
import { formatValue } from "./format.ts";
import type { Line } from "./shape.ts";
import { finishedSteps, unfinishedFacts } from "./steps.ts";

const mostChanges = 4;

/**
 * Facts about the parts of a measure along time: how each has changed, the greatest rise first, then the greatest fall; and of
 * what may not be added up, how the parts stand at the end and where the extremes are.
 */
export function lineFacts(lines: Line[], coverage: Coverage | undefined): Finding[] {
  const [any] = lines;
  if (!any || lines.length < 2) return [];
  const stretches = lines.flatMap((line) =>
    line.time ? [{ line, steps: finishedSteps(line, line.time, coverage) }] : [],
  );
  const longest = Math.max(...stretches.map(({ steps }) => steps.items.length));
  const changes = stretches
    // What is there now and then only has no beginning and no end.
    .filter(({ steps }) => steps.items.length >= 0.6 * longest)
    .flatMap(({ line, steps }) => {
      const measure = `${line.measure} of ${line.part}`;
      const names = { item: line.part, dimension: line.dimension, grain: steps.grain };
      return changeFact(steps, { ...line, measure }, names, false) ?? [];
    })
    .sort((a, b) => extent(b, any.additive) - extent(a, any.additive));
  const [greatest, ...others] = changes;
  const least = others.pop();
  const ordered = [greatest, least, ...others].flatMap((finding) => finding ?? []).slice(0, mostChanges);
  if (any.additive) return ordered;
  return [...ordered, ...standings(stretches), ...extremes(stretches), ...unfinished(stretches)];
}

/** How much has changed: of what adds up the amount, in which a small part can't lead, else the rate, where there is one. */
function extent({ numbers: { difference = 0, relative } }: Finding, additive: boolean): number {
  return additive ? difference : (relative ?? Math.sign(difference));
}

/** Said once for all parts, by the one that loses the most steps. */
function unfinished(stretches: Stretch[]): Finding[] {
  const of = ({ line, steps }: Stretch) =>
    unfinishedFacts(line, steps, { measure: line.measure, dimension: line.dimension, grain: steps.grain });
  const [most] = stretches.map(of).sort((a, b) => (b[0]?.numbers.periods ?? 0) - (a[0]?.numbers.periods ?? 0));
  return most ?? [];
}

type Stretch = { line: Line; steps: ReturnType<typeof finishedSteps> };

/** How the parts stand in the last step that is whole. */
function standings(stretches: Stretch[]): Finding[] {
  const last = Math.max(...stretches.map(({ steps }) => steps.ordinals.at(-1) ?? Number.NEGATIVE_INFINITY));
  const there = stretches
    .flatMap(({ line, steps }) => {
      const item = steps.items[steps.ordinals.indexOf(last)];
      return item ? [{ line, item }] : [];
    })
    .sort((a, b) => b.item.value - a.item.value);
  const [first, end] = [there[0], there.at(-1)];
  if (!first || !end || first.item.value === end.item.value) return [];
  const finding = (kind: "top" | "bottom", { line, item }: typeof first): Finding => ({
    kind,
    statement: `${kind === "top" ? "Highest" : "Lowest"} in ${line.measure} at the end (${item.name}): ${line.part}, ${formatValue(item.value, line.format)}.`,
    numbers: { value: item.value, count: 1, ...(kind === "top" && { rank: 1 }) },
    ...(line.format && { format: line.format }),
    names: {
      item: line.part,
      measure: line.measure,
      dimension: line.split,
      at: item.name,
      grain: line.time?.grain ?? "moment",
    },
    rows: item.rows.slice(0, 50),
  });
  return [finding("top", first), finding("bottom", end)];
}

/** The highest and the lowest value of all parts and steps. */
function extremes(stretches: Stretch[]): Finding[] {
  const all = stretches
    .flatMap(({ line, steps }) => steps.items.map((item) => ({ line, item })))
    .sort((a, b) => b.item.value - a.item.value);
  const [high, low] = [all[0], all.at(-1)];
  if (!high || !low || high.item.value === low.item.value) return [];
  const { measure, dimension, format, time } = high.line;
  const shown = ({ line, item }: typeof high) => `${formatValue(item.value, format)} (${line.part}, ${item.name})`;
  return [
    {
      kind: "peak",
      statement: `Highest ${measure}: ${shown(high)}; lowest: ${shown(low)}.`,
      numbers: { high: high.item.value, low: low.item.value },
      ...(format && { format }),
      names: {
        measure,
        dimension,
        grain: time?.grain ?? "moment",
        high: high.item.name,
        highOf: high.line.part,
        low: low.item.name,
        lowOf: low.line.part,
      },
      rows: [...high.item.rows.slice(0, 50), ...low.item.rows.slice(0, 50)],
    },
  ];
}
