/** A family of fonts as a package of Fontsource brings it: files by script, of which some weights are used. */
export interface FontFamily {
  family: string;
  /** The package's name, after `@fontsource/`. */
  folder: string;
  weights: readonly number[];
  /** The subsets that are used; all where none is named. */
  subsets?: readonly string[];
}

const scripts = [
  "Arabic",
  "Hebrew",
  "Thai",
  "Bengali",
  "Tamil",
  "Telugu",
  "Gujarati",
  "Gurmukhi",
  "Kannada",
  "Malayalam",
  "Sinhala",
  "Georgian",
  "Armenian",
  "Khmer",
  "Lao",
  "Myanmar",
  "Ethiopic",
];

/**
 * In this order the browser looks for a letter. The first has Latin, Greek, Cyrillic, Vietnamese and Devanagari; a script's
 * own family is taken for its letters alone. Japanese is set in the Chinese font, which has its syllables too.
 */
export const fontFamilies: readonly FontFamily[] = [
  { family: "Noto Sans", folder: "noto-sans", weights: [400, 700] },
  ...scripts.map((script) => ({
    family: `Noto Sans ${script}`,
    folder: `noto-sans-${script.toLowerCase()}`,
    weights: [400, 700],
    subsets: [script.toLowerCase()],
  })),
  { family: "Noto Sans SC", folder: "noto-sans-sc", weights: [400] },
  { family: "Noto Sans KR", folder: "noto-sans-kr", weights: [400] },
  { family: "Noto Color Emoji", folder: "noto-color-emoji", weights: [400], subsets: ["emoji"] },
];
