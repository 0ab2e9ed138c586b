import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { messageSets } from "../message-sets";
import { type AnyType, type ComplexType, defaultOf, type SchemaSet, type SimpleType } from "../schema";
import { decodeFragment, encodeFragment, Unencodable } from ".";
import { boundedLists, json, valuesOf } from "./values.fuzz";
import { violationsOf } from "./violations";

/** Every element that has one type can be a fragment of its own. Those of XML Signature are tested in their own set. */
function elementsOf(set: SchemaSet): { name: string; type: AnyType }[] {
  const abstract = new Set(
    set
      .tables()
      .globals.filter((element) => element.abstract)
      .map(({ uri, name }) => `{${uri}}${name}`),
  );
  return set.tables().elements.flatMap(({ name, uri, types }) => {
    const qualified = `{${uri}}${name}`;
    if (set !== messageSets.xmldsig && uri === "http://www.w3.org/2000/09/xmldsig#") return [];
    return types.length === 1 && !abstract.has(qualified) ? [{ name: qualified, type: types[0]! }] : [];
  });
}

const comesBack = (set: SchemaSet, name: string, value: unknown): void =>
  assert.deepEqual(decodeFragment(set, encodeFragment(set, name, value)).value, value);

const fixed = { seed: 20, endOnFailure: true };

for (const [setName, set] of Object.entries(messageSets)) {
  describe(setName, () => {
    test("any value of any type comes back as it went, and keeps all bounds", () => {
      let checked = 0;
      for (const { name, type } of elementsOf(set)) {
        const values = valuesOf(type, set);
        if (values === undefined) continue;
        checked++;
        fc.assert(
          fc.property(values, (value) => {
            comesBack(set, name, value);
            assert.deepEqual(violationsOf(set, type, value, name), []);
          }),
          { ...fixed, numRuns: type.kind === "complex" ? 15 : 10 },
        );
      }
      assert.ok(checked >= 7, `only ${checked} types`);
    });

    test("fields in any order are written in the order of the schema", () => {
      for (const { name, type } of elementsOf(set)) {
        if (type.kind !== "complex" || valuesOf(type, set) === undefined) continue;
        const value = defaultOf(type) as object;
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        assert.deepEqual(encodeFragment(set, name, reversed), encodeFragment(set, name, value), name);
      }
    });

    test("lists are full at their bound, one item more is refused, one too few as well", () => {
      for (const { name, type } of elementsOf(set)) {
        if (type.kind === "complex") fillsLists(set, name, type);
      }
    });

    test("one more than a bound that EXI does not encode comes back, and is reported", () => {
      for (const { name, type } of elementsOf(set)) {
        if (type.kind === "complex") continue;
        for (const value of outOfBounds(type)) {
          assert.equal(violationsOf(set, type, value, name).length, 1, `${name} ${value}`);
          comesBack(set, name, value);
        }
      }
    });

    test("every mandatory field is missed, and a field too many is refused", () => {
      for (const { name, type } of elementsOf(set)) {
        if (type.kind !== "complex" || valuesOf(type, set) === undefined) continue;
        refusesChanged(set, name, type);
      }
    });
  });
}

function fillsLists(set: SchemaSet, name: string, type: ComplexType): void {
  for (const { element, min, max } of boundedLists(type)) {
    const rest = defaultOf(type) as object;
    const items = (count: number) => ({
      ...rest,
      [element.name]: Array.from({ length: count }, () => defaultOf(element)),
    });
    comesBack(set, name, items(max));
    assert.throws(() => encodeFragment(set, name, items(max + 1)), Unencodable, `${name} ${element.name} ${max + 1}`);
    if (min > 0) assert.throws(() => encodeFragment(set, name, items(min - 1)), Unencodable, `${name} ${min - 1}`);
  }
}

function refusesChanged(set: SchemaSet, name: string, type: ComplexType): void {
  const value = defaultOf(type) as Record<string, unknown>;
  const mandatory = type.content.filter(({ kind, min }) => kind === "element" && min > 0);
  for (const particle of mandatory) {
    if (particle.kind !== "element") continue;
    const { [particle.element.name]: _, ...rest } = value;
    assert.throws(() => encodeFragment(set, name, rest), Unencodable, `${name} without ${particle.element.name}`);
  }
  assert.throws(() => encodeFragment(set, name, { ...value, Foreign: 1 }), Unencodable, `${name} with more`);
}

/** Values just outside of bounds that the coding does not depend on. */
function outOfBounds(type: SimpleType): unknown[] {
  switch (type.kind) {
    case "integer": {
      const { min, max } = type;
      if (min === undefined || max === undefined || max - min < 4096n) return [];
      return [json(max + 1n), ...(min < 0n ? [json(min - 1n)] : [])];
    }
    case "string":
    case "binary": {
      const { minLength = 0, maxLength } = type;
      const unit = type.kind === "string" ? "é" : "00";
      const make = (length: number) =>
        type.kind === "binary" && type.lexical === "base64"
          ? Buffer.alloc(length).toString("base64")
          : unit.repeat(length);
      return [
        ...(maxLength === undefined ? [] : [make(maxLength + 1)]),
        ...(minLength > 0 ? [make(minLength - 1)] : []),
      ];
    }
    default:
      return [];
  }
}
