import * as view from "../power-view";
import { profileOf } from "../profile";
import { type HarnessWorld, timing } from "../world";
import { at, type Look, named, offence, quantity, type Said } from "./said";

const statementOf = ({ parameters }: HarnessWorld) => profileOf(parameters.profile);

export const evseid: Look = (said, world) => {
  const { evseId } = statementOf(world).pixit;
  return said.flatMap((each) => {
    const value = at(each, "EVSEID");
    return value === undefined || value === evseId ? [] : [offence(each, "EVSEID", value, evseId)];
  });
};

const sorted = (list: unknown): string => (Array.isArray(list) ? [...list].sort().join(", ") : "none");
const payments: Readonly<Record<string, string>> = { EIM: "ExternalPayment", PnC: "Contract" };

export const offer: Look = (said, world) => {
  const { pics } = statementOf(world);
  const wanted: readonly (readonly [path: string, required: string])[] = [
    ["PaymentOptionList.PaymentOption", sorted(pics.identification.map((each) => payments[each]))],
    ["ChargeService.SupportedEnergyTransferMode.EnergyTransferMode", sorted(pics.energyModes)],
  ];
  return named(said, "ServiceDiscoveryRes").flatMap((each) => [
    ...wanted.flatMap(([path, required]) => {
      const value = sorted(at(each, path));
      return value === required ? [] : [offence(each, path, value, required)];
    }),
    ...(at(each, "ServiceList") !== undefined && !pics.valueAddedServices
      ? [offence(each, "ServiceList", "services", "absent")]
      : []),
  ]);
};

interface Tuple {
  readonly SAScheduleTupleID: number;
}

export const schedules: Look = (said) => {
  const power = Math.max(
    0,
    ...named(said, "CurrentDemandRes").map(
      (each) => (quantity(each, "EVSEPresentVoltage") ?? 0) * (quantity(each, "EVSEPresentCurrent") ?? 0),
    ),
  );
  return named(said, "ChargeParameterDiscoveryRes").flatMap((each) => {
    const path = "SAScheduleList.SAScheduleTuple";
    const tuples = (at(each, path) ?? []) as readonly Tuple[];
    const ids = tuples.map(({ SAScheduleTupleID }) => SAScheduleTupleID);
    const least = Math.min(
      ...tuples.map((_, index) => quantity(each, `${path}[${index}].PMaxSchedule.PMaxScheduleEntry[0].PMax`) ?? 0),
    );
    return [
      ...(new Set(ids).size < ids.length ? [offence(each, path, `ids ${ids.join(", ")}`, "an id each")] : []),
      ...(tuples.length > 0 && least < power / 1.05
        ? [offence(each, path, `${least} W`, `${power.toFixed(0)} W`)]
        : []),
    ];
  });
};

export const limits: Look = (said, world) => {
  const { pixit } = statementOf(world);
  const most: Readonly<Record<string, number>> = {
    EVSEMaximumVoltageLimit: pixit.maximumVoltage,
    EVSEMaximumCurrentLimit: pixit.maximumCurrent,
    EVSEMaximumPowerLimit: pixit.maximumPower,
  };
  const stated = named(said, "ChargeParameterDiscoveryRes").at(-1);
  const prefix = "DC_EVSEChargeParameter.";
  const rises = (each: Said, path: string, limit: number | undefined): string[] => {
    const value = quantity(each, path);
    const right = value === undefined || limit === undefined || (value > 0 && value <= limit);
    return right ? [] : [offence(each, path, value, `above 0, at most ${limit}`)];
  };
  return [
    ...(stated ? Object.entries(most).flatMap(([name, limit]) => rises(stated, `${prefix}${name}`, limit)) : []),
    ...(stated ? notNegative(stated, "EVSEPeakCurrentRipple", "EVSECurrentRegulationTolerance") : []),
    ...named(said, "CurrentDemandRes").flatMap((each) =>
      Object.entries(most).flatMap(([name, limit]) =>
        rises(each, name, stated ? (quantity(stated, `${prefix}${name}`) ?? limit) : limit),
      ),
    ),
  ];
};

const notNegative = (each: Said, ...names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const value = quantity(each, `DC_EVSEChargeParameter.${name}`);
    return value === undefined || value >= 0 ? [] : [offence(each, name, value, "0 or more")];
  });

/** What a status may be while nothing is wrong; Valid only where the insulation has been found good. */
interface Phase {
  readonly codes: readonly string[];
  readonly isolation: readonly string[];
}
const idle = ["EVSE_NotReady", "EVSE_Ready"];
const good = ["Valid", "Warning"];
const any = ["Invalid", ...good, "No_IMD"];
const phases: Readonly<Record<string, Phase>> = {
  ChargeParameterDiscoveryRes: { codes: idle, isolation: ["Invalid", "Valid"] },
  "CableCheckRes Ongoing": { codes: [...idle, "EVSE_IsolationMonitoringActive"], isolation: ["Invalid", "Valid"] },
  "CableCheckRes Finished": { codes: ["EVSE_Ready"], isolation: good },
  PreChargeRes: { codes: ["EVSE_Ready"], isolation: good },
  "PowerDeliveryRes Start": { codes: ["EVSE_Ready"], isolation: good },
  "PowerDeliveryRes Stop": { codes: [...idle, "EVSE_Shutdown"], isolation: any },
  CurrentDemandRes: { codes: ["EVSE_Ready"], isolation: good },
  WeldingDetectionRes: { codes: [...idle, "EVSE_Shutdown"], isolation: any },
};

export const status: Look = (said, world) => {
  const started = named(said, "PowerDeliveryRes")[0];
  return said.flatMap((each) => {
    const { name } = each;
    const path = name === "ChargeParameterDiscoveryRes" ? "DC_EVSEChargeParameter.DC_EVSEStatus" : "DC_EVSEStatus";
    if (at(each, path) === undefined) return [];
    const part =
      name === "CableCheckRes"
        ? ` ${String(at(each, "EVSEProcessing"))}`
        : name === "PowerDeliveryRes"
          ? ` ${each === started ? "Start" : "Stop"}`
          : "";
    const phase = phases[`${name}${part}`];
    return phase ? statusFaults(each, path, phase, world) : [];
  });
};

function statusFaults(each: Said, path: string, { codes, isolation }: Phase, world: HarnessWorld): string[] {
  const fields = { code: at(each, `${path}.EVSEStatusCode`), found: at(each, `${path}.EVSEIsolationStatus`) };
  const notification = at(each, `${path}.EVSENotification`);
  const unmeasured = fields.found === "Valid" && world.sees && !foundGood(world, each);
  const allowed = unmeasured ? isolation.filter((one) => one !== "Valid") : isolation;
  return [
    ...(codes.includes(String(fields.code)) ? [] : [offence(each, "EVSEStatusCode", fields.code, codes.join(" or "))]),
    ...(fields.found === undefined || allowed.includes(String(fields.found))
      ? []
      : [offence(each, "EVSEIsolationStatus", fields.found, allowed.join(" or "))]),
    ...(notification === "None" ? [] : [offence(each, "EVSENotification", notification, "None")]),
  ];
}

/** What is seen by different eyes may be told in another order: by time, not by number. */
const foundGood = ({ bench, mark }: HarnessWorld, { t }: Said): boolean =>
  bench.trace
    .of("power")
    .some((sample) => sample.seq >= mark && sample.t <= t + timing && sample.isolation === "Valid");

/** A flag, the limit it is about, and how near to it something has to be. */
export const flags: Look = (said, world) => {
  const { pixit } = statementOf(world);
  const asked = (each: Said, path: string): number => {
    const request = world.bench.trace
      .of("v2g", world.sut)
      .findLast(({ name, dir, seq }) => name === "CurrentDemandReq" && dir === "rx" && seq < each.seq);
    return request ? (quantity({ ...each, fields: request.fields ?? {} }, path) ?? 0) : 0;
  };
  const near = (value: number, limit: number): boolean => value >= 0.95 * limit;
  return named(said, "CurrentDemandRes").flatMap((each) => {
    const limit = (name: string, most: number): number => quantity(each, name) ?? most;
    const volts = Math.max(asked(each, "EVTargetVoltage"), quantity(each, "EVSEPresentVoltage") ?? 0);
    const amperes = Math.max(asked(each, "EVTargetCurrent"), quantity(each, "EVSEPresentCurrent") ?? 0);
    const reached = {
      EVSEVoltageLimitAchieved: near(volts, limit("EVSEMaximumVoltageLimit", pixit.maximumVoltage)),
      EVSECurrentLimitAchieved: near(amperes, limit("EVSEMaximumCurrentLimit", pixit.maximumCurrent)),
      EVSEPowerLimitAchieved: near(volts * amperes, limit("EVSEMaximumPowerLimit", pixit.maximumPower)),
    };
    return Object.entries(reached).flatMap(([name, is]) =>
      at(each, name) === true && !is ? [offence(each, name, true, "false")] : [],
    );
  });
};

export const meter: Look = (said) => {
  const infos = said.filter((each) => at(each, "MeterInfo") !== undefined);
  return infos.flatMap((each, index) => {
    const before = infos[index - 1];
    if (!before) return [];
    const [id, was] = [at(each, "MeterInfo.MeterID"), at(before, "MeterInfo.MeterID")];
    const [now, then] = [each, before].map((one) => Number(at(one, "MeterInfo.MeterReading") ?? 0)) as [number, number];
    return [
      ...(id === was ? [] : [offence(each, "MeterInfo.MeterID", id, String(was))]),
      ...(now >= then ? [] : [offence(each, "MeterInfo.MeterReading", now, `${then} or more`)]),
    ];
  });
};

/** Volts that a station may be wrong by; amperes, or so much of them (S19). */
const accuracy = { outlet: () => 10, current: (amperes: number) => Math.max(0.5, 0.015 * amperes) } as const;
const measured = [
  ["EVSEPresentVoltage", "outlet"],
  ["EVSEPresentCurrent", "current"],
] as const;

export const values: Look = (said, world) =>
  said.flatMap((each) =>
    measured.flatMap(([path, of]) => {
      const value = quantity(each, path);
      if (value === undefined) return [];
      const recent = view.between(world, each.t - Math.max(100, 2 * timing), each.t).map((sample) => sample[of]);
      const [least, most] = [Math.min(...recent), Math.max(...recent)];
      const right = value >= least - accuracy[of](least) && value <= most + accuracy[of](most);
      return right ? [] : [offence(each, path, value, `${least.toFixed(1)} to ${most.toFixed(1)}`)];
    }),
  );
