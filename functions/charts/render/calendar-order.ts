import type { CategoryData } from "./crowding.ts";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/**
 * Puts weekdays, and months of the year, in the order of the calendar, unless the result is in the order of its values: the
 * busiest day first is meant so. What is neither, such as rows without a day, comes last.
 */
export function inCalendarOrder(data: CategoryData): CategoryData {
  const places = [weekdays, months]
    .map((names) => data.labels.map((label) => placeIn(names, label)))
    .find(
      (all) =>
        all.filter((place) => place >= 0).length >= 2 && all.every((place, at) => place >= 0 || isNone(data, at)),
    );
  const [first] = data.datasets;
  if (!places || (data.datasets.length === 1 && first && isRanked(first.data))) return data;
  const order = data.labels
    .map((_, at) => at)
    .sort((one, other) => rank(places[one] ?? -1) - rank(places[other] ?? -1));
  return {
    labels: order.map((at) => data.labels[at] ?? ""),
    datasets: data.datasets.map(({ label, data }) => ({ label, data: order.map((at) => data[at] ?? null) })),
  };
}

/** Names as they are, or their first three letters. */
function placeIn(names: string[], label: string | number): number {
  const text = String(label).trim().toLowerCase().replace(/\.$/, "");
  return names.findIndex(
    (name) => name === text || name.slice(0, 3) === text || (text === "sept" && name === "september"),
  );
}

function isNone({ labels }: CategoryData, at: number): boolean {
  return labels[at] === "(none)";
}

function rank(place: number): number {
  return place < 0 ? Number.POSITIVE_INFINITY : place;
}

/** Whether values only fall, or only rise. */
export function isRanked(values: (number | null)[]): boolean {
  const known = values.filter((value) => value !== null);
  const steps = known.slice(1).map((value, at) => value - (known[at] ?? 0));
  return known.length > 2 && (steps.every((step) => step <= 0) || steps.every((step) => step >= 0));
}
