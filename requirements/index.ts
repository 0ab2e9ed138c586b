import { iec61851 } from "./iec61851";
import { iso15118_2 } from "./iso15118-2";
import { iso15118_3 } from "./iso15118-3";
import { own } from "./own";
import type { Registry } from "./requirement";

export * from "./pics";
export * from "./pixit";
export * from "./profile-faults";
export type { Document, Registry, Requirement, Status } from "./requirement";

/** Every requirement by its id. */
export const requirements: Registry = { ...iso15118_2, ...iso15118_3, ...iec61851, ...own };

const requirementTag = /^@(V2G|HIL-|IEC|DIN)/;

/** Ids of the requirements among the tags of a scenario, `@` removed, in order and each once. */
export const requirementTags = (tags: readonly string[]): string[] => [
  ...new Set(tags.filter((tag) => requirementTag.test(tag)).map((tag) => tag.slice(1))),
];

/** Requirement tags that no registry knows. */
export const unregistered = (tags: readonly string[]): string[] =>
  requirementTags(tags).filter((id) => !Object.hasOwn(requirements, id));
