import type { ChartTheme } from "./chart-config.ts";

/** How charts look outside the page: on paper and in pictures. */
export function paperTheme(fontFamily: string): ChartTheme {
  return {
    scheme: "light",
    ink: "#1f2933",
    inkSoft: "#52606d",
    line: "#e4e7eb",
    surface: "#ffffff",
    fontFamily,
    animate: false,
    narrow: false,
  };
}
