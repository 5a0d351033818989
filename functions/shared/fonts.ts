import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { fontFamilies } from "./font-families.ts";

export const fontFamily = fontFamilies.map(({ family }) => `"${family}"`).join(", ");

/** Chromium draws none of the emoji of the files by subset, which are SVG; the one with all of them has colour layers too. */
const emoji = { family: "Noto Color Emoji", subset: "emoji" };

/** A file of a font: some of its letters, at one weight. */
interface Face {
  family: string;
  weight: number;
  path: string;
  unicodeRange: string;
  ranges: [from: number, to: number][];
}

const unicodeRanges = z.record(z.string(), z.string());

/** The fonts that reports are set in, in files by script, of which each report carries those that it needs. */
export class Fonts {
  private readonly faces: Face[];

  /** @param folder of the `@fontsource` packages */
  constructor(folder: string) {
    this.faces = fontFamilies.flatMap(({ family, folder: name, weights, subsets: used }) => {
      const all = unicodeRanges.parse(JSON.parse(readFileSync(join(folder, name, "unicode.json"), "utf8")));
      const subsets = Object.entries(all).filter(
        ([subset]) => family === emoji.family || used === undefined || used.includes(subset),
      );
      return subsets.flatMap(([subset, unicodeRange]) =>
        weights.map((weight) => ({
          family,
          weight,
          path: join(folder, name, "files", `${name}-${fileSubset(family, subset)}-${weight}-normal.woff2`),
          unicodeRange,
          ranges: readRanges(unicodeRange),
        })),
      );
    });
  }

  /** The files, each with a name of its own for the font, that a text needs; regular and, where there is one, bold. */
  filesFor(text: string): { name: string; path: string }[] {
    return [...this.needed(text)].map((face) => ({
      name: basename(face.path, ".woff2").replace(/-\d+-normal$/, ""),
      path: face.path,
    }));
  }

  /**
   * `@font-face` rules, fonts included, for the letters of a text; without emoji for a file that people open on their own
   * computers, which have some, where their 6 MB would be the most of it.
   */
  facesFor(text: string, { withEmoji }: { withEmoji: boolean }): string {
    const needed = this.needed(text);
    const faces = [...needed].filter(({ family }) => family !== emoji.family).map(fontFace);
    const emojiRanges = [...needed].flatMap((face) => (face.family === emoji.family ? [face] : []));
    const [first] = emojiRanges;
    if (first && withEmoji) {
      faces.push(fontFace({ ...first, unicodeRange: emojiRanges.map(({ unicodeRange }) => unicodeRange).join(",") }));
    }
    return faces.join("\n");
  }

  private needed(text: string): Set<Face> {
    const needed = new Set<Face>(this.facesOf(0x61));
    for (const letter of new Set(text)) {
      for (const face of this.facesOf(letter.codePointAt(0) ?? 0)) needed.add(face);
    }
    return needed;
  }

  /** The files, one of each weight, that the browser would take a letter from; none if no font has it. */
  private facesOf(codePoint: number): Face[] {
    const has = ({ ranges }: Face) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
    const first = this.faces.find(has);
    return first
      ? this.faces.filter((face) => face.family === first.family && face.unicodeRange === first.unicodeRange)
      : [];
  }
}

function fileSubset(family: string, subset: string): string {
  return family === emoji.family ? emoji.subset : subset.replace(/[[\]]/g, "");
}

const read = new Map<string, string>();

function fontFace({ family, weight, path, unicodeRange }: Face): string {
  const data = read.get(path) ?? readFileSync(path).toString("base64");
  read.set(path, data);
  return `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) format("woff2"); unicode-range: ${unicodeRange}; }`;
}

function readRanges(text: string): [number, number][] {
  return text.split(",").map((range) => {
    const [from = "", to = from] = range.trim().replace(/^U\+/i, "").split("-");
    return [Number.parseInt(from.replaceAll("?", "0"), 16), Number.parseInt(to.replaceAll("?", "f"), 16)];
  });
}
