import type { AnyType, Element } from "../schema";
import type { BitReader } from "./bit-reader";
import type { BitWriter } from "./bit-writer";
import { widthOf } from "./bits";
import { at, describe, deviation, Refusal } from "./errors";
import {
  type Context,
  grammarOf,
  keysOf,
  type ListStates,
  type Production,
  qualified,
  relaxedGrammar,
  relaxedKeys,
  type State,
} from "./grammar";
import { Shape } from "./shape";
import { type Codec, simpleCodec } from "./simple";

/** An element that may be the root of a stream, made ready. */
export interface Root extends Codec {
  readonly root: string;
  readonly uri: string;
  readonly name: string;
  /** Whether a document may have it as root. */
  readonly message: boolean;
}

/** A schema set made ready for use; types are compiled when first met. */
export class Compiled {
  /** Roots of documents by event code. */
  readonly roots: readonly Root[];
  readonly rootWidth: number;
  private readonly context: Context;
  private readonly contents = new Map<AnyType, Codec>();
  private readonly relaxed = new Map<readonly AnyType[], Codec>();
  /** Event codes of the messages, by name. */
  readonly messages: ReadonlyMap<string, number>;

  constructor(context: Context) {
    const { set } = context;
    const { globals } = set.tables();
    this.context = context;
    this.rootWidth = widthOf(globals.length + 1);
    this.roots = globals.map((element) => ({
      root: element.name,
      uri: element.uri,
      name: qualified(element),
      message: set.roots[element.name] === element,
      ...this.contentOf(element),
    }));
    this.messages = new Map(this.roots.flatMap(({ message, root }, code) => (message ? [[root, code] as const] : [])));
  }

  content(type: AnyType): Codec {
    let content = this.contents.get(type);
    if (content === undefined) {
      content =
        type.kind === "complex"
          ? complexContent(
              () => grammarOf(type, this.context),
              () => keysOf(type, this.context),
              this,
            )
          : simpleCodec(type, 1);
      this.contents.set(type, content);
    }
    return content;
  }

  /** The content of the root of a fragment: one declared with several types has a grammar of its own. */
  fragmentContent(types: readonly AnyType[]): Codec {
    const [type] = this.context.peer === "cbV2G" ? types.filter(({ kind }) => kind === "complex") : types;
    if (type !== undefined && (types.length === 1 || this.context.peer === "cbV2G")) return this.content(type);
    const known = this.relaxed.get(types);
    if (known !== undefined) return known;
    const made = complexContent(
      () => relaxedGrammar(types, this.context),
      () => relaxedKeys(types, this.context),
      this,
    );
    this.relaxed.set(types, made);
    return made;
  }

  contentOf(element: Element): Codec {
    return element.abstract ? abstractContent : this.content(element.type);
  }
}

const abstractContent: Codec = {
  read: (reader) => reader.refuse("an abstract element"),
  write: () => {
    throw new Refusal("the element is abstract");
  },
};

/** A state of a grammar, made ready. */
interface Step {
  width: number;
  readonly arcs: Arc[];
  /** The code of the end of the element, or -1. */
  end: number;
}

interface Arc extends Codec {
  readonly kind: Production["kind"];
  readonly key: string;
  /** The place of the key among those of its type, and 2 to that power. */
  readonly place: number;
  readonly weight: number;
  readonly name: string;
  readonly next: Step;
  /** For an item of a list, where the next step depends on the count. */
  readonly list: ListSteps | undefined;
}

interface ListSteps {
  readonly min: number;
  readonly max: number;
  readonly need: Step;
  readonly may: Step;
  readonly full: Step;
}

type Fields = Record<string, unknown>;

function complexContent(grammar: () => State, keys: () => string[], compiled: Compiled): Codec {
  let made: { step: Step; shape: Shape } | undefined;
  const prepared = () => {
    if (made === undefined) {
      const shape = new Shape([...new Set(keys())]);
      made = { step: prepare(grammar(), shape, compiled), shape };
    }
    return made;
  };
  return {
    read(reader, name) {
      const { step, shape } = prepared();
      return readFields(reader, name, step, shape);
    },
    write(writer, value, code, width) {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        throw new Refusal(`an object expected, not ${describe(value)}`);
      const { step, shape } = prepared();
      writer.bits(code, width);
      const { mark } = writer;
      if (writeFields(writer, value as Fields, step, true)) return;
      writer.rewind(mark);
      writeFields(writer, ordered(value as Fields, shape.keys), step, false);
    },
  };
}

function prepare(grammar: State, shape: Shape, compiled: Compiled): Step {
  const steps = new Map<State, Step>();
  const step = (state: State): Step => {
    const known = steps.get(state);
    if (known !== undefined) return known;
    const made: Step = { width: 0, arcs: [], end: state.productions.findIndex(({ kind }) => kind === "end") };
    steps.set(state, made);
    for (const production of state.productions) made.arcs.push(arcOf(production, step, shape, compiled));
    made.width = state.width;
    return made;
  };
  return step(grammar);
}

const nowhere: Step = { width: 0, arcs: [], end: -1 };

/** All arcs are made in one place, so that the engine sees one kind of object in the loops below. */
function arcOf(production: Production, step: (state: State) => Step, shape: Shape, compiled: Compiled): Arc {
  const key = "key" in production ? production.key : production.kind === "text" ? "#text" : "";
  const place = Math.max(0, shape.keys.indexOf(key));
  const { read, write } = codecOf(production, compiled);
  return {
    kind: production.kind,
    key,
    name: "name" in production ? production.name : "",
    place,
    weight: 2 ** place,
    read,
    write,
    next: "next" in production ? step(production.next) : nowhere,
    list: production.kind === "item" ? listSteps(production.list, step) : undefined,
  };
}

function codecOf(production: Production, compiled: Compiled): Codec {
  switch (production.kind) {
    case "attribute":
    case "text":
      return simpleCodec(production.type, 0);
    case "element":
    case "item":
      return compiled.contentOf(production.element);
    case "wildcard":
      return { ...abstractContent, read: (reader) => reader.refuse("an element of a foreign schema") };
    case "end":
      return abstractContent;
  }
}

const listSteps = ({ min, max, need, may, full }: ListStates, step: (state: State) => Step): ListSteps => ({
  min,
  max,
  need: step(need),
  may: step(may),
  full: step(full),
});

/** The step after the `count`th item. */
const afterItem = (list: ListSteps, count: number): Step =>
  count < list.min ? list.need : count < list.max ? list.may : list.full;

function readFields(reader: BitReader, name: string, first: Step, shape: Shape): Fields {
  const from = reader.claim(shape.keys.length);
  const { slots } = reader;
  let step = first;
  let present = 0;
  let arc: Arc | undefined;
  let list: ListSteps | undefined;
  let items: unknown[] = [];
  try {
    for (;;) {
      arc = undefined;
      arc = step.arcs[reader.bits(step.width)];
      if (arc === undefined) return reader.refuse(deviation);
      const slot = from + arc.place;
      if (arc.list !== undefined) {
        if (arc.list !== list) {
          list = arc.list;
          if (slots[slot] === undefined) {
            slots[slot] = [];
            present += arc.weight;
          }
          items = slots[slot] as unknown[];
        }
        items.push(arc.read(reader, arc.name));
        if (items.length > list.max) reader.refuse(`more than ${list.max} items`);
        step = afterItem(list, items.length);
      } else if (arc.kind === "end") break;
      else {
        const before = arc.kind === "text" ? slots[slot] : undefined;
        const value = arc.read(reader, arc.kind === "text" ? name : arc.name);
        if (before === undefined) present += arc.weight;
        slots[slot] = before === undefined ? value : `${before}${value}`;
        step = arc.next;
      }
    }
  } catch (error) {
    throw arc === undefined ? error : at(arc.list === undefined ? arc.key : `${arc.key}[${items.length}]`, error);
  }
  reader.release(from);
  return shape.make(present, slots, from);
}

/**
 * Writes fields in their own order along the steps of their type.
 * @returns false if `mayFail` and the order is not that of the schema, or something is missing or too much
 */
function writeFields(writer: BitWriter, fields: Fields, first: Step, mayFail: boolean): boolean {
  let step = first;
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined) continue;
    const { arcs } = step;
    let code = 0;
    while (code < arcs.length && arcs[code]!.key !== key) code++;
    const arc = arcs[code];
    if (arc === undefined) {
      if (Array.isArray(value) && value.length === 0) continue;
      return mayFail ? false : misplaced(step, key);
    }
    if (arc.list !== undefined) step = writeItems(writer, value, arc, step);
    else {
      try {
        arc.write(writer, value, code, step.width);
      } catch (error) {
        throw at(key, error);
      }
      step = arc.next;
    }
  }
  if (step.end < 0) return mayFail ? false : misplaced(step, undefined);
  writer.bits(step.end, step.width);
  return true;
}

function writeItems(writer: BitWriter, items: unknown, first: Arc, from: Step): Step {
  const { key } = first;
  if (!Array.isArray(items)) throw at(key, new Refusal(`an array expected, not ${describe(items)}`));
  let step = from;
  for (let i = 0; i < items.length; i++) {
    const { arcs } = step;
    let code = 0;
    while (code < arcs.length && arcs[code]!.key !== key) code++;
    const arc = arcs[code];
    if (arc?.list === undefined || i >= arc.list.max) throw at(key, new Refusal(`more than ${i} items`));
    try {
      arc.write(writer, items[i], code, step.width);
    } catch (error) {
      throw at(`${key}[${i}]`, error);
    }
    step = afterItem(arc.list, i + 1);
  }
  return step;
}

/** The same fields in schema order, with those that the type does not have behind them. */
function ordered(fields: Fields, keys: readonly string[]): Fields {
  const known = keys.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]]);
  return { ...Object.fromEntries(known), ...fields };
}

/** Says what the fields lack, or have too much, at a step that has no place for `key` or for the end. */
function misplaced({ arcs, end }: Step, key: string | undefined): never {
  if (end >= 0 && key !== undefined) throw new Refusal(`${key} has no place here`);
  const expected = arcs.map((arc) => arc.key).filter((name) => name !== "");
  throw new Refusal(`${expected.join(" or ")} is missing`);
}
