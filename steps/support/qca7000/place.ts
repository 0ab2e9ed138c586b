import { existsSync } from "node:fs";
import { join } from "node:path";
import { Inconclusive } from "../judgement";
import type { RunParameters } from "../parameters";
import { type Profile, profileOf } from "../profile";

/** A station of ours behind a modem of its own, on the machine on which the scenarios run. */
export interface Place {
  /** Interface of the station's modem. */
  readonly iface: string;
  /** Interface of another modem on the same wire, for the tester's car. */
  readonly tester: string;
  /** Folder of a running plant: where it is there it stands for all that is not wired. */
  readonly plant: string;
  /** Serial line of the pilot's helper, where no plant runs. */
  readonly helper: string;
}

/** What the profile says, and the command line over it. @throws Inconclusive when it does not say enough */
export function placeOf(profile: Profile, { qca7000 }: RunParameters): Place {
  const { iface, tester, plant, helper } = { ...profile.qca7000, ...qca7000 };
  if (!iface || !tester) throw new Inconclusive("the profile does not say qca7000.iface and qca7000.tester");
  return { iface, tester, plant: plant ?? "/run/ccs-hil/plant", helper: helper ?? "/dev/serial0" };
}

/** Whether pilot and power path are seen. */
export const hasPlant = ({ plant }: Place): boolean => existsSync(join(plant, "observer"));

/** What nobody sees without a plant, by the tag of a layer. */
const unseen: Readonly<Record<string, string>> = {
  "@iec61851-1": "no plant runs here: nobody sees the pilot",
  "@iec61851-23": "no plant runs here: nobody sees the power path",
};

/** Why a scenario with these tags is not for this bench; undefined where it is. */
export function beyondPlace(tags: readonly string[], parameters: RunParameters): string | undefined {
  if (tags.includes("@sut-evcc")) return "the side under test is the station behind the modem";
  const place = placeOf(profileOf(parameters.profile), parameters);
  const layer = hasPlant(place) ? undefined : Object.keys(unseen).find((tag) => tags.includes(tag));
  return layer && unseen[layer];
}
