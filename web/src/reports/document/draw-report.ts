import { Chart as Drawing, registerables } from "chart.js";
import "chartjs-adapter-date-fns";
import type { Chart } from "../../../../contract/index.ts";
import { chartConfig } from "../../charts/chart-config.ts";
import { paperTheme } from "../../charts/paper-theme.ts";

/**
 * The script of a report: draws its charts, as the page does, from the JSON that stands in the document. It runs where the
 * report is printed and where its HTML file is opened, and says on the root element that it is done.
 */
type Drawable = Parameters<typeof chartConfig>[0] & Pick<Chart, "id">;

Drawing.register(...registerables);

const root = document.documentElement;
const printing = root.dataset.printing === "true";
const theme = {
  ...paperTheme(getComputedStyle(document.body).fontFamily),
  animate: !printing && !matchMedia("(prefers-reduced-motion: reduce)").matches,
  narrow: !printing && innerWidth < 480,
};

// Legends take it from here and not from a chart's options.
Drawing.defaults.font.family = theme.fontFamily;

async function draw(): Promise<void> {
  // Text in a canvas loads no fonts by itself.
  await Promise.all([...document.fonts].map((font) => font.load()));
  const charts: Drawable[] = JSON.parse(document.getElementById("charts")?.textContent ?? "[]");
  const drawings = charts.flatMap((chart) => {
    const canvas = document.getElementById(`chart-${chart.id}`);
    if (!(canvas instanceof HTMLCanvasElement)) return [];
    const config = chartConfig(chart, theme);
    if (printing) return [new Drawing(canvas, { ...config, options: { ...config.options, responsive: false } })];
    // As wide as the screen lets it be, and as high as on paper.
    if (canvas.parentElement) canvas.parentElement.style.height = `${canvas.height}px`;
    return [new Drawing(canvas, config)];
  });
  // Chromium keeps what is drawn in this event as drawing commands, so that the PDF gets lines and letters, not pixels.
  addEventListener("beforeprint", () => {
    if (root.dataset.draft !== undefined) return;
    for (const drawing of drawings) drawing.draw();
  });
}

draw().then(
  () => {
    root.dataset.ready = "drawn";
  },
  (error: unknown) => {
    root.dataset.ready = "failed";
    root.dataset.failure = error instanceof Error ? error.message : String(error);
  },
);
