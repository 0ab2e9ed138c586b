import { externalOf } from "./external/bench";
import { notApplicable } from "./needs";
import type { RunParameters, Sut } from "./parameters";
import { profileOf } from "./profile";
import { beyondPlace } from "./qca7000/place";

/** The side that a scenario judges. */
export const sutOf = (tags: readonly string[]): Sut => (tags.includes("@sut-evcc") ? "evcc" : "secc");

/** Why a scenario with these tags does not apply, as far as that is known before it runs; undefined where it does. */
export function reasonAgainst(tags: readonly string[], parameters: RunParameters): string | undefined {
  const profile = profileOf(parameters.profile);
  const external = parameters.bench === "external" ? externalOf(profile, parameters) : undefined;
  if (external && sutOf(tags) !== external.sut)
    return `the side under test is ${external.sut === "secc" ? "a station" : "a car"}`;
  const beyond = parameters.bench === "qca7000" ? beyondPlace(tags, parameters) : undefined;
  return beyond ?? notApplicable(tags, profile.pics, parameters, external);
}
