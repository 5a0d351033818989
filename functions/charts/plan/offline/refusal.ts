import type { Reading } from "./read/reading.ts";

/**
 * Why a question is not answered, with how far it was read: from this, questions are made that do work. `words` are those
 * of the question that nothing in the table explains.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reading: Reading | null;
  readonly words: string[];
  constructor(message: string, reading: Reading | null, words: string[] = []) {
    super(message);
    this.reading = reading;
    this.words = words;
  }
}

/** A sentence that says which words of a question nothing in the data is called by. */
export function missingText(words: string[]): string {
  return `The data has nothing called ${words.map((word) => `“${word}”`).join(" or ")}.`;
}
