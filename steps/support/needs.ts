import type { Pics } from "../../requirements";
import type { RunParameters } from "./parameters";

/** Why a scenario that needs something does not apply to this side under test on this bench; undefined where it does. */
type Reason = (pics: Pics, parameters: RunParameters) => string | undefined;

const feature =
  (name: keyof Pics): Reason =>
  (pics) =>
    pics[name] === true ? undefined : `PICS: ${name} is not supported`;

/** `@needs-…` tags by name. A tag that is not here is a mistake; one here that no feature bears is one too. */
export const needs: Readonly<Record<string, Reason>> = {
  "@needs-welding-detection": feature("weldingDetection"),
};

/** First reason for which a scenario with these tags is not applicable. @throws Error for a need that nobody knows */
export function notApplicable(tags: readonly string[], pics: Pics, parameters: RunParameters): string | undefined {
  for (const tag of tags.filter((each) => each.startsWith("@needs-"))) {
    const reason = needs[tag];
    if (!reason) throw new Error(`nobody knows the need ${tag}`);
    const why = reason(pics, parameters);
    if (why !== undefined) return why;
  }
  return undefined;
}
