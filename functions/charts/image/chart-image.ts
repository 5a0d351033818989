import { createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Chart } from "../../../contract/index.ts";
import { chartHeight } from "../../../web/src/charts/axis-names.ts";
import { type ChartTheme, statText } from "../../../web/src/charts/chart-config.ts";
import { paperTheme } from "../../../web/src/charts/paper-theme.ts";
import { statComparison } from "../../../web/src/charts/stat-comparison.ts";
import { plainProse } from "../../../web/src/format/prose.ts";
import type { Fonts } from "../../shared/fonts.ts";
import type { Box } from "./box.ts";
import { drawChart } from "./draw-chart.ts";
import { drawTable, tableHeight } from "./draw-table.ts";
import { registerFonts } from "./image-fonts.ts";
import { wrapText } from "./wrap-text.ts";

type Depicted = Pick<Chart, "title" | "type" | "data" | "options" | "result" | "warnings" | "doubts">;

/** Pixels of a picture's width, before it is made twice as fine for sharp screens and slides. */
const width = 960;
const fineness = 2;
const margin = 32;
const titleStyle = { weight: "bold", size: 22, line: 30, mostLines: 3 };
const noteStyle = { weight: "normal", size: 13, line: 19, mostLines: 8 };

/** A chart as the page shows it, as a PNG: its title, its drawing on white, and what the page warns of or has doubts about. */
export function chartImage(chart: Depicted, fonts: Fonts): Buffer {
  const theme = paperTheme(registerFonts(fonts, JSON.stringify(chart)));
  const room = width - 2 * margin;
  const title = paragraph([chart.title], titleStyle, room, theme);
  const notes = paragraph(
    [...chart.warnings, ...chart.doubts.map(({ text }) => text)].map(plainProse),
    noteStyle,
    room,
    theme,
  );
  const drawing = drawingOf(chart, theme);

  const top = margin + title.height + 14;
  const below = top + drawing.height + 16;
  const height = below + notes.height + margin - (notes.height > 0 ? 0 : 16);
  const canvas = createCanvas(width * fineness, height * fineness);
  const context = canvas.getContext("2d");
  context.scale(fineness, fineness);
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  context.fillStyle = theme.ink;
  title.draw(context, margin, margin);
  drawing.draw(context, { x: margin, y: top, width: room, height: drawing.height });
  context.fillStyle = theme.inkSoft;
  notes.draw(context, margin, below);
  return canvas.toBuffer("image/png");
}

function paragraph(texts: string[], style: typeof titleStyle, room: number, { fontFamily }: ChartTheme) {
  const font = `${style.weight} ${style.size}px ${fontFamily}`;
  const measure = createCanvas(1, 1).getContext("2d");
  measure.font = font;
  const lines = texts.flatMap((text) => wrapText(measure, text, room, style.mostLines));
  return {
    height: lines.length * style.line,
    draw(on: SKRSContext2D, x: number, y: number) {
      on.font = font;
      on.textBaseline = "top";
      for (const [index, line] of lines.entries()) on.fillText(line, x, y + index * style.line);
    },
  };
}

function drawingOf(
  chart: Depicted,
  theme: ChartTheme,
): { height: number; draw: (on: SKRSContext2D, box: Box) => void } {
  const { type, data, options, result } = chart;
  if (type === "table" || result.rows.length === 0)
    return { height: tableHeight(result), draw: (on, box) => drawTable(on, result, box, theme) };
  if (type === "stat") return { height: 150, draw: (on, box) => drawStat(on, chart, box, theme) };
  return {
    height: Math.max(420, chartHeight(chart)),
    draw(on, { x, y, width, height }) {
      on.drawImage(drawChart({ type, data, options }, { width, height, fineness }, theme), x, y, width, height);
    },
  };
}

function drawStat(on: SKRSContext2D, stat: Depicted, { x, y }: Box, { ink, inkSoft, fontFamily }: ChartTheme): void {
  on.textBaseline = "top";
  on.fillStyle = ink;
  on.font = `bold 56px ${fontFamily}`;
  on.fillText(statText(stat), x, y + 16);
  on.fillStyle = inkSoft;
  on.font = `16px ${fontFamily}`;
  on.fillText(stat.data.datasets[0]?.label ?? "", x, y + 96);
  on.fillText(statComparison(stat)?.text ?? "", x, y + 122);
}
