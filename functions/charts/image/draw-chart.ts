import { type Canvas, createCanvas } from "@napi-rs/canvas";
import { Chart as Drawing, registerables } from "chart.js";
import "chartjs-adapter-date-fns";
import { type ChartTheme, chartConfig } from "../../../web/src/charts/chart-config.ts";

Drawing.register(...registerables);

/** Draws a chart by the page's own configuration, on a canvas of this many pixels times `fineness`. */
export function drawChart(
  chart: Parameters<typeof chartConfig>[0],
  { width, height, fineness }: { width: number; height: number; fineness: number },
  theme: ChartTheme,
): Canvas {
  const canvas = createCanvas(width, height);
  const { type, data, options } = chartConfig(chart, theme);
  // Legends take it from here and not from a chart's options.
  Drawing.defaults.font.family = theme.fontFamily;
  // Chart.js asks of a canvas no more than what this one has; its types name the browser's.
  const target = canvas as unknown as ConstructorParameters<typeof Drawing>[0];
  const drawing = new Drawing(target, {
    type,
    data,
    options: { ...options, responsive: false, animation: false, devicePixelRatio: fineness, events: [] },
  });
  drawing.stop();
  return canvas;
}
