import assert from "node:assert/strict";
import { test } from "node:test";
import { restColors, seriesColors } from "../../web/src/theme/palette.ts";

type Triple = [number, number, number];

/** Full protanopia, deuteranopia and tritanopia in linear RGB: Machado, Oliveira and Fernandes (2009), table 1. */
const visions: Record<string, Triple[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "without red": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "without green": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "without blue": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(color: string): Triple {
  const part = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** CIE L*a*b* of linear sRGB, for the white D65. */
function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(color: string, vision: Triple[]): Triple {
  const [r, g, b] = linear(color);
  const [red = 0, green = 0, blue = 0] = vision.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b)));
  return lab([red, green, blue]);
}

// A difference of 2.3 is just seen side by side; that of neighbouring series must be seen at a glance.
for (const [scheme, least] of [
  ["light", 15],
  ["dark", 9.5],
] as const) {
  for (const [name, vision] of Object.entries(visions)) {
    test(`the twelve colours on ${scheme} ground, and that of the rest, differ to eyes with ${name} vision`, () => {
      assert.equal(seriesColors[scheme].length, 12);
      const colors = [...seriesColors[scheme], restColors[scheme]].map((color) => seen(color, vision));
      for (const [index, [l, a, b]] of colors.entries()) {
        for (const [other, [l2, a2, b2]] of colors.entries()) {
          if (other <= index) continue;
          const difference = Math.hypot(l - l2, a - a2, b - b2);
          assert.ok(difference >= least, `${index} and ${other}: ${difference.toFixed(1)}`);
        }
      }
    });
  }
}
