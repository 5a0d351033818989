/**
 * Colours of data, which people with any common colour vision can tell apart: Okabe and Ito's set
 * (https://jfly.uni-koeln.de/color/), ordered so that the first few differ most on the page's two grounds. The yellow
 * is darkened on white and the blue lightened on black, where the originals would fall under 3:1.
 */
export const seriesColors = {
  light: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8a7f00", "#4d4d4d"],
  dark: ["#56b4e9", "#e69f00", "#2fbf93", "#d995bb", "#ee7f33", "#3d8fd1", "#f0e442", "#b3b3b3"],
} as const;

export type Scheme = keyof typeof seriesColors;

/** The colour of the n-th series or slice; after eight they come again, paler. */
export function seriesColor(index: number, scheme: Scheme): string {
  const colors = seriesColors[scheme];
  const color = colors[index % colors.length] ?? colors[0];
  return index < colors.length ? color : withAlpha(color, 0.55);
}

/** `#rrggbb` (an opacity that it has already is replaced) with an opacity from 0 to 1, as `#rrggbbaa`. */
export function withAlpha(color: string, alpha: number): string {
  return (
    color.slice(0, 7) +
    Math.round(alpha * 255)
      .toString(16)
      .padStart(2, "0")
  );
}
