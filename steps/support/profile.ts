import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PlantOptions } from "../../drivers/virtual/plant";
import type { EvccConfig } from "../../evcc/config";
import type { RunFacts } from "../../reports/run";
import { ProfileFault, type Statement, statementOf } from "../../requirements";
import type { External } from "./external/bench";
import type { Stimulus } from "./external/stimuli";
import type { RunParameters, Sut } from "./parameters";
import type { Place } from "./qca7000/place";
import type { Launch } from "./veth/launch";

interface Identity {
  readonly name: string;
  readonly identity?: string;
}

export interface Profile extends Statement {
  readonly sut: Identity;
  /** How either side is started where it is a process. */
  readonly secc?: Launch;
  readonly evcc?: Launch;
  /** A side under test that is already there. */
  readonly external?: External;
  /** A station of ours behind a modem of its own. */
  readonly qca7000?: Partial<Place>;
  /** How a real plug is put in and pulled out (`plug`, `unplug`) where pilot and power path are wired. */
  readonly plugging?: Readonly<Record<string, Stimulus>>;
  /** Figures of the plant that differ from its own. */
  readonly plant?: PlantOptions;
}

/** A profile of ours by its name, or anybody's by the path of its file. */
const fileOf = (name: string): string =>
  name.endsWith(".json") ? resolve(name) : join(__dirname, "profiles", `${name}.json`);

const parts: readonly string[] = ["sut", "pics", "pixit", "secc", "evcc", "plant", "external", "qca7000", "plugging"];

function textOf(name: string, what: string): string {
  try {
    return readFileSync(fileOf(name), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ProfileFault(what, [code === "ENOENT" ? "there is no such file" : `it cannot be read: ${code}`]);
  }
}

const read = new Map<string, Profile>();

/** PICS, PIXIT and identity of the side under test, from `profiles/NAME.json`. @throws ProfileFault naming every fault at once */
export function profileOf(name: string): Profile {
  const known = read.get(name);
  if (known) return known;
  const what = `profile ${name}`;
  const text = textOf(name, what);
  const statement = statementOf(text, what);
  const given = JSON.parse(text) as Profile;
  const faults = [
    ...(typeof given.sut?.name === "string" ? [] : ["sut.name must say what the side under test is"]),
    ...Object.keys(given).flatMap((key) =>
      parts.includes(key) ? [] : [`${key} is not known; known are ${parts.join(", ")}`],
    ),
  ];
  if (faults.length > 0) throw new ProfileFault(what, faults);
  const { sut, secc, evcc, plant, external, qca7000, plugging } = given;
  const profile = {
    ...statement,
    sut,
    ...(secc && { secc }),
    ...(evcc && { evcc }),
    ...(plant && { plant }),
    ...(external && { external }),
    ...(qca7000 && { qca7000 }),
    ...(plugging && { plugging }),
  };
  read.set(name, profile);
  return profile;
}

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
  version: string;
};

/** What the report's front page says of the run. */
export function factsOf(parameters: RunParameters, role: Sut | "both"): RunFacts {
  const { sut, pics, pixit } = profileOf(parameters.profile);
  return {
    sut: { role, version, ...sut },
    profile: parameters.profile,
    bench: parameters.bench,
    time: parameters.bench === "virtual" ? "virtual" : "real",
    seed: parameters.seed,
    pics,
    pixit,
    ...(parameters.deviation !== undefined && { deviation: parameters.deviation }),
    parameters,
  };
}

/** A vehicle that the station under test can serve: it asks for an energy transfer mode which that one has. */
export function carFor({ profile }: RunParameters): Partial<EvccConfig> {
  const offered: readonly string[] = profileOf(profile).pics.energyModes;
  const mode = modes.find((each) => offered.includes(each));
  return mode === undefined ? {} : { RequestedEnergyTransferMode: mode };
}

const modes = ["DC_extended", "DC_core", "DC_combo_core", "DC_unique"] as const;
