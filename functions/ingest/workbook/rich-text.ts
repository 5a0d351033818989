import { DataError } from "../data-error.ts";
import type { XmlScanner } from "./xml-scanner.ts";

/** Far over the 32,767 characters that a cell may hold. */
const maxCharacters = 1_000_000;

/** Puts a text together from its runs (`<t>`, also inside of `<r>`), leaving out the reading aids of East Asian text (`<rPh>`). */
export class RichText {
  private text = "";
  private inText = false;
  private inPhonetic = false;

  begin(): void {
    this.text = "";
    this.inText = false;
    this.inPhonetic = false;
  }

  open(name: string): void {
    if (name === "t") this.inText = !this.inPhonetic;
    else if (name === "rPh") this.inPhonetic = true;
  }

  close(name: string): void {
    if (name === "t") this.inText = false;
    else if (name === "rPh") this.inPhonetic = false;
  }

  add(scanner: XmlScanner, start: number, end: number, raw: boolean): void {
    if (!this.inText) return;
    const piece = scanner.text(start, end, raw);
    this.text = this.text === "" ? piece : this.text + piece;
    if (this.text.length > maxCharacters) {
      throw new DataError("text-too-long", `A cell of the workbook holds more than ${maxCharacters} characters.`);
    }
  }

  end(): string {
    return unescapeCharacters(this.text);
  }
}

/** `_x000D_` stands for a character that XML can't hold, and `_x005F_` for the underscore of a text that looks so. */
export function unescapeCharacters(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
