/**
 * The vocabulary in which every message is declared, once. A complex type is a record of fields in schema order:
 *
 *     const PhysicalValueType = dataTypes.type({ Multiplier: integers(-3, 3), Unit: oneOf("V", "A"), Value: short });
 *     const Req = body.element("Req", { "@Id": optional(ID), EVTargetVoltage: PhysicalValueType, Entry: list(EntryType, { max: 3 }) });
 *     type Req = TypeOf<typeof Req>; // { "@Id"?: string; EVTargetVoltage: { … }; Entry: { … }[] }
 *
 * A field that holds a type is an element of the namespace that declares it; one that holds a global element refers to it. The
 * field of a `choice`, `sequence` or `substitutionGroup` is a label for readers: the value has the keys of the elements inside.
 */
export { defaultOf } from "./default";
export { type Form, type Namespace, namespace } from "./namespace";
export { type Roots, type SchemaSet, schemaSet } from "./schema-set";
export type * from "./types";
export * from "./vocabulary";
