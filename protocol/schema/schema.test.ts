import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choice,
  defaultOf,
  example,
  hexBinary,
  ID,
  integers,
  list,
  long,
  namespace,
  oneOf,
  optional,
  schemaSet,
  sequence,
  short,
  string,
  substitutionGroup,
  type TypeOf,
  usual,
} from ".";

const animals = namespace("urn:animals", { attributes: "qualified" });

const LegsType = animals.type({ Count: integers(0, 8) });
const AnimalType = animals.type({ Name: string({ minLength: 2 }) });
const Animal = animals.abstract("Animal", AnimalType);
const Dog = animals.element("Dog", animals.extend(AnimalType, { Legs: example(LegsType, { Count: 4 }) }));
const Fish = animals.element("Fish", animals.extend(AnimalType, { Fins: optional(short) }));

const Zoo = animals.element("Zoo", {
  "@Id": ID,
  "@Code": optional(hexBinary({ minLength: 2 })),
  Kind: oneOf("public", "private"),
  first: substitutionGroup(Animal, { Fish, Dog }),
  Since: usual(long),
  Note: optional(list(string(), { max: 3 })),
  Keeper: list(string(), { min: 2, max: 4 }),
  place: choice({ Town: string(), Grid: LegsType }, "Grid"),
  fence: optional(sequence({ Height: short, Length: short })),
});
type Zoo = TypeOf<typeof Zoo>;

/* The type of a value follows from its declaration: what is wrong here does not compile. */
const zoo: Zoo = {
  "@Id": "z",
  Kind: "public",
  Dog: { Name: "Rex", Legs: { Count: 4 } },
  Since: "9007199254740993",
  Keeper: ["A", "B"],
  Town: "Here",
};
// @ts-expect-error one of two words
zoo.Kind = "secret";
// @ts-expect-error exactly one animal
const both: Zoo = { ...zoo, Fish: { Name: "Wanda" } };
// @ts-expect-error a mandatory field is missing
const nameless: Zoo = { ...zoo, Dog: { Legs: { Count: 4 } } };
// @ts-expect-error fields of a sequence come together
const halfFence: Zoo = { ...zoo, Height: 1 };

test("a default has mandatory and usual fields, examples, and the smallest valid values", () => {
  const value: Zoo = defaultOf(Zoo);
  assert.deepEqual(value, {
    "@Id": "-",
    Kind: "public",
    Fish: { Name: "--" },
    Since: 0,
    Keeper: ["-", "-"],
    Grid: { Count: 0 },
  });
  assert.notEqual(defaultOf(Zoo), value);
  assert.deepEqual(defaultOf(Dog), { Name: "--", Legs: { Count: 4 } });
});

test("an example is copied, so that nobody changes the declaration", () => {
  const dog = defaultOf(Dog);
  dog.Legs.Count = 3;
  assert.equal(defaultOf(Dog).Legs.Count, 4);
});

test("attributes and tables are in EXI order: by name, then by namespace", () => {
  assert.deepEqual(
    Zoo.type.attributes.map(({ name, uri, required }) => [name, uri, required]),
    [
      ["Code", "urn:animals", false],
      ["Id", "urn:animals", true],
    ],
  );
  const set = schemaSet("animals", { roots: { Zoo }, schemas: [{ Animal, Dog, Fish, AnimalType, helper: () => 1 }] });
  const { globals, elements } = set.tables();
  assert.deepEqual(
    globals.map(({ name }) => name),
    ["Animal", "Dog", "Fish", "Zoo"],
  );
  assert.deepEqual(
    elements.map(({ name }) => name).join(" "),
    "Animal Count Dog Fins Fish Grid Height Keeper Kind Legs Length Name Note Since Town Zoo",
  );
  assert.deepEqual([both, nameless, halfFence].length, 3);
});

test("a field that refers to an element has its name", () => {
  assert.throws(() => animals.type({ Cat: Dog }), /field Cat refers to the element Dog/);
});
