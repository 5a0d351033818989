/** What a chart with categories draws: for each series one value, or none, at each label. */
export interface CategoryData {
  labels: (string | number)[];
  datasets: { label: string; data: (number | null)[] }[];
  /** What the one of several is called, among labels or series, where there is such a one. */
  other?: string;
}

/** More categories than this can't be read beside one another. */
export const mostCategories = 25;
/** More colours than this are not told apart. */
export const mostSeries = 12;
export const mostSlices = 12;

const other = "Other";

/**
 * Keeps the largest categories; the others become one, or, where their values do not add up, are left out. The order of
 * those that stay is that of the result.
 */
export function limitCategories(data: CategoryData, most: number, additive: boolean, warnings: string[]): CategoryData {
  const { labels, datasets } = data;
  if (labels.length <= most) return data;
  const kept = additive
    ? largest(
        labels.map((_, at) => magnitude(datasets.map((one) => one.data[at] ?? null))),
        most - 1,
      )
    : labels.slice(0, most).map((_, at) => at);
  const left = additive ? labels.map((_, at) => at).filter((at) => !kept.includes(at)) : [];
  warnings.push(
    additive
      ? `The chart shows the largest ${kept.length} of ${labels.length} groups, and the others together; the data has all.`
      : `The chart shows the first ${most} of ${labels.length} groups; the data has all.`,
  );
  return {
    ...(additive && { other: unused(labels) }),
    labels: [...kept.map((at) => labels[at] ?? ""), ...(additive ? [unused(labels)] : [])],
    datasets: datasets.map(({ label, data }) => {
      const values = kept.map((at) => data[at] ?? null);
      return { label, data: additive ? [...values, sum(left.map((at) => data[at] ?? null))] : values };
    }),
  };
}

/** Keeps the largest series; the others become one, or, where their values do not add up, are left out. */
export function limitSeries(data: CategoryData, additive: boolean, warnings: string[]): CategoryData {
  const { labels, datasets } = data;
  if (datasets.length <= mostSeries) return data;
  const kept = largest(
    datasets.map((one) => magnitude(one.data)),
    additive ? mostSeries - 1 : mostSeries,
  );
  const left = datasets.filter((_, at) => !kept.includes(at));
  warnings.push(
    `The chart shows the largest ${kept.length} of ${datasets.length} series${additive ? ", and the others together" : ""}; the data has all.`,
  );
  const rest = {
    label: unused(datasets.map(({ label }) => label)),
    data: labels.map((_, at) => sum(left.map((one) => one.data[at] ?? null))),
  };
  return {
    labels,
    ...(additive && { other: rest.label }),
    datasets: [...datasets.filter((_, at) => kept.includes(at)), ...(additive ? [rest] : [])],
  };
}

/** The positions of the largest values, in their own order. */
function largest(values: number[], most: number): number[] {
  return values
    .map((value, at) => ({ value, at }))
    .sort((one, another) => another.value - one.value)
    .slice(0, most)
    .map(({ at }) => at)
    .sort((one, another) => one - another);
}

function magnitude(values: (number | null)[]): number {
  return values.reduce<number>((total, value) => total + Math.abs(value ?? 0), 0);
}

/** Null where nothing is known of any. */
function sum(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** A group of the data may be called "Other" itself. */
function unused(names: (string | number)[]): string {
  return names.includes(other) ? "All others" : other;
}
