import type { PhysicalValue } from "../../protocol/iso15118-2";
import { amount } from "../../protocol/v2g";
import { lookup } from "./fields";
import { Inconclusive, NotApplicable } from "./judgement";
import { profileOf } from "./profile";
import type { HarnessWorld } from "./world";

/** Values nobody knows beforehand have names in a table; anything else stands for itself. */
export function named(world: HarnessWorld, text: string): string {
  const values: Record<string, () => string> = {
    zero: () => "0000000000000000",
    "not zero": () => "not 0000000000000000",
    "the assigned one": () => world.SessionID,
    "another one": () =>
      world.SessionID.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 8).toString(16).toUpperCase()),
    "the assigned one without its last byte": () => world.SessionID.slice(0, -2),
    "the one of SessionSetupRes": () => String(told(world, "SessionSetupRes", "EVSEID")),
    "the selected one": () => String(told(world, "PowerDeliveryReq", "SAScheduleTupleID")),
    "the lowest that is free": () => free(world, 1),
    "the highest that is free": () => free(world, -1),
    "another DC mode": () => otherMode(world, ["DC_unique", "DC_combo_core", "DC_core", "DC_extended"]),
    "an AC mode": () => otherMode(world, ["AC_single_phase_core", "AC_three_phase_core"]),
    "PICS energyModes": () => profileOf(world.parameters.profile).pics.energyModes.join(", "),
  };
  return (
    values[text]?.() ??
    text.replaceAll(quantities, (_, name, power, sign, by = "0") => {
      const change = sign === "-" ? -Number(by) : Number(by);
      return power === undefined ? stated(world, name, change) : `${offeredPower(world) + change} W`;
    })
  );
}

/** `PIXIT maximumCurrent`, `PIXIT maximumCurrent + 100`, `PMax - 1000`: of the profile, and of the schedule that was offered. */
const quantities = /(?:PIXIT (m\w+)|(PMax))(?: ([+-]) (\d+))?/g;
const units = { Voltage: "V", Current: "A", Power: "W" } as const;

function stated({ parameters }: HarnessWorld, name: string, change: number): string {
  const value = profileOf(parameters.profile).pixit[name as "maximumVoltage"];
  const unit = units[name.replace(/^m[a-z]+/, "") as keyof typeof units];
  if (value === undefined || unit === undefined) throw new Inconclusive(`PIXIT has no ${name}`);
  return `${value + change} ${unit}`;
}

/** A field of the last message of that name that the side under test has sent or received. */
function told({ bench, sut }: HarnessWorld, name: string, path: string): unknown {
  const last = bench.trace.of("v2g", sut).findLast((event) => event.name === name);
  return lookup(last?.fields, path);
}

const tuples = (world: HarnessWorld): readonly { SAScheduleTupleID: number }[] =>
  (told(world, "ChargeParameterDiscoveryRes", "SAScheduleList.SAScheduleTuple") as undefined) ?? [];

/** A SAScheduleTupleID that was not offered, from below or from above. */
function free(world: HarnessWorld, direction: 1 | -1): string {
  const taken = tuples(world).map(({ SAScheduleTupleID }) => SAScheduleTupleID);
  let id = direction > 0 ? 1 : 255;
  while (taken.includes(id)) id += direction;
  return String(id);
}

function offeredPower(world: HarnessWorld): number {
  const path = "SAScheduleList.SAScheduleTuple[0].PMaxSchedule.PMaxScheduleEntry[0].PMax";
  const offered = told(world, "ChargeParameterDiscoveryRes", path) as PhysicalValue | undefined;
  if (!offered) throw new Inconclusive("no schedule has been offered");
  return amount(offered);
}

/** @throws NotApplicable for a station that has them all */
function otherMode({ parameters }: HarnessWorld, modes: readonly string[]): string {
  const { energyModes } = profileOf(parameters.profile).pics;
  const other = modes.find((mode) => !(energyModes as readonly string[]).includes(mode));
  if (other === undefined) throw new NotApplicable("PICS: the station has every such energy transfer mode");
  return other;
}
