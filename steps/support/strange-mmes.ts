import { concat, unhex } from "../../core/bytes";
import type { Cancel, Millis } from "../../core/clock";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { BROADCAST, encodeMme, type MmeFrame, type MmeGiven, type MmeName } from "../../protocol/homeplug";
import { macOf, runsOf, strangeRunID, strangers } from "./mme-values";
import type { HarnessWorld } from "./world";

/** Who is on the line, and the how manieth such frame it is. */
interface Scene {
  readonly index: number;
  readonly sut: string;
  readonly vehicle: string;
  readonly station: string;
  /** RunID of the matching that is under way. */
  readonly run: string;
}

type Make = (scene: Scene) => Uint8Array;

const mme =
  <N extends MmeName>(name: N, make: (scene: Scene) => Partial<MmeFrame> & { readonly fields: MmeGiven<N> }): Make =>
  (scene) =>
    encodeMme({ name, da: BROADCAST, sa: strangers.evcc, ...make(scene) });

const RunID = strangeRunID;
const number = (index: number, octets: number): string =>
  index
    .toString(16)
    .toUpperCase()
    .padStart(2 * octets, "0");

const parmReq = (head: Partial<MmeFrame> = {}): Make => mme("CM_SLAC_PARM.REQ", () => ({ ...head, fields: { RunID } }));

/** What the side under test would answer, but for the address. */
const question = (scene: Scene, head: Partial<MmeFrame> = {}): Uint8Array =>
  scene.sut === scene.station
    ? parmReq(head)(scene)
    : encodeMme({
        name: "CM_ATTEN_CHAR.IND",
        da: scene.vehicle,
        sa: scene.station,
        ...head,
        fields: { SOURCE_ADDRESS: scene.vehicle, RunID: scene.run, NumSounds: 10, AAG: new Array(58).fill(15) },
      });

const patched = (frame: Uint8Array, at: number, ...octets: readonly number[]): Uint8Array => {
  const copy = Uint8Array.from(frame);
  copy.set(octets, at);
  return copy;
};

const profile = (groups: number, vehicle?: string): Make =>
  mme("CM_ATTEN_PROFILE.IND", (scene) => ({
    sa: strangers.secc,
    fields: { PEV_MAC: vehicle ?? scene.vehicle, NumGroups: groups, AAG: new Array(groups).fill(99) },
  }));

const foreignKey = { NID: "01020304050607", NMK: "0123456789ABCDEF0123456789ABCDEF" } as const;

/** Frames that come at the wrong time, from the wrong sender or in no right form, by the name a feature gives them. */
export const strangeMmes: Readonly<Record<string, Make>> = {
  "an MME of version 0": (scene) => question(scene, { mmv: 0 }),
  "an MME of version 2": (scene) => question(scene, { mmv: 2 }),
  "an MME of version FF": (scene) => question(scene, { mmv: 0xff }),
  "an MME of an unknown type": (scene) => patched(question(scene), 15, 0xfd, 0x7f),
  "a fragment of an MME": (scene) => question(scene, { fragment: 0x1000 }),
  "an MME from its own address": (scene) => question(scene, { sa: scene.sut }),
  "an MME cut after another octet each time": (scene) => {
    const frame = question(scene);
    // The last octets of a request are padding: without them it is whole all the same.
    const least = scene.sut === scene.station ? 29 : frame.length;
    return frame.subarray(0, 14 + (scene.index % (least - 14)));
  },
  "random octets": ({ index }) =>
    concat(unhex("FFFFFFFFFFFF0200000000 EE99 88E1".replaceAll(" ", "")), new SeededEntropy(index).bytes(60)),
  "an MME of 1514 octets": mme("CM_MNBC_SOUND.IND", () => ({
    fields: { RunID, Cnt: 9, RSVD: "00".repeat(8), Rnd: "AA".repeat(16) },
    trailing: "AA".repeat(1514 - 71),
  })),
  "a profile of 59 groups": profile(59),
  "a profile of 255 groups": profile(255),
  "a profile of no groups": profile(0),
  "a profile of another vehicle": profile(58, strangers.evcc),
  "an attenuation in the vendor's form": mme("VS_ATTENUATION_CHAR.IND", ({ vehicle }) => ({
    sa: strangers.secc,
    fields: { PEV_MAC: vehicle, NumGroups: 58, AAG: new Array(58).fill(99) },
  })),
  "CM_SLAC_PARM.REQ of another vehicle": parmReq(),
  "CM_SLAC_PARM.REQ of the vehicle": mme("CM_SLAC_PARM.REQ", ({ vehicle, run }) => ({
    sa: vehicle,
    fields: { RunID: run },
  })),
  "CM_SLAC_PARM.REQ of the vehicle with another RunID": mme("CM_SLAC_PARM.REQ", ({ vehicle }) => ({
    sa: vehicle,
    fields: { RunID },
  })),
  "CM_SLAC_PARM.REQ with ever new RunIDs": mme("CM_SLAC_PARM.REQ", ({ index }) => ({
    fields: { RunID: number(index, 8) },
  })),
  "CM_SLAC_PARM.REQ of ever new vehicles": mme("CM_SLAC_PARM.REQ", ({ index }) => ({
    sa: `02:00:${number(index, 4).replace(/..(?=.)/g, "$&:")}`,
    fields: { RunID },
  })),
  "CM_SET_KEY.CNF of another modem": mme("CM_SET_KEY.CNF", ({ sut }) => ({
    da: sut,
    fields: { Result: 1, MyNonce: "00000000", YourNonce: "00000000" },
  })),
  "CM_START_ATTEN_CHAR.IND of another vehicle": mme("CM_START_ATTEN_CHAR.IND", () => ({
    fields: { FORWARDING_STA: strangers.evcc, RunID },
  })),
  "CM_MNBC_SOUND.IND of another vehicle": mme("CM_MNBC_SOUND.IND", () => ({ fields: { Cnt: 9, RunID } })),
  "CM_ATTEN_CHAR.RSP of another vehicle": mme("CM_ATTEN_CHAR.RSP", ({ sut }) => ({
    da: sut,
    fields: { SOURCE_ADDRESS: strangers.evcc, RunID },
  })),
  "CM_VALIDATE.REQ of another vehicle": mme("CM_VALIDATE.REQ", ({ sut }) => ({
    da: sut,
    fields: { Timer: 0, Result: 1 },
  })),
  "CM_SLAC_MATCH.REQ of another vehicle": mme("CM_SLAC_MATCH.REQ", ({ sut }) => ({
    da: sut,
    fields: { PEV_MAC: strangers.evcc, EVSE_MAC: sut, RunID },
  })),
  "CM_SLAC_MATCH.REQ of the vehicle": mme("CM_SLAC_MATCH.REQ", ({ sut, vehicle, run }) => ({
    da: sut,
    sa: vehicle,
    fields: { PEV_MAC: vehicle, EVSE_MAC: sut, RunID: run },
  })),
  "CM_SLAC_MATCH.CNF of an older match": mme("CM_SLAC_MATCH.CNF", ({ sut, station }) => ({
    da: sut,
    sa: station,
    fields: { PEV_MAC: sut, EVSE_MAC: station, RunID, ...foreignKey },
  })),
  "CM_SLAC_MATCH.CNF of another station": mme("CM_SLAC_MATCH.CNF", ({ sut, station, run }) => ({
    da: sut,
    sa: strangers.secc,
    fields: { PEV_MAC: sut, EVSE_MAC: station, RunID: run, ...foreignKey },
  })),
};

/** A frame of that name as it would be now. */
export function strangeMme(world: HarnessWorld, name: string, index = 0): Uint8Array {
  const make = strangeMmes[name];
  if (!make) throw new RangeError(`no strange frame is called "${name}"`);
  // Looked up in the trace only by frames that need it: a flood must not slow down what it floods.
  return make({
    index,
    get sut() {
      return macOf(world, world.sut);
    },
    get vehicle() {
      return macOf(world, "evcc");
    },
    get station() {
      return macOf(world, "secc");
    },
    get run() {
      return runsOf(world).at(-1) ?? strangeRunID;
    },
  });
}

const running = new WeakMap<HarnessWorld, Cancel>();

/** From now on such frames come over the line, so far apart, until it is hushed. */
export function noise(world: HarnessWorld, name: string, apart: Millis): void {
  const { bench, sut } = world;
  const tester = sut === "secc" ? bench.evcc : bench.secc;
  let index = 0;
  const next = (): void => {
    running.set(world, bench.clock.after(apart, next));
    tester.transmit(strangeMme(world, name, index++));
  };
  next();
}

export function hush(world: HarnessWorld): void {
  running.get(world)?.();
  running.delete(world);
}
