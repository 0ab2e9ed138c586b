export { defaultOf } from "./default";
export { type Form, type Namespace, namespace } from "./namespace";
export { type Roots, type SchemaSet, schemaSet } from "./schema-set";
export type * from "./types";
export * from "./vocabulary";
