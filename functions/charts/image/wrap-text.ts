import type { SKRSContext2D } from "@napi-rs/canvas";

/** A text in lines that fit into `width` by the context's font, at most so many; the last ends in "…" if there were more. */
export function wrapText(context: SKRSContext2D, text: string, width: number, mostLines: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || context.measureText(longer).width <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const kept = lines.slice(0, mostLines);
  if (lines.length > mostLines) kept.push(`${kept.pop() ?? ""} …`);
  return kept.map((one) => ellipsis(context, one, width));
}

/** A text cut to `width`, with "…" where something is missing. */
export function ellipsis(context: SKRSContext2D, text: string, width: number): string {
  // No line of a picture holds more; measuring letter by letter would take long for a long text.
  const letters = [...text].slice(0, 300);
  const whole = letters.length < [...text].length ? `${letters.join("")}…` : text;
  if (context.measureText(whole).width <= width) return whole;
  while (letters.length > 1 && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}
