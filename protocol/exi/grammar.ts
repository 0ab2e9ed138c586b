import type { ComplexType, Element, Particle, SchemaSet } from "../schema";
import { byQName } from "../schema/namespace";
import { widthOf } from "./simple";

/**
 * The grammar of a complex type: states whose productions are numbered in the order that EXI gives them. A code is as wide as
 * the number of productions and one more demands: the last code escapes to deviations from the schema, which ISO 15118 never uses.
 */
export class State {
  private build: (() => Production[]) | undefined;
  private built: readonly Production[] = [];
  /** Width of an event code, in bits. */
  width = 0;

  constructor(build: () => Production[]) {
    this.build = build;
  }

  /** Worked out when first asked for, because a loop leads back to a state that is still being built. */
  get productions(): readonly Production[] {
    if (this.build !== undefined) {
      const { build } = this;
      this.build = undefined;
      this.built = inOrder(build());
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
      readonly index: number;
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
  | { readonly kind: "text"; readonly mixed: boolean; readonly next: State };

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

export const qualified = ({ name, uri }: { name: string; uri: string }): string => `{${uri}}${name}`;

/** What may come first in a particle, and whether the particle may be empty. */
interface First {
  readonly productions: () => Production[];
  readonly nullable: boolean;
}

/** The first state of a complex type within a set (which decides the members of substitution groups). */
export function grammarOf(type: ComplexType, set: SchemaSet): State {
  const end = new State(() => [{ kind: "end" }]);
  const content = contentOf(type, set, end);
  return attributesOf(type, content);
}

function contentOf(type: ComplexType, set: SchemaSet, end: State): State {
  if (type.text === undefined)
    return follow(
      sequence(type.content, end, set, (state) => state),
      end,
    );
  if (type.text !== "mixed") return new State(() => [{ kind: "text", mixed: false, next: end }]);
  const textual = (state: State): State => {
    const withText: State = new State(() => [...state.productions, { kind: "text", mixed: true, next: withText }]);
    return withText;
  };
  const last = textual(end);
  return textual(follow(sequence(type.content, last, set, textual), last));
}

/** Attributes come in order; those that are optional are passed over by a higher code of the same state. */
function attributesOf(type: ComplexType, content: State): State {
  return type.attributes.reduceRight((next, attribute, index) => {
    const production: Production = { kind: "attribute", key: attribute.key, name: qualified(attribute), index, next };
    return new State(() => (attribute.required ? [production] : [production, ...next.productions]));
  }, content);
}

const follow = (first: First, next: State): State =>
  new State(() => (first.nullable ? [...first.productions(), ...next.productions] : first.productions()));

type Wrap = (state: State) => State;

function firstOf(particle: Particle, next: State, set: SchemaSet, wrap: Wrap): First {
  const once = (to: State): First => {
    switch (particle.kind) {
      case "any":
        return { productions: () => [{ kind: "wildcard" }], nullable: false };
      case "element":
        return { productions: () => [elementProduction(particle.element, to)], nullable: false };
      case "substitution":
        return { productions: () => membersOf(particle, set).map((m) => elementProduction(m, to)), nullable: false };
      case "sequence":
        return sequence(particle.particles, to, set, wrap);
      case "choice": {
        const firsts = particle.particles.map((p) => firstOf(p, to, set, wrap));
        return {
          productions: () => firsts.flatMap((first) => first.productions()),
          nullable: firsts.some((first) => first.nullable),
        };
      }
    }
  };
  if (particle.max === 1) return withMin(once(next), particle.min);
  if (particle.kind === "element") return itemsOf(particle.element, particle, next, wrap);
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
function membersOf({ head, members }: Particle & { kind: "substitution" }, set: SchemaSet): Element[] {
  return [...new Set([head, ...members, ...(set.substitutions.get(head) ?? [])])].sort(byQName);
}

/** An element that repeats: states are counted, not unrolled. */
function itemsOf(element: Element, { min, max }: { min: number; max: number }, next: State, wrap: Wrap): First {
  const list = {
    min,
    max,
    need: wrap(new State(() => [item])),
    may: wrap(new State(() => [item, ...next.productions])),
    full: next,
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

function sequence(particles: readonly Particle[], next: State, set: SchemaSet, wrap: Wrap): First {
  let state = next;
  let first: First = { productions: () => [], nullable: true };
  for (const particle of [...particles].reverse()) {
    const own = firstOf(particle, state, set, wrap);
    const rest = first;
    first = own.nullable
      ? { productions: () => [...own.productions(), ...rest.productions()], nullable: rest.nullable }
      : own;
    state = wrap(follow(first, next));
  }
  return first;
}
