import type { AnyType, Element } from "../schema";
import type { BitReader } from "./bit-reader";
import type { BitWriter } from "./bit-writer";
import { at, Refusal } from "./errors";
import { type Context, grammarOf, type ListStates, type Production, relaxedGrammar, type State } from "./grammar";
import { describe, type ValueCodec, valueCodec } from "./simple";

/** Reads and writes what stands between the start and the end of an element. */
export type Content = ValueCodec;

/** A schema set made ready for use; types are compiled when first met. */
export class Compiled {
  private readonly context: Context;
  private readonly contents = new Map<AnyType, Content>();

  constructor(context: Context) {
    this.context = context;
  }

  content(type: AnyType): Content {
    let content = this.contents.get(type);
    if (content === undefined) {
      content =
        type.kind === "complex"
          ? new ComplexContent(() => grammarOf(type, this.context), this)
          : simpleContent(valueCodec(type));
      this.contents.set(type, content);
    }
    return content;
  }

  /** The content of the root of a fragment: one declared with several types has a grammar of its own. */
  fragmentContent(types: readonly AnyType[]): Content {
    const [type] = this.context.peer === "cbV2G" ? types.filter(({ kind }) => kind === "complex") : types;
    if (type !== undefined && (types.length === 1 || this.context.peer === "cbV2G")) return this.content(type);
    return new ComplexContent(() => relaxedGrammar(types, this.context), this);
  }

  contentOf(element: Element): Content {
    return element.abstract ? abstractContent : this.content(element.type);
  }
}

/** An element of simple type: one code for its characters, the value, one code for its end. */
const simpleContent = (codec: ValueCodec): Content => ({
  read(reader, name) {
    if (reader.bits(1) !== 0) reader.refuse(deviation);
    const value = codec.read(reader, name);
    if (reader.bits(1) !== 0) reader.refuse(deviation);
    return value;
  },
  write(writer, value) {
    writer.bits(0, 1);
    codec.write(writer, value);
    writer.bits(0, 1);
  },
});

const abstractContent: Content = {
  read: (reader) => reader.refuse("an abstract element"),
  write: () => {
    throw new Refusal("the element is abstract");
  },
};

const deviation = "an EXI event for a deviation from the schema";

/** A state made ready: its productions with what reads them. */
interface Step {
  readonly width: number;
  readonly arcs: readonly Arc[];
}

interface Arc {
  readonly kind: Production["kind"];
  readonly key: string;
  readonly name: string;
  readonly content: Content;
  /** Undefined for lists, whose next state depends on the count. */
  readonly next: Step;
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

class ComplexContent implements Content {
  private readonly grammar: () => State;
  private readonly compiled: Compiled;
  private first: Step | undefined;

  constructor(grammar: () => State, compiled: Compiled) {
    this.grammar = grammar;
    this.compiled = compiled;
  }

  private start(): Step {
    this.first ??= this.prepare();
    return this.first;
  }

  private prepare(): Step {
    const steps = new Map<State, { width: number; arcs: Arc[] }>();
    const step = (state: State): Step => {
      const known = steps.get(state);
      if (known !== undefined) return known;
      const made = { width: 0, arcs: [] as Arc[] };
      steps.set(state, made);
      for (const production of state.productions) made.arcs.push(this.arc(production, step));
      made.width = state.width;
      return made;
    };
    return step(this.grammar());
  }

  private arc(production: Production, step: (state: State) => Step): Arc {
    const none = { key: "", name: "", content: abstractContent, next: nowhere, list: undefined };
    const { kind } = production;
    switch (kind) {
      case "attribute": {
        const { key, name } = production;
        const content = valueCodec(production.type);
        return { kind, key, name, content, next: step(production.next), list: undefined };
      }
      case "element": {
        const { key, name, element } = production;
        return {
          kind,
          key,
          name,
          content: this.compiled.contentOf(element),
          next: step(production.next),
          list: undefined,
        };
      }
      case "item": {
        const { key, name, element } = production;
        return {
          kind,
          key,
          name,
          content: this.compiled.contentOf(element),
          next: nowhere,
          list: listSteps(production.list, step),
        };
      }
      case "text": {
        const content = valueCodec(production.type);
        return { ...none, kind, key: "#text", content, next: step(production.next) };
      }
      default:
        return { ...none, kind };
    }
  }

  read(reader: BitReader, name: string): Fields {
    const fields: Fields = {};
    let step = this.start();
    for (;;) {
      const arc = step.arcs[reader.bits(step.width)];
      if (arc === undefined) return reader.refuse(deviation);
      if (arc.kind === "end") return fields;
      step = readArc(reader, name, fields, arc);
    }
  }

  write(writer: BitWriter, value: unknown): void {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new Refusal(`an object expected, not ${describe(value)}`);
    new Writing(writer, value as Fields).run(this.start());
  }
}

const nowhere: Step = { width: 0, arcs: [] };

const listSteps = ({ min, max, need, may, full }: ListStates, step: (state: State) => Step): ListSteps => ({
  min,
  max,
  need: step(need),
  may: step(may),
  full: step(full),
});

/** The state after the `count`th item. */
const afterItem = (list: ListSteps, count: number): Step =>
  count < list.min ? list.need : count < list.max ? list.may : list.full;

function readArc(reader: BitReader, name: string, fields: Fields, arc: Arc): Step {
  const { key } = arc;
  try {
    switch (arc.kind) {
      case "item": {
        fields[key] ??= [];
        const items = fields[key] as unknown[];
        items.push(arc.content.read(reader, arc.name));
        return afterItem(arc.list!, items.length);
      }
      case "text": {
        const text = arc.content.read(reader, name);
        fields[key] = fields[key] === undefined ? text : `${fields[key]}${text}`;
        return arc.next;
      }
      case "wildcard":
        return reader.refuse("an element of a foreign schema");
      default:
        fields[key] = arc.content.read(reader, arc.name);
        return arc.next;
    }
  } catch (error) {
    const items = fields[key];
    throw at(arc.kind === "item" && Array.isArray(items) ? `${key}[${items.length}]` : key, error);
  }
}

/** One pass over the fields of a value, along the states of its type. */
class Writing {
  private readonly writer: BitWriter;
  private readonly fields: Fields;
  /** How many items of each list, or of the text, are written. */
  private readonly written = new Map<string, number>();

  constructor(writer: BitWriter, fields: Fields) {
    this.writer = writer;
    this.fields = fields;
  }

  run(first: Step): void {
    let step: Step | undefined = first;
    while (step !== undefined) step = this.advance(step);
    this.nothingLeft();
  }

  private advance(step: Step): Step | undefined {
    const { arcs } = step;
    for (let code = 0; code < arcs.length; code++) {
      const arc = arcs[code]!;
      if (arc.kind === "end" && !this.textFollows(arcs[code + 1])) {
        this.writer.bits(code, step.width);
        return undefined;
      }
      if (!this.applies(arc)) continue;
      this.writer.bits(code, step.width);
      return this.writeArc(arc);
    }
    throw new Refusal(`${arcs.map((arc) => arc.key).join(" or ")} is missing`);
  }

  private textFollows(arc: Arc | undefined): boolean {
    return arc !== undefined && this.applies(arc);
  }

  private applies({ kind, key }: Arc): boolean {
    const value = this.fields[key];
    if (value === undefined || kind === "end" || kind === "wildcard") return false;
    if (kind !== "item") return !this.written.has(key);
    if (!Array.isArray(value)) throw at(key, new Refusal(`an array expected, not ${describe(value)}`));
    return (this.written.get(key) ?? 0) < value.length;
  }

  private writeArc(arc: Arc): Step {
    const { key, content } = arc;
    const value = this.fields[key];
    const count = (this.written.get(key) ?? 0) + 1;
    this.written.set(key, count);
    try {
      content.write(this.writer, arc.kind === "item" ? (value as unknown[])[count - 1] : value);
    } catch (error) {
      throw at(arc.kind === "item" ? `${key}[${count - 1}]` : key, error);
    }
    return arc.list === undefined ? arc.next : afterItem(arc.list, count);
  }

  /** Nothing of a value is dropped in silence. */
  private nothingLeft(): void {
    for (const [key, value] of Object.entries(this.fields)) {
      if (value === undefined || (Array.isArray(value) && value.length === (this.written.get(key) ?? 0))) continue;
      if (Array.isArray(value) && this.written.has(key))
        throw new Refusal(`${key} has more than ${this.written.get(key)} items`);
      if (!this.written.has(key)) throw new Refusal(`${key} has no place here`);
    }
  }
}
