/** The strings of one stream in the order of its tables: all of them, and those under each name. */
interface Tables {
  readonly all: string[];
  readonly under: Map<string, string[]>;
  /** Up to where `seen` is sorted in. */
  sorted: number;
}

/**
 * The strings of one stream, to which later ones may refer by their place. Streams of ISO 15118 do not, so the tables are made
 * only when asked for.
 */
export class StringTable {
  /** Name, text, name, text, … */
  private readonly seen: string[] = [];
  private tables: Tables | undefined = undefined;

  add(name: string, text: string): void {
    this.seen.push(name, text);
  }

  all(): readonly string[] {
    return this.sort().all;
  }

  under(name: string): readonly string[] {
    return this.sort().under.get(name) ?? [];
  }

  private sort(): Tables {
    this.tables ??= { all: [], under: new Map(), sorted: 0 };
    const { tables, seen } = this;
    for (; tables.sorted < seen.length; tables.sorted += 2) {
      const name = seen[tables.sorted]!;
      const text = seen[tables.sorted + 1]!;
      const known = tables.under.get(name);
      if (known === undefined) tables.under.set(name, [text]);
      else known.push(text);
      tables.all.push(text);
    }
    return tables;
  }
}
