import { profileOf } from "../profile";
import { type HarnessWorld, timing } from "../world";
import { at, type Look, named, offence, quantity, type Said, toldTo } from "./said";

const limitsOf = (each: Said): Readonly<Record<string, number | undefined>> => {
  const prefix = each.name === "ChargeParameterDiscoveryReq" ? "DC_EVChargeParameter." : "";
  return {
    EVMaximumVoltageLimit: quantity(each, `${prefix}EVMaximumVoltageLimit`),
    EVMaximumCurrentLimit: quantity(each, `${prefix}EVMaximumCurrentLimit`),
    EVMaximumPowerLimit: quantity(each, `${prefix}EVMaximumPowerLimit`),
  };
};

/** What pre-charge may take at most, in amperes (S15). */
const preChargeCurrent = 2;
/** Volts between what is asked for in pre-charge and the battery (S15). */
const preChargeDistance = 20;

export const limits: Look = (said, world) => {
  const first = named(said, "ChargeParameterDiscoveryReq").at(-1);
  const stated = first ? limitsOf(first) : {};
  const within = (each: Said, path: string, value: number | undefined, most: number | undefined): string[] =>
    value === undefined || (value >= 0 && value <= (most ?? Number.POSITIVE_INFINITY))
      ? []
      : [offence(each, path, value, `0 to ${most ?? "any"}`)];
  return [
    ...(first ? energies(first) : []),
    ...named(said, "CurrentDemandReq").flatMap((each) => powerFaults(each, said, stated.EVMaximumPowerLimit)),
    ...named(said, "CurrentDemandReq").flatMap((each) => [
      ...Object.entries(limitsOf(each)).flatMap(([name, value]) => within(each, name, value, stated[name])),
      ...[stated, limitsOf(each)].flatMap((own) => [
        ...within(each, "EVTargetVoltage", quantity(each, "EVTargetVoltage"), own.EVMaximumVoltageLimit),
        ...within(each, "EVTargetCurrent", quantity(each, "EVTargetCurrent"), own.EVMaximumCurrentLimit),
      ]),
    ]),
    ...named(said, "PreChargeReq").flatMap((each) => [
      ...within(each, "EVTargetCurrent", quantity(each, "EVTargetCurrent"), preChargeCurrent),
      ...within(each, "EVTargetVoltage", quantity(each, "EVTargetVoltage"), stated.EVMaximumVoltageLimit),
      ...farFromBattery(each, world),
    ]),
  ];
};

/** What it asks for, at the voltage of pre-charge, within its power limit and within the profile it has sent. */
function powerFaults(each: Said, said: readonly Said[], limit = Number.POSITIVE_INFINITY): string[] {
  const [charged] = named(said, "PreChargeReq");
  const [started] = named(said, "PowerDeliveryReq");
  const path = "ChargingProfile.ProfileEntry[0].ChargingProfileEntryMaxPower";
  const profile = (started && quantity(started, path)) ?? Number.POSITIVE_INFINITY;
  const volts = (charged && quantity(charged, "EVTargetVoltage")) ?? 0;
  const watts = volts * (quantity(each, "EVTargetCurrent") ?? 0);
  const most = Math.min(limit, profile);
  return watts <= most ? [] : [offence(each, "EVTargetCurrent", `${watts.toFixed(0)} W`, `at most ${most} W`)];
}

function energies(each: Said): string[] {
  const [capacity, request] = ["EVEnergyCapacity", "EVEnergyRequest"].map((name) =>
    quantity(each, `DC_EVChargeParameter.${name}`),
  );
  return [
    ...(capacity === undefined || capacity > 0 ? [] : [offence(each, "EVEnergyCapacity", capacity, "above 0")]),
    ...(request === undefined || (request >= 0 && request <= (capacity ?? request))
      ? []
      : [offence(each, "EVEnergyRequest", request, `0 to ${capacity}`)]),
  ];
}

function farFromBattery(each: Said, world: HarnessWorld): string[] {
  const battery = world.sees ? sampleAt(world, each)?.battery : undefined;
  const value = quantity(each, "EVTargetVoltage");
  if (battery === undefined || (value !== undefined && Math.abs(value - battery) < preChargeDistance)) return [];
  return [offence(each, "EVTargetVoltage", value, `about ${battery.toFixed(0)}`)];
}

const sampleAt = ({ bench }: HarnessWorld, { t }: Said) =>
  bench.trace.of("power").findLast((sample) => sample.t <= t + timing);

const statusPath = ({ name }: Said): string =>
  name === "ChargeParameterDiscoveryReq"
    ? "DC_EVChargeParameter.DC_EVStatus"
    : name === "PowerDeliveryReq"
      ? "DC_EVPowerDeliveryParameter.DC_EVStatus"
      : "DC_EVStatus";

/** Percent that a vehicle may be wrong by in what it tells of its battery. */
const socTolerance = 1;

export const stateOfCharge: Look = (said, world) =>
  said.flatMap((each) => {
    const path = `${statusPath(each)}.EVRESSSOC`;
    const value = at(each, path);
    const soc = sampleAt(world, each)?.soc;
    if (value === undefined || soc === undefined || Math.abs(Number(value) - soc) <= socTolerance) return [];
    return [offence(each, path, value, soc.toFixed(1))];
  });

/** Where the vehicle has to be ready: from the cable check until it stops. */
const ready = ["CableCheckReq", "PreChargeReq", "CurrentDemandReq"];

export const status: Look = (said) => {
  const ends = named(said, "PowerDeliveryReq").filter((each) => at(each, "ChargeProgress") === "Stop");
  return said.flatMap((each) => {
    const path = statusPath(each);
    if (at(each, path) === undefined) return [];
    const code = at(each, `${path}.EVErrorCode`);
    const starts = each.name === "PowerDeliveryReq" && !ends.includes(each);
    const unready = (starts || ready.includes(each.name)) && at(each, `${path}.EVReady`) !== true;
    return [
      ...(code === "NO_ERROR" ? [] : [offence(each, `${path}.EVErrorCode`, code, "NO_ERROR")]),
      ...(unready ? [offence(each, `${path}.EVReady`, false, "true")] : []),
      ...incomplete(each, ends),
    ];
  });
};

/** Complete is what a vehicle says when it asks for no more, and then it stops. */
function incomplete(each: Said, ends: readonly Said[]): string[] {
  if (each.name === "CurrentDemandReq" && at(each, "ChargingComplete") === true) {
    const wanted = quantity(each, "EVTargetCurrent") ?? 0;
    return wanted > 0 ? [offence(each, "ChargingComplete", `true at ${wanted} A`, "false")] : [];
  }
  if (each.name !== "PowerDeliveryReq") return [];
  const path = "DC_EVPowerDeliveryParameter.ChargingComplete";
  const value = at(each, path);
  return value === true && !ends.includes(each) ? [offence(each, path, value, "false")] : [];
}

const includes = (list: unknown, value: unknown): boolean => Array.isArray(list) && list.includes(value);

interface Tuple {
  readonly SAScheduleTupleID: number;
}
interface Service {
  readonly ServiceID: number;
}

export const choices: Look = (said, world) => {
  const told = toldTo(world);
  const offered = named(told, "ServiceDiscoveryRes").at(-1);
  const scheduled = named(told, "ChargeParameterDiscoveryRes").at(-1);
  const tuplePath = "SAScheduleList.SAScheduleTuple";
  const tuples = (scheduled && (at(scheduled, tuplePath) as readonly Tuple[] | undefined)) ?? [];
  const modes = offered && at(offered, "ChargeService.SupportedEnergyTransferMode.EnergyTransferMode");
  const payments = offered && at(offered, "PaymentOptionList.PaymentOption");
  const wrong = (each: Said, path: string, right: boolean): string[] =>
    right ? [] : [offence(each, path, JSON.stringify(at(each, path)), "one that was offered")];
  return [
    ...named(said, "PaymentServiceSelectionReq").flatMap((each) => [
      ...wrong(each, "SelectedPaymentOption", includes(payments, at(each, "SelectedPaymentOption"))),
      ...wrong(each, "SelectedServiceList.SelectedService", servicesRight(each, offered)),
    ]),
    // V2G2-698
    ...named(said, "AuthorizationReq").flatMap((each) =>
      at(each, "GenChallenge") === undefined ? [] : [offence(each, "GenChallenge", "there", "absent")],
    ),
    ...named(said, "ChargeParameterDiscoveryReq").flatMap((each) =>
      wrong(each, "RequestedEnergyTransferMode", includes(modes, at(each, "RequestedEnergyTransferMode"))),
    ),
    ...named(said, "SessionStopReq").flatMap((each) =>
      at(each, "ChargingSession") === "Terminate" || profileOf(world.parameters.profile).pics.pause
        ? []
        : [offence(each, "ChargingSession", at(each, "ChargingSession"), "Terminate")],
    ),
    ...named(said, "PowerDeliveryReq").flatMap((each) => {
      const index = tuples.findIndex(({ SAScheduleTupleID }) => SAScheduleTupleID === at(each, "SAScheduleTupleID"));
      const most = scheduled && quantity(scheduled, `${tuplePath}[${index}].PMaxSchedule.PMaxScheduleEntry[0].PMax`);
      return [...wrong(each, "SAScheduleTupleID", index >= 0), ...profileFaults(each, most)];
    }),
  ];
};

function servicesRight(each: Said, offered: Said | undefined): boolean {
  const charge = offered && at(offered, "ChargeService.ServiceID");
  const others = ((offered && at(offered, "ServiceList.Service")) ?? []) as readonly Service[];
  const chosen = (at(each, "SelectedServiceList.SelectedService") ?? []) as readonly Service[];
  const ids = chosen.map(({ ServiceID }) => ServiceID);
  const known = [charge, ...others.map(({ ServiceID }) => ServiceID)];
  return new Set(ids).size === ids.length && ids.includes(charge as number) && ids.every((id) => known.includes(id));
}

/** V2G2-225: a profile begins now and stays within its schedule. */
function profileFaults(each: Said, most = Number.POSITIVE_INFINITY): string[] {
  const path = "ChargingProfile.ProfileEntry";
  const entries = (at(each, path) ?? []) as readonly { ChargingProfileEntryStart: number }[];
  return entries.flatMap((entry, index) => {
    const power = quantity(each, `${path}[${index}].ChargingProfileEntryMaxPower`) ?? 0;
    const before = entries[index - 1]?.ChargingProfileEntryStart;
    const start = entry.ChargingProfileEntryStart;
    const inOrder = before === undefined ? start === 0 : start > before;
    return [
      ...(power >= 0 && power <= most ? [] : [offence(each, `${path}[${index}]`, `${power} W`, `0 to ${most} W`)]),
      ...(inOrder ? [] : [offence(each, `${path}[${index}]`, `from ${start} s`, "in order from 0")]),
    ];
  });
}

/** V2G2-167: priorities from 1 to 20 and SchemaIDs, each once. */
export const protocols: Look = (said) =>
  named(said, "supportedAppProtocolReq").flatMap((each) => {
    const list = (at(each, "AppProtocol") ?? []) as readonly { Priority: number; SchemaID: number }[];
    const twice = (of: "Priority" | "SchemaID"): boolean => new Set(list.map((one) => one[of])).size < list.length;
    return (["Priority", "SchemaID"] as const).flatMap((of) =>
      twice(of) ? [offence(each, `AppProtocol.${of}`, list.map((one) => one[of]).join(", "), "each once")] : [],
    );
  });

/** The octets of its MAC address (V2G2-879). */
const macOctets = /^(?!0{12}$)[0-9A-F]{12}$/;

export const evccid: Look = (said) =>
  named(said, "SessionSetupReq").flatMap((each) => {
    const value = String(at(each, "EVCCID"));
    return macOctets.test(value) ? [] : [offence(each, "EVCCID", value, "a MAC address")];
  });

/** V2G_EVCC_Sequence_Performance_Time: from a response to the next request. */
const sequencePerformance = 40_000;

export const pace: Look = (said, world) => {
  const heard = toldTo(world);
  return said.flatMap((each) => {
    const response = heard.findLast(({ seq }) => seq < each.seq);
    const time = response ? each.t - response.t : 0;
    return time <= sequencePerformance + timing
      ? []
      : [`${each.name}: ${time.toFixed(0)} ms after ${response?.name}, not within ${sequencePerformance} ms`];
  });
};

/** A session that was paused keeps its id (V2G2-740): it is named as soon as a session begins. */
export const resumed: Look = (said) => {
  const begun = named(said, "SessionSetupReq");
  const paused = named(said, "SessionStopReq")[0];
  const [id, again] = [paused && at(paused, "Header.SessionID"), begun[1] && at(begun[1], "Header.SessionID")];
  if (!paused || at(paused, "ChargingSession") !== "Pause") return ["no session was paused"];
  return id === again ? [] : [`${again ?? "no SessionSetupReq"} instead of ${id}`];
};
