/**
 * Colours of data, which people with any common colour vision can tell apart: Okabe and Ito's set
 * (https://jfly.uni-koeln.de/color/), ordered so that the first few differ most on the page's two grounds. On white, Paul
 * Tol's indigo (https://personal.sron.nl/~pault/) takes the place of the yellow, which darkened enough to be seen looks like
 * the vermilion to some; on black the blue is lightened. The last five were searched for: each is as far as can be, for the
 * eyes that see it worst, from those before it and from the grey of `restColors`.
 */
export const seriesColors = {
  light: [
    ...["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#332288"],
    ...["#9900ff", "#772200", "#220022", "#9977ff", "#88bb66"],
  ],
  dark: [
    ...["#56b4e9", "#e69f00", "#2fbf93", "#d995bb", "#ee7f33", "#3d8fd1", "#f0e442"],
    ...["#9900ee", "#884422", "#ccffaa", "#bb1199", "#99ffdd"],
  ],
};

/** The colour of the one series or slice that stands for several, which is no peer of the others. */
export const restColors = { light: "#505050", dark: "#787878" };

export type Scheme = keyof typeof seriesColors;

/** The colour of the n-th series or slice; after twelve they come again, paler. */
export function seriesColor(index: number, scheme: Scheme): string {
  const colors = seriesColors[scheme];
  const color = colors[index % colors.length] ?? restColors[scheme];
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
