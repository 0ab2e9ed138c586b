type Fields = Record<string, unknown>;
type Maker = (slots: readonly unknown[], from: number) => Fields;

/** Patterns of present fields that are kept for one type; a sender who varies them for ever gains nothing. */
const MOST_MAKERS = 64;

/**
 * Makes the objects of one complex type out of slots, one for each key. Putting fields one by one into an object takes the
 * engine longer than all the rest of decoding; an object literal does not. So each pattern of present fields gets a literal of
 * its own, made from nothing but the names in the schema.
 */
export class Shape {
  readonly keys: readonly string[];
  private readonly makers = new Map<number, Maker>();

  constructor(keys: readonly string[]) {
    this.keys = keys;
  }

  /** @param present sum of 2^place over the places that are filled */
  make(present: number, slots: readonly unknown[], from: number): Fields {
    const maker = this.makers.get(present) ?? this.maker(present);
    return maker(slots, from);
  }

  private maker(present: number): Maker {
    const filled = [...this.keys.entries()].filter(([place]) => Math.floor(present / 2 ** place) % 2 === 1);
    if (this.makers.size >= MOST_MAKERS) return fieldByField(filled);
    const maker = literal(filled);
    this.makers.set(present, maker);
    return maker;
  }
}

function literal(filled: readonly [number, string][]): Maker {
  if (!filled.every(([, key]) => /^[@#]?[A-Za-z]\w*$/.test(key))) return fieldByField(filled);
  const fields = filled.map(([place, key]) => `"${key}": slots[from + ${place}]`);
  try {
    return new Function("slots", "from", `return { ${fields.join(", ")} };`) as Maker;
  } catch {
    return fieldByField(filled); // the process forbids code from strings
  }
}

const fieldByField =
  (filled: readonly [number, string][]): Maker =>
  (slots, from) => {
    const fields: Fields = {};
    for (const [place, key] of filled) fields[key] = slots[from + place];
    return fields;
  };
