import type { AnyType, Attribute, ComplexType, Element, Particle, SchemaSet, SimpleType } from "../schema";
import { byQName } from "../schema/namespace";
import { widthOf } from "./bits";

/**
 * The grammar of a complex type: states whose productions are numbered in the order that EXI gives them. A code is as wide as
 * the number of productions and one more demands: the last code escapes to deviations from the schema, which ISO 15118 never uses.
 */
export class State {
  private build: (() => Production[]) | undefined;
  private built: readonly Production[] = [];
  private readonly sort: (productions: Production[]) => Production[];
  /** Width of an event code, in bits. */
  width = 0;

  /** @param build gives the productions in any order; `inOrder` sorts them, unless told that they are sorted */
  constructor(build: () => Production[], sort = inOrder) {
    this.build = build;
    this.sort = sort;
  }

  /** Worked out when first asked for, because a loop leads back to a state that is still being built. */
  get productions(): readonly Production[] {
    if (this.build !== undefined) {
      const { build } = this;
      this.build = undefined;
      this.built = this.sort(build());
      this.width = widthOf(this.built.length + 1);
    }
    return this.built;
  }
}

export type Production =
  | {
      readonly kind: "attribute";
      readonly key: string;
      readonly name: string;
      readonly type: SimpleType;
      readonly next: State;
    }
  | {
      readonly kind: "element";
      readonly key: string;
      readonly name: string;
      readonly element: Element;
      readonly next: State;
    }
  | {
      readonly kind: "item";
      readonly key: string;
      readonly name: string;
      readonly element: Element;
      readonly list: ListStates;
    }
  | { readonly kind: "wildcard" }
  | { readonly kind: "end" }
  | { readonly kind: "text"; readonly type: SimpleType; readonly next: State };

/** Where an item of a list leads: `need` below min items, `may` below max, `full` at max. */
export interface ListStates {
  readonly min: number;
  readonly max: number;
  readonly need: State;
  readonly may: State;
  readonly full: State;
}

const rank: Record<Production["kind"], number> = { attribute: 0, element: 1, item: 1, wildcard: 2, end: 3, text: 4 };

/** Attributes, elements in schema order, wildcards, end, text; of two that read the same, the first. */
function inOrder(productions: Production[]): Production[] {
  const names = new Set<string>();
  return productions
    .filter((p) => {
      const name = "name" in p ? `${p.kind === "attribute" ? "@" : ""}${p.name}` : p.kind;
      return !names.has(name) && names.add(name);
    })
    .sort((a, b) => rank[a.kind] - rank[b.kind]);
}

const characters: SimpleType = { kind: "string" };

export const qualified = ({ name, uri }: { name: string; uri: string }): string => `{${uri}}${name}`;

/** What may come first in a particle, and whether the particle may be empty. */
interface First {
  readonly productions: () => Production[];
  readonly nullable: boolean;
}

/** What decides a grammar besides the type: the set, for the members of substitution groups, and whose quirks are followed. */
export interface Context {
  readonly set: SchemaSet;
  readonly peer?: Peer | undefined;
}

/**
 * A fielded codec that departs from the grammar, for reading and writing as it does. cbV2G keeps the wide end code of a list
 * that is filled to its last place, and writes an element that is declared with two types in the grammar of one of them.
 */
export type Peer = "cbV2G";

/** The first state of a complex type. */
export function grammarOf(type: ComplexType, context: Context): State {
  const end = new State(() => [{ kind: "end" }]);
  const content = contentOf(type, context, end);
  return attributesOf(type, content);
}

function contentOf(type: ComplexType, context: Context, end: State): State {
  const { text } = type;
  if (text === undefined)
    return follow(
      sequence(type.content, end, context, (state) => state),
      end,
    );
  if (text !== "mixed") return new State(() => [{ kind: "text", type: text, next: end }]);
  const textual = (state: State): State => {
    const withText: State = new State(() => [
      ...state.productions.filter(({ kind }) => kind !== "text"),
      { kind: "text", type: characters, next: withText },
    ]);
    return withText;
  };
  const last = textual(end);
  return textual(follow(sequence(type.content, last, context, textual), last));
}

/** Attributes come in order; those that are optional are passed over by a higher code of the same state. */
function attributesOf(type: ComplexType, content: State): State {
  return type.attributes.reduceRight((next, attribute) => {
    const production: Production = { kind: "attribute", ...named(attribute), type: attribute.type, next };
    return new State(() => (attribute.required ? [production] : [production, ...next.productions]));
  }, content);
}

const named = (attribute: Attribute) => ({ key: attribute.key, name: qualified(attribute) });

const follow = (first: First, next: State): State =>
  new State(() => (first.nullable ? [...first.productions(), ...next.productions] : first.productions()));

type Wrap = (state: State) => State;

function firstOf(particle: Particle, next: State, context: Context, wrap: Wrap): First {
  const once = (to: State): First => {
    switch (particle.kind) {
      case "any":
        return { productions: () => [{ kind: "wildcard" }], nullable: false };
      case "element":
        return { productions: () => [elementProduction(particle.element, to)], nullable: false };
      case "substitution":
        return {
          productions: () => membersOf(particle, context).map((m) => elementProduction(m, to)),
          nullable: false,
        };
      case "sequence":
        return sequence(particle.particles, to, context, wrap);
      case "choice": {
        const firsts = particle.particles.map((p) => firstOf(p, to, context, wrap));
        return {
          productions: () => firsts.flatMap((first) => first.productions()),
          nullable: firsts.some((first) => first.nullable),
        };
      }
    }
  };
  if (particle.max === 1) return withMin(once(next), particle.min);
  if (particle.kind === "element") return itemsOf(particle.element, particle, next, context, wrap);
  return loop(particle, once, next, wrap);
}

const withMin = (first: First, min: number): First => (min === 0 ? { ...first, nullable: true } : first);

const elementProduction = (element: Element, next: State): Production => ({
  kind: "element",
  key: element.name,
  name: qualified(element),
  element,
  next,
});

/** The head, abstract or not, and every member, by name. */
function membersOf({ head, members }: Particle & { kind: "substitution" }, { set }: Context): Element[] {
  return [...new Set([head, ...members, ...(set.substitutions.get(head) ?? [])])].sort(byQName);
}

/** An element that repeats: states are counted, not unrolled. */
function itemsOf(
  element: Element,
  { min, max }: { min: number; max: number },
  next: State,
  { peer }: Context,
  wrap: Wrap,
): First {
  const may = wrap(new State(() => [item, ...next.productions]));
  const keepsWidth = () => peer === "cbV2G" && max > 2 && next.productions.length === 1;
  const list: ListStates = {
    min,
    max,
    need: wrap(new State(() => [item])),
    may,
    get full() {
      return keepsWidth() ? may : next;
    },
  };
  const item: Production = { kind: "item", key: element.name, name: qualified(element), element, list };
  return { productions: () => [item], nullable: min === 0 };
}

/** A group, or a wildcard, that repeats for ever. Its elements may come again, so each of them is a list. */
function loop(particle: Particle, once: (to: State) => First, next: State, wrap: Wrap): First {
  if (particle.max !== Number.POSITIVE_INFINITY || particle.min > 1)
    throw new Error("a repeated group has no upper bound and at most one mandatory pass");
  const again: State = wrap(new State(() => [...first.productions(), ...next.productions]));
  const inner = once(again);
  const first = {
    productions: () => inner.productions().map(repeated),
    nullable: particle.min === 0 || inner.nullable,
  };
  return first;
}

function repeated(production: Production): Production {
  if (production.kind !== "element") return production;
  const { key, name, element, next } = production;
  const list = { min: 0, max: Number.POSITIVE_INFINITY, need: next, may: next, full: next };
  return { kind: "item", key, name, element, list };
}

function sequence(particles: readonly Particle[], next: State, context: Context, wrap: Wrap): First {
  let state = next;
  let first: First = { productions: () => [], nullable: true };
  for (const particle of [...particles].reverse()) {
    const own = firstOf(particle, state, context, wrap);
    const rest = first;
    first = own.nullable
      ? { productions: () => [...own.productions(), ...rest.productions()], nullable: rest.nullable }
      : own;
    state = wrap(follow(first, next));
  }
  return first;
}

/**
 * The grammar of an element that a set declares with several types (EXI 8.5.3): any declared attributes, then any declared
 * elements and text.
 */
export function relaxedGrammar(types: readonly AnyType[], context: Context): State {
  const { attributes, elements } = context.set.tables();
  const keys = relaxedKeys(types, context);
  const children: Production[] = [...elements, "any"].map(() => ({ kind: "wildcard" }));
  const asGiven = (productions: Production[]): Production[] => productions;
  const content: State = new State(
    () => [...children, { kind: "end" }, { kind: "text", type: characters, next: content }],
    asGiven,
  );
  const first: State = new State(
    () => [
      ...attributes.map((attribute, index): Production => {
        return { kind: "attribute", ...named(attribute), key: keys[index]!, type: attribute.type, next: first };
      }),
      { kind: "wildcard" },
      ...content.productions,
    ],
    asGiven,
  );
  return first;
}

/** Attributes of the element's own types have their usual keys, others their qualified names, text comes last. */
export function relaxedKeys(types: readonly AnyType[], { set }: Context): string[] {
  const own = new Set(types.flatMap((type) => (type.kind === "complex" ? type.attributes.map(qualified) : [])));
  const { attributes } = set.tables();
  return [...attributes.map((a) => (own.has(qualified(a)) ? a.key : `@${qualified(a)}`)), "#text"];
}

/** The keys of a type's values in the order in which a stream has them. */
export function keysOf(type: ComplexType, { set }: Context): string[] {
  const keys = type.attributes.map(({ key }) => key);
  const visit = (particle: Particle): void => {
    if (particle.kind === "element") keys.push(particle.element.name);
    else if (particle.kind === "substitution") keys.push(...membersOf(particle, { set }).map(({ name }) => name));
    else if (particle.kind !== "any") particle.particles.forEach(visit);
  };
  type.content.forEach(visit);
  return [...keys, "#text"];
}
