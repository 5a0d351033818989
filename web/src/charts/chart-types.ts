import {
  IconChartArea,
  IconChartBar,
  IconChartBubble,
  IconChartDonut,
  IconChartDots,
  IconChartHistogram,
  IconChartLine,
  IconChartPie,
  IconNumber123,
  IconTable,
} from "@tabler/icons-react";
import type { ChartType } from "../../../contract/index.ts";

/** How the page calls each type of chart. */
export const chartTypes = {
  bar: { name: "Bar", Icon: IconChartBar },
  line: { name: "Line", Icon: IconChartLine },
  area: { name: "Area", Icon: IconChartArea },
  pie: { name: "Pie", Icon: IconChartPie },
  doughnut: { name: "Doughnut", Icon: IconChartDonut },
  scatter: { name: "Scatter", Icon: IconChartDots },
  bubble: { name: "Bubble", Icon: IconChartBubble },
  histogram: { name: "Histogram", Icon: IconChartHistogram },
  stat: { name: "Number", Icon: IconNumber123 },
  table: { name: "Table", Icon: IconTable },
} as const satisfies Record<ChartType, { name: string; Icon: typeof IconTable }>;
