import type { AnyType, Element } from "../schema";
import { widthOf } from "./bits";
import { describe, Refusal } from "./errors";
import { type Arc, type Fields, type ListSteps, ordered, readFields, type Step, writeFields } from "./fields";
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

/** Content that neither stream nor value may have. */
const refused = (reason: string): Codec => ({
  read: (reader) => reader.refuse(reason),
  write: () => {
    throw new Refusal(reason);
  },
});
const abstractContent = refused("the element is abstract: only those of its substitution group may stand here");
const foreignContent = refused("elements of other schemas are not supported");

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

/** What stands for a name where a production has none. */
const unnamed: Partial<Record<Production["kind"], string>> = { text: "#text", wildcard: "*" };

const nowhere: Step = { width: 0, arcs: [], end: -1 };

/** All arcs are made in one place, so that the engine sees one kind of object in the loops below. */
function arcOf(production: Production, step: (state: State) => Step, shape: Shape, compiled: Compiled): Arc {
  const key = "key" in production ? production.key : (unnamed[production.kind] ?? "");
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
      return foreignContent;
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
