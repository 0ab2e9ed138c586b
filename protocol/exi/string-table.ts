/**
 * The strings of one stream, to which later ones may refer: among all, or among those under the same name. Streams of ISO 15118
 * do not, so the tables are only made up when asked for.
 */
export class StringTable {
  /** Name, text, name, text, … */
  private readonly seen: string[] = [];
  private sorted = 0;
  private readonly global: string[] = [];
  private readonly local = new Map<string, string[]>();

  add(name: string, text: string): void {
    this.seen.push(name, text);
  }

  all(): readonly string[] {
    this.sort();
    return this.global;
  }

  under(name: string): readonly string[] {
    this.sort();
    return this.local.get(name) ?? [];
  }

  private sort(): void {
    for (; this.sorted < this.seen.length; this.sorted += 2) {
      const name = this.seen[this.sorted]!;
      const text = this.seen[this.sorted + 1]!;
      const known = this.local.get(name);
      if (known === undefined) this.local.set(name, [text]);
      else known.push(text);
      this.global.push(text);
    }
  }
}
