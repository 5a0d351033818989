import assert from "node:assert/strict";
import { test } from "node:test";
import { chartHeight } from "../../web/src/charts/axis-names.ts";
import { type ChartTheme, chartConfig, statText } from "../../web/src/charts/chart-config.ts";
import { mergeOptions } from "../../web/src/charts/options-tree.ts";
import { restColors, seriesColor } from "../../web/src/theme/palette.ts";

const theme: ChartTheme = {
  scheme: "light",
  ink: "#000",
  inkSoft: "#666",
  line: "#eee",
  surface: "#fff",
  fontFamily: "sans-serif",
  animate: false,
  narrow: false,
};
const series = (...values: number[]) => [{ label: "total", data: values }];

test("a line over ISO dates gets a time axis no finer than the dates, read as clock time", () => {
  const labels = ["2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"];
  const config = chartConfig({ type: "line", data: { labels, datasets: series(1, 2, 3) }, options: {} }, theme);
  assert.partialDeepStrictEqual(config.options?.scales?.x, {
    type: "time",
    time: { minUnit: "month", tooltipFormat: "MMM yyyy" },
  });
  assert.deepEqual(config.data.labels, ["2024-01-01T00:00:00", "2024-02-01T00:00:00", "2024-03-01T00:00:00"]);
});

test("a line over names has no time axis, and a bar over dates neither unless the options say so", () => {
  const names = { labels: ["a", "b"], datasets: series(1, 2) };
  assert.equal(chartConfig({ type: "line", data: names, options: {} }, theme).options?.scales?.x?.type, undefined);
  const dates = { labels: ["2024-01-01", "2025-01-01"], datasets: series(1, 2) };
  const bar = chartConfig({ type: "bar", data: dates, options: {} }, theme);
  assert.equal(bar.options?.scales?.x?.type, undefined);
  assert.deepEqual(bar.data.labels, ["2024", "2025"]);
  const declared = chartConfig({ type: "bar", data: dates, options: { scales: { x: { type: "time" } } } }, theme);
  assert.equal(declared.options?.scales?.x?.type, "time");
  assert.deepEqual(declared.data.labels, ["2024-01-01", "2025-01-01"]);
});

test("an area is a filled line and a histogram a bar chart whose bars touch", () => {
  const data = { labels: ["a", "b"], datasets: series(1, 2) };
  const area = chartConfig({ type: "area", data, options: {} }, theme);
  assert.equal("type" in area && area.type, "line");
  assert.partialDeepStrictEqual(area.data.datasets[0], { fill: true });
  const histogram = chartConfig({ type: "histogram", data, options: {} }, theme);
  assert.equal("type" in histogram && histogram.type, "bar");
  assert.partialDeepStrictEqual(histogram.data.datasets[0], { barPercentage: 1 });
});

test("each slice of a pie has a colour of its own, and the pie no axes", () => {
  const data = { labels: ["a", "b", "c"], datasets: series(1, 2, 3) };
  const pie = chartConfig({ type: "pie", data, options: {} }, theme);
  assert.partialDeepStrictEqual(pie.data.datasets[0], {
    backgroundColor: [seriesColor(0, "light"), seriesColor(1, "light"), seriesColor(2, "light")],
  });
  assert.equal(pie.options?.scales, undefined);
});

test("what the API says about options stands, but for the title, which the page shows itself", () => {
  const options = {
    indexAxis: "y",
    plugins: { legend: { display: true }, title: { display: true, text: "Sales" } },
    scales: { x: { title: { display: true, text: "EUR" }, ticks: { format: { style: "currency", currency: "EUR" } } } },
  };
  const data = { labels: ["a"], datasets: series(1) };
  const config = chartConfig({ type: "bar", data, options }, theme);
  assert.partialDeepStrictEqual(config.options, {
    indexAxis: "y",
    plugins: { legend: { display: true }, title: { display: false } },
    scales: { x: { title: { text: "EUR" }, ticks: { color: "#666", format: { currency: "EUR" } } } },
  });
  assert.equal(config.options?.scales?.x?.ticks?.callback, undefined, "a format from the API is not overruled");
});

test("merging options changes neither side and leaves prototypes alone", () => {
  const base = { a: { b: 1, c: [1, 2] } };
  const over = JSON.parse('{"a": {"c": [3]}, "__proto__": {"polluted": true}}');
  const merged = mergeOptions(base, over);
  assert.deepEqual(merged, { a: { b: 1, c: [3] } });
  assert.deepEqual(base, { a: { b: 1, c: [1, 2] } });
  assert.equal("polluted" in merged, false);
});

test("a stat is its one number, and says where there is none", () => {
  const stat = (data: (number | null)[]) => ({ data: { labels: [], datasets: [{ label: "total", data }] } });
  assert.equal(statText(stat([1234.567])), new Intl.NumberFormat(undefined).format(1234.57));
  assert.equal(statText(stat([0])), "0");
  assert.equal(statText(stat([null])), "–");
  assert.equal(statText(stat([])), "–");
});

test("a stat is written in the format that the API gives it", () => {
  const data = { labels: [], datasets: [{ label: "total", data: [1200] }] };
  const format = { style: "currency", currency: "EUR", maximumFractionDigits: 0 };
  const written = new Intl.NumberFormat(undefined, { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
  assert.equal(statText({ data, options: { quantibi: { format } } }), written.format(1200));
  assert.equal(
    statText({ data, options: { quantibi: { format: { style: "unknown" } } } }),
    new Intl.NumberFormat().format(1200),
  );
});

test("lying bars get height by their number, within bounds", () => {
  const labels = Array.from({ length: 20 }, (_, index) => String(index));
  assert.equal(chartHeight({ type: "bar", data: { labels, datasets: [] }, options: { indexAxis: "y" } }), 660);
  assert.equal(chartHeight({ type: "bar", data: { labels: [], datasets: [] }, options: {} }), 320);
});

test("slices have names, years too, and say what part of the whole they are", () => {
  const years = { labels: [2019, 2020], datasets: series(1, 2) };
  assert.deepEqual(chartConfig({ type: "pie", data: years, options: {} }, theme).data.labels, [
    "2019 · 33%",
    "2020 · 67%",
  ]);
});

test("many bars lie where there is little room, with the axes' words and formats on the other axis, and are higher", () => {
  const labels = Array.from({ length: 20 }, (_, at) => `Product ${at}`);
  const chart = {
    type: "bar" as const,
    data: { labels, datasets: series(...labels.map((_, at) => at)) },
    options: { scales: { x: { title: { text: "product" } }, y: { title: { text: "total" }, beginAtZero: true } } },
  };
  const { options } = chartConfig(chart, { ...theme, narrow: true });
  assert.equal(options?.indexAxis, "y");
  assert.partialDeepStrictEqual(options?.scales, {
    x: { title: { text: "total" } },
    y: { title: { text: "product" } },
  });
  assert.equal(chartConfig(chart, theme).options?.indexAxis, undefined);
  assert.ok(chartHeight(chart, true) > chartHeight(chart));
  const few = { ...chart, data: { labels: ["a", "b"], datasets: series(1, 2) } };
  assert.equal(chartConfig(few, { ...theme, narrow: true }).options?.indexAxis, undefined);
});

test("a tooltip says values in full and by the format of their series", () => {
  const money = { style: "currency", currency: "USD", maximumFractionDigits: 2 };
  const { options } = chartConfig(
    {
      type: "bar",
      data: { labels: ["a"], datasets: [...series(1_234_567.8), { label: "n", data: [1_234_567.8] }] },
      options: { quantibi: { seriesFormats: [money, null] } },
    },
    theme,
  );
  const callback: unknown = options?.plugins?.tooltip?.callbacks?.label;
  assert.ok(typeof callback === "function");
  const said = (datasetIndex: number, label: string) =>
    callback({ parsed: { x: 0, y: 1_234_567.8 }, dataset: { label }, datasetIndex, label: "a" });
  assert.equal(said(0, "total"), "total: $1,234,567.80");
  assert.equal(said(1, "n"), "n: 1,234,567.8");
});

test("the group that stands for several is grey, and a group that only has such a name is not", () => {
  const chart = { type: "pie" as const, data: { labels: ["a", "Other"], datasets: series(1, 2) }, options: {} };
  const colors = (options: Record<string, unknown>) =>
    chartConfig({ ...chart, options }, theme).data.datasets[0]?.backgroundColor;
  assert.deepEqual(colors({ quantibi: { other: "Other" } }), [seriesColor(0, "light"), restColors.light]);
  assert.deepEqual(colors({}), [seriesColor(0, "light"), seriesColor(1, "light")]);
});

test("bars with long names lie down, their names cut in the middle, which tells them still", () => {
  const names = ["Bluetooth speaker with rechargeable battery A1", "Bluetooth speaker with rechargeable battery B2"];
  const labels = [...names, "Oak chair", "Desk lamp"];
  const chart = { type: "bar" as const, data: { labels, datasets: series(4, 3, 2, 1) }, options: {} };
  const { options } = chartConfig(chart, theme);
  assert.equal(options?.indexAxis, "y");
  const tick: unknown = options?.scales?.y?.ticks?.callback;
  assert.ok(typeof tick === "function");
  const axis = { getLabelForValue: (place: number) => labels[place] };
  const shown = labels.map((_, place) => String(tick.call(axis, place)));
  assert.equal(shown[2], "Oak chair");
  assert.equal(new Set(shown).size, 4);
  assert.ok(shown.every((name) => name.length <= 36));
  const few = { ...chart, data: { labels: names, datasets: series(2, 1) } };
  assert.equal(chartConfig(few, theme).options?.indexAxis, undefined, "two have room beside one another");
});

test("a pie's names have room below it on a phone", () => {
  const labels = Array.from({ length: 12 }, (_, at) => `Slice ${at}`);
  const pie = { type: "pie" as const, data: { labels, datasets: series(...labels.map(() => 1)) }, options: {} };
  assert.ok(chartHeight(pie, true) > 500);
  assert.equal(chartHeight(pie), 320);
});

test("a histogram stands between the bounds of its bins, leaves a gap for those without rows, and names both bounds", () => {
  const data = { labels: [0, 10, 40], datasets: [{ label: "Count", data: [5, 2, 1] }] };
  const { options, data: drawn } = chartConfig({ type: "histogram", data, options: {} }, theme);
  assert.partialDeepStrictEqual(options?.scales?.x, { type: "linear", offset: false, min: 0, max: 50 });
  assert.deepEqual(drawn.datasets[0]?.data, [
    { x: 5, y: 5 },
    { x: 15, y: 2 },
    { x: 45, y: 1 },
  ]);
  const title: unknown = options?.plugins?.tooltip?.callbacks?.title;
  assert.ok(typeof title === "function");
  assert.equal(title([{ parsed: { x: 45 } }]), "40 – 50");
});

test("a line over weeks has a tick for each week rather than for days between", () => {
  const labels = ["2024-01-01", "2024-01-08", "2024-01-15"];
  const chart = { data: { labels, datasets: series(1, 2, 3) }, options: { quantibi: { grain: "week" } } };
  const { options } = chartConfig({ type: "line", ...chart }, theme);
  assert.partialDeepStrictEqual(options?.scales?.x, { type: "time", time: { unit: "week", isoWeekday: true } });
});

test("a single month that the API says is one is not shown as its first day", () => {
  const data = { labels: ["2026-09-01"], datasets: series(7) };
  const options = { quantibi: { grain: "month" }, scales: { x: { type: "time" } } };
  const config = chartConfig({ type: "bar", data, options }, theme);
  assert.partialDeepStrictEqual(config.options?.scales?.x, { time: { minUnit: "month", tooltipFormat: "MMM yyyy" } });
});
