import type { CategoryData } from "./crowding.ts";

const dayMs = 86_400_000;

/**
 * Puts times in order and shows steps without rows as gaps, where the times come at even steps. Rows without a time have
 * no place on the axis.
 */
export function withGaps(data: CategoryData, xName: string, warnings: string[]): CategoryData {
  const sorted = data.labels
    .map((label, at) => ({ label, at }))
    .filter(({ label }) => isTime(label))
    .sort((one, other) => compare(one.label, other.label));
  if (sorted.length < data.labels.length)
    warnings.push(`Rows without ${xName} have no place on the axis; the data has them.`);
  const labels = sorted.map(({ label }) => label);
  const filled = filledSteps(labels);
  const position = new Map(sorted.map(({ label, at }) => [label, at]));
  const places = filled ? filled.map((label) => position.get(label) ?? -1) : sorted.map(({ at }) => at);
  return {
    labels: filled ?? labels,
    datasets: data.datasets.map((one) => ({ label: one.label, data: places.map((at) => one.data[at] ?? null) })),
  };
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (one === other) return 0;
  return String(one) < String(other) ? -1 : 1;
}

function isTime(label: string | number): boolean {
  return typeof label === "number" || /^\d/.test(label);
}

/** All labels from the first to the last at the step that the given ones come in; null if they come in none. */
function filledSteps(labels: (string | number)[]): (string | number)[] | null {
  const scale = scaleOf(labels);
  const places = scale ? labels.map(scale.place) : [];
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 0;
  const distances = places.slice(1).map((place, at) => place - (places[at] ?? 0));
  const step = Math.min(...distances);
  const count = (last - first) / step + 1;
  const even = distances.length > 1 && step > 0 && distances.every((distance) => distance % step === 0);
  // A step that most of the span lacks is no rhythm of the data.
  if (!scale || !even || count > labels.length * 2) return null;
  const all = Array.from({ length: count }, (_, at) => scale.label(first + at * step));
  const given = new Set(labels);
  // Days at work have no gaps at weekends.
  const weekendsOnly = scale.weekend !== null && all.every((label) => given.has(label) || scale.weekend?.(label));
  return weekendsOnly ? null : all;
}

interface Scale {
  place: (label: string | number) => number;
  label: (place: number) => string | number;
  weekend: ((label: string | number) => boolean) | null;
}

/** How to count in the steps of the labels: years, first days of months, or days. */
function scaleOf(labels: (string | number)[]): Scale | null {
  if (labels.every((label) => typeof label === "number" && Number.isInteger(label) && label >= 1000 && label <= 2999))
    return { place: Number, label: (place) => place, weekend: null };
  if (!labels.every((label) => /^\d{4}-\d{2}-\d{2}$/.test(String(label)))) return null;
  if (labels.every((label) => String(label).endsWith("-01")))
    return {
      place: (label) => Number(String(label).slice(0, 4)) * 12 + Number(String(label).slice(5, 7)) - 1,
      label: (place) =>
        `${String(Math.floor(place / 12)).padStart(4, "0")}-${String((place % 12) + 1).padStart(2, "0")}-01`,
      weekend: null,
    };
  return {
    place: (label) => Date.parse(String(label)) / dayMs,
    label: (place) => new Date(place * dayMs).toISOString().slice(0, 10),
    weekend: (label) => [0, 6].includes(new Date(String(label)).getUTCDay()),
  };
}
