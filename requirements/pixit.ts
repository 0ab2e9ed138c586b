import { defaultPics, type Pics, picsOf } from "./pics";
import { ProfileFault, type ValuesOf, valuesOf } from "./profile-faults";

const volts = { kind: "number", from: 0, to: 1500, unit: "V" } as const;
const amperes = { kind: "number", from: 0, to: 1000, unit: "A" } as const;
const millis = { kind: "number", from: 0, to: 600_000, unit: "ms" } as const;

/** Values of the side under test, and how much we tolerate. Fills scenarios. */
const kinds = {
  evseId: { kind: "text", most: 37 },
  maximumVoltage: volts,
  minimumVoltage: volts,
  maximumCurrent: amperes,
  minimumCurrent: amperes,
  maximumPower: { kind: "number", from: 0, to: 1_000_000, unit: "W" },
  targetVoltage: volts,
  targetCurrent: amperes,
  batteryVoltage: volts,
  /** Added to every time limit that is judged. */
  timeTolerance: millis,
  voltageTolerance: volts,
  currentTolerance: amperes,
  authorisationDelay: millis,
  cableCheckTime: millis,
  preChargeTime: millis,
  /** How long a station may take to close its end of a connection. */
  closeTime: millis,
} as const;

export type Pixit = ValuesOf<typeof kinds>;

export const defaultPixit: Pixit = {
  evseId: "DE*HIL*E0001*1",
  maximumVoltage: 500,
  minimumVoltage: 150,
  maximumCurrent: 125,
  minimumCurrent: 0,
  maximumPower: 50_000,
  targetVoltage: 400,
  targetCurrent: 110,
  batteryVoltage: 356,
  timeTolerance: 0,
  voltageTolerance: 10,
  currentTolerance: 2,
  authorisationDelay: 0,
  cableCheckTime: 3_000,
  preChargeTime: 2_000,
  closeTime: 5_000,
};

/** @throws ProfileFault */
export const pixitOf = (given: unknown): Pixit => {
  const pixit = valuesOf("pixit", kinds, defaultPixit, given);
  const faults = [
    ...(pixit.minimumVoltage > pixit.maximumVoltage ? ["pixit.minimumVoltage is above pixit.maximumVoltage"] : []),
    ...(pixit.minimumCurrent > pixit.maximumCurrent ? ["pixit.minimumCurrent is above pixit.maximumCurrent"] : []),
  ];
  if (faults.length > 0) throw new ProfileFault("pixit", faults);
  return pixit;
};

/** What a profile says of the side under test. */
export interface Statement {
  readonly pics: Pics;
  readonly pixit: Pixit;
}

export const defaultStatement: Statement = { pics: defaultPics, pixit: defaultPixit };

/**
 * PICS and PIXIT of a profile, given as the text of a JSON object; keys other than `pics` and `pixit` belong to others.
 * @param name of the file, for messages
 * @throws ProfileFault naming every fault of both parts
 */
export function statementOf(text: string, name = "profile"): Statement {
  const json = parsed(text, name);
  const faults: string[] = [];
  const part = <T>(read: (given: unknown) => T, given: unknown, otherwise: T): T => {
    try {
      return read(given);
    } catch (error) {
      if (!(error instanceof ProfileFault)) throw error;
      faults.push(...error.faults);
      return otherwise;
    }
  };
  const pics = part(picsOf, json.pics, defaultPics);
  const pixit = part(pixitOf, json.pixit, defaultPixit);
  if (faults.length > 0) throw new ProfileFault(name, faults);
  return { pics, pixit };
}

function parsed(text: string, name: string): { pics?: unknown; pixit?: unknown } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ProfileFault(name, [`is not JSON: ${(error as Error).message}`]);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new ProfileFault(name, ["must hold one JSON object"]);
  return json;
}
