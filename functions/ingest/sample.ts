/**
 * A random sample of all that is added, each as likely as any other (Algorithm R; Vitter, "Random Sampling with a Reservoir",
 * 1985). The same additions give the same sample, so that an ingest that is repeated comes to the same end.
 */
export class Sample<Item> {
  /** In no particular order. */
  readonly items: Item[] = [];
  private readonly size: number;
  private added = 0;
  private state = 1;

  constructor(size: number) {
    this.size = size;
  }

  /** `make` is called only for what is kept, at least for now. */
  add(make: () => Item): void {
    this.added += 1;
    if (this.items.length < this.size) {
      this.items.push(make());
      return;
    }
    const place = Math.floor(this.random() * this.added);
    if (place < this.size) this.items[place] = make();
  }

  /** From 0 to below 1 (xorshift; Marsaglia, "Xorshift RNGs", 2003). */
  private random(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) / 2 ** 32;
  }
}
