import type { Json } from "./options-tree.ts";
import { formatValue, formatX } from "./value-format.ts";

interface Hovered {
  dataset: { label?: string };
  datasetIndex: number;
  label: string;
}

/** What the tooltip says of a slice, of a bar or a point on a line, and of a point among points: values in full. */
export function sliceLabel(options: Json) {
  return ({ parsed }: { parsed: number }) => formatValue(parsed, options);
}

export function valueLabel(options: Json, horizontal: boolean) {
  return ({ parsed, dataset, datasetIndex }: Hovered & { parsed: { x: number | null; y: number | null } }) => {
    const value = horizontal ? parsed.x : parsed.y;
    const text = value === null ? "–" : formatValue(value, options, datasetIndex);
    return dataset.label ? `${dataset.label}: ${text}` : text;
  };
}

export function pointLabel(options: Json) {
  return ({ parsed, dataset, label }: Hovered & { parsed: { x: number; y: number } }) => {
    // On an axis of time Chart.js has the time as people write it.
    const x = label === "" || /^[\d.,\s-]+$/.test(label) ? formatX(parsed.x, options) : label;
    return `${dataset.label ? `${dataset.label}: ` : ""}${x} / ${formatValue(parsed.y, options)}`;
  };
}
