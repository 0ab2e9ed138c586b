import { plcUtilsProblem } from "../../cli/plc-utils.contract";
import type { Pics } from "../../requirements";
import type { External } from "./external/bench";
import type { RunParameters } from "./parameters";
import { profileOf } from "./profile";
import { helperProblem } from "./veth/helper";

/** Why a scenario that needs something does not apply to this side under test on this bench; undefined where it does. */
type Reason = (pics: Pics, parameters: RunParameters) => string | undefined;

const feature =
  (name: keyof Pics): Reason =>
  (pics) =>
    pics[name] === true ? undefined : `PICS: ${name} is not supported`;

/** `@needs-…` tags by name. A tag that is not here is a mistake; one here that no feature bears is one too. */
export const needs: Readonly<Record<string, Reason>> = {
  "@needs-welding-detection": feature("weldingDetection"),
  "@needs-plc-utils": (_, { bench }) =>
    bench === "veth" ? plcUtilsProblem() : "programs of others need a bench of real interfaces",
  "@needs-helper": (_, { bench }) =>
    bench === "veth"
      ? helperProblem && `the firmware's host build cannot be had: ${helperProblem}`
      : bench === "virtual"
        ? undefined
        : "no pilot helper is in the hands of this bench",
  "@needs-pause": feature("pause"),
  "@needs-validation": feature("validation"),
  "@needs-amp-map": feature("ampMap"),
  "@needs-http": (_, { bench, profile }) =>
    bench === "virtual" || (bench === "veth" && profileOf(profile).secc?.http)
      ? undefined
      : "nobody has told how the HTTP interface is reached",
};

/** What a bench does not reach, by the tag of a layer. */
const layers: Readonly<Record<string, (external: External) => string | undefined>> = {
  "@iso15118-3": ({ link }) => (link === "slac" ? undefined : "the profile's link is none: there is no matching"),
  "@sdp": ({ address }) =>
    address === undefined ? undefined : "the profile gives the station's address: there is no SDP",
  "@iec61851-1": () => "nobody sees the pilot of an external side under test",
  "@iec61851-23": () => "nobody sees the power path of an external side under test",
};

/** First reason for which a scenario with these tags is not applicable. @throws Error for a need that nobody knows */
export function notApplicable(
  tags: readonly string[],
  pics: Pics,
  parameters: RunParameters,
  external?: External,
): string | undefined {
  for (const [layer, reason] of external ? Object.entries(layers) : []) {
    const why = tags.includes(layer) && external ? reason(external) : undefined;
    if (why !== undefined) return why;
  }
  for (const tag of tags.filter((each) => each.startsWith("@needs-"))) {
    const reason = needs[tag];
    if (!reason) throw new Error(`nobody knows the need ${tag}`);
    const why = reason(pics, parameters);
    if (why !== undefined) return why;
  }
  return undefined;
}
