/** Text as HTML: nothing in it can be markup, nor end an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Markup that needs no escaping any more. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | undefined | readonly Part[];

/** A template whose values are text, and escaped, unless they are markup already. */
export function markup(strings: TemplateStringsArray, ...values: Part[]): Markup {
  return new Markup(strings.reduce((html, string, index) => html + string + render(values[index]), ""));
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.html;
  if (typeof part === "object") return part.map(render).join("");
  return escapeHtml(visible(String(part)));
}

/** Control characters, which HTML does not allow, as the sign that stands for what cannot be shown. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this replaces
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "\ufffd").toWellFormed();
}

/** JSON that can stand in a script element: without the sign that could end it. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** Text as a CSS string: everything but letters, digits and spaces as an escape. */
export function cssString(text: string): string {
  const escaped = visible(text).replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `);
  return `"${escaped}"`;
}
