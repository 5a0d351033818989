/** What a listing shows of an object. */
export interface ObjectSummary {
  size: number;
  eTag: string;
  /** ISO 8601. */
  lastModified: string;
}

/** A bucket's keys in S3's order: that of their UTF-8 bytes. */
export class KeyIndex {
  #keys: string[];
  readonly #summaries: Map<string, ObjectSummary>;

  constructor(summaries: Map<string, ObjectSummary> = new Map()) {
    this.#summaries = summaries;
    this.#keys = [...summaries.keys()].sort(compareUtf8);
  }

  set(key: string, summary: ObjectSummary): void {
    if (!this.#summaries.has(key)) this.#keys.splice(this.#position(key), 0, key);
    this.#summaries.set(key, summary);
  }

  delete(key: string): void {
    if (this.#summaries.delete(key)) this.#keys.splice(this.#position(key), 1);
  }

  /** Keys not before `from`, with what is known of them. The index must not change during the iteration. */
  *from(from: string): Generator<[key: string, summary: ObjectSummary]> {
    for (let i = this.#position(from); i < this.#keys.length; i += 1) {
      const key = this.#keys[i];
      const summary = key === undefined ? undefined : this.#summaries.get(key);
      if (key !== undefined && summary !== undefined) yield [key, summary];
    }
  }

  #position(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(this.#keys[middle] ?? "", key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Orders as the UTF-8 bytes do. UTF-16, which `<` compares, differs from it for surrogates against U+E000–U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return rank(unitA) - rank(unitB);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
