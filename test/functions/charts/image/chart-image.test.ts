import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { createCanvas, type ImageData, loadImage } from "@napi-rs/canvas";
import type { Cell, ChartType } from "../../../../contract/index.ts";
import { chartImage } from "../../../../functions/charts/image/chart-image.ts";
import { renderChart } from "../../../../functions/charts/render/render-chart.ts";
import { Fonts } from "../../../../functions/shared/fonts.ts";
import { seriesColor } from "../../../../web/src/theme/palette.ts";

const fonts = new Fonts(join(import.meta.dirname, "../../../../node_modules/@fontsource"));

function depict(
  type: ChartType,
  columns: [name: string, type: string][],
  rows: Cell[][],
  { title = "Sales by city", warnings = [] as string[], doubts = [] as string[] } = {},
): Buffer {
  const named = columns.map(([name, type]) => ({ name, type }));
  const result = { columns: named, rows, rowCount: rows.length, truncated: false };
  const doubted = doubts.map((text) => ({ text, alternatives: [] }));
  return chartImage({ title, warnings, doubts: doubted, result, ...renderChart(result, type, true) }, fonts);
}

async function pixels(png: Buffer): Promise<ImageData> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.getContext("2d").getImageData(0, 0, image.width, image.height);
}

/** How many pixels have exactly this colour. */
function count({ data }: ImageData, color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  let found = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found += 1;
  return found;
}

const cities: [string, string][] = [
  ["City", "VARCHAR"],
  ["Sales", "BIGINT"],
];

suite("the picture of a chart", () => {
  test("has bars as long as their values, in the page's colours, on white", async () => {
    const one = await pixels(
      depict("bar", cities, [
        ["Oslo", 100],
        ["Rome", 0],
      ]),
    );
    const both = await pixels(
      depict("bar", cities, [
        ["Oslo", 100],
        ["Rome", 50],
      ]),
    );
    assert.equal(one.width, 1920);
    const blue = seriesColor(0, "light");
    const ratio = count(both, blue) / count(one, blue);
    assert.ok(ratio > 1.45 && ratio < 1.55, String(ratio));
    assert.ok(count(one, "#ffffff") > one.data.length / 4 / 2);
  });

  for (const type of ["line", "area", "pie", "doughnut", "scatter", "bubble", "histogram", "stat", "table"] as const) {
    test(`of ${type} shows something`, async () => {
      const columns: [string, string][] = [
        ["Bin", "DOUBLE"],
        ["Sales", "BIGINT"],
        ["Size", "BIGINT"],
      ];
      const image = await pixels(
        depict(type, columns, [
          [1, 3, 1],
          [2, 5, 9],
          [3, 4, 4],
        ]),
      );
      const blank = await pixels(depict("table", [["Bin", "DOUBLE"]], []));
      const inked = (of: ImageData) => of.data.length / 4 - count(of, "#ffffff");
      assert.ok(inked(image) > inked(blank) + 200);
    });
  }

  test("has letters of other scripts, and not the box that stands for a letter which no font has", async () => {
    const shapes = new Set<string>();
    // The last is a letter that no font has.
    for (const title of ["日本", "Жд", "العر", "😀", "क", "\u{10FFFD}"]) {
      const { data, width } = await pixels(depict("stat", [["n", "BIGINT"]], [[1]], { title }));
      shapes.add(Buffer.from(data.slice(0, width * 4 * 130)).toString("base64"));
    }
    assert.equal(shapes.size, 6);
  });

  test("grows with its title, its warnings and its doubts and cuts what no picture could hold", async () => {
    const height = async (title: string, warnings: string[]) =>
      (await pixels(depict("bar", cities, [["Oslo", 1]], { title, warnings }))).height;
    const plain = await height("Sales", []);
    const long = await height("Sales ".repeat(60), ["Only the first 25 of 40 groups are shown."]);
    assert.ok(long > plain);
    const doubts = ["“price” is read as Asking Price, not as Sold Price."];
    assert.ok((await pixels(depict("bar", cities, [["Oslo", 1]], { title: "Sales", doubts }))).height > plain);
    assert.ok((await height("Sales".repeat(2000), ["word ".repeat(5000)])) < 2 * plain);
  });
});
