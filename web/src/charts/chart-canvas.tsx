import { useComputedColorScheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import {
  ArcElement,
  BarController,
  BarElement,
  BubbleController,
  CategoryScale,
  Chart as ChartJs,
  DoughnutController,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PieController,
  PointElement,
  ScatterController,
  TimeScale,
  Tooltip,
} from "chart.js";
import "chartjs-adapter-date-fns";
import { useEffect, useRef } from "react";
import { chartConfig } from "./chart-config.ts";

ChartJs.register(
  BarController,
  BubbleController,
  DoughnutController,
  LineController,
  PieController,
  ScatterController,
  ArcElement,
  BarElement,
  LineElement,
  PointElement,
  CategoryScale,
  LinearScale,
  LogarithmicScale,
  TimeScale,
  Filler,
  Legend,
  Tooltip,
);

interface ChartCanvasProps {
  chart: Parameters<typeof chartConfig>[0];
  /** The chart in words, for those who can't see it. */
  label: string;
  /** Whether there is little room beside it. */
  narrow: boolean;
}

export default function ChartCanvas({ chart, label, narrow }: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme("light");
  const still = useReducedMotion() ?? false;
  const { type, data, options } = chart;
  useEffect(() => {
    if (!canvas.current) return;
    const style = getComputedStyle(canvas.current);
    const config = chartConfig(
      { type, data, options },
      {
        scheme,
        ink: style.getPropertyValue("--mantine-color-text"),
        inkSoft: style.getPropertyValue("--ink-soft"),
        line: style.getPropertyValue("--line"),
        surface: style.getPropertyValue("--surface"),
        fontFamily: style.fontFamily,
        animate: !still,
        narrow,
      },
    );
    const drawn = new ChartJs(canvas.current, config);
    return () => drawn.destroy();
  }, [type, data, options, scheme, still, narrow]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
