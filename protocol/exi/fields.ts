import type { BitReader } from "./bit-reader";
import type { BitWriter } from "./bit-writer";
import { at, describe, deviation, Refusal } from "./errors";
import type { Production } from "./grammar";
import type { Shape } from "./shape";
import type { Codec } from "./simple";

/* The loops that follow the states of a complex type, for one value. */

export type Fields = Record<string, unknown>;

/** A state of a grammar, made ready. */
export interface Step {
  width: number;
  readonly arcs: Arc[];
  /** The code of the end of the element, or -1. */
  end: number;
}

export interface Arc extends Codec {
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

export interface ListSteps {
  readonly min: number;
  readonly max: number;
  readonly need: Step;
  readonly may: Step;
  readonly full: Step;
}

/** The step after the `count`th item. */
const afterItem = (list: ListSteps, count: number): Step =>
  count < list.min ? list.need : count < list.max ? list.may : list.full;

/** Reads an element of complex type up to its end. */
export function readFields(reader: BitReader, name: string, first: Step, shape: Shape): Fields {
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
export function writeFields(writer: BitWriter, fields: Fields, first: Step, mayFail: boolean): boolean {
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
export function ordered(fields: Fields, keys: readonly string[]): Fields {
  const known = keys.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]]);
  return { ...Object.fromEntries(known), ...fields };
}

/** Says what the fields lack, or have too much, at a step that has no place for `key` or for the end. */
function misplaced({ arcs, end }: Step, key: string | undefined): never {
  if (end >= 0 && key !== undefined) throw new Refusal(`${key} has no place here`);
  const expected = arcs.map((arc) => arc.key).filter((name) => name !== "");
  throw new Refusal(`${expected.join(" or ")} is missing`);
}
