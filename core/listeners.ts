export type Unsubscribe = () => void;

/** Who wants to hear of something. They are told in the order in which they asked; who is taken off meanwhile is told no more. */
export class Listeners<Told extends readonly unknown[]> {
  private readonly all = new Set<{ readonly hear: (...told: Told) => void }>();

  add(hear: (...told: Told) => void): Unsubscribe {
    // The same function may be added twice: each is taken off for itself.
    const entry = { hear };
    this.all.add(entry);
    return () => void this.all.delete(entry);
  }

  get size(): number {
    return this.all.size;
  }

  clear(): void {
    this.all.clear();
  }

  tell(...told: Told): void {
    for (const { hear } of this.all) hear(...told);
  }
}
