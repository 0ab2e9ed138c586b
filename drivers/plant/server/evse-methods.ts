import { powerForm, temperaturesForm } from "../power-forms";
import { type Json, protocol } from "../protocol";
import type { Client } from "./client";
import {
  type Awaiting,
  asking,
  between,
  type Method,
  type Methods,
  method,
  oneOf,
  optional,
  truth,
  upTo,
} from "./method";
import { Refusal } from "./refusal";

const armedMs = 1500;
const slowMs = 1000;
const adcMs = 200;
const { least, most, usual } = protocol.period;

/** Starts a stream of its own period, which begins after the answer. */
export const streaming = (name: string, every: number | undefined, result: (client: Client) => Json): Methods => ({
  [`${name}.stream_start`]: asking((client) => {
    client.stream(`evt:${name}.tick`, every, () => result(client));
    return { streaming: true };
  }),
  [`${name}.stream_stop`]: asking((client) => {
    client.stop(`evt:${name}.tick`);
    return { streaming: false };
  }),
});

/** As `streaming`, with a period that the client may choose. */
export const paced = (name: string, result: (client: Client) => Json, otherwise: number = usual): Methods => ({
  ...streaming(name, otherwise, result),
  [`${name}.stream_start`]: method(
    { period_ms: optional(between(least, most), otherwise) },
    {
      act({ period_ms }, client) {
        client.stream(`evt:${name}.tick`, period_ms, () => result(client));
        return { streaming: true, period_ms };
      },
    },
  ),
});

const adc = ({ rig }: Client): Json => ({ high: rig.wire.high, low: rig.wire.low, duty: rig.wire.dutyPercent ?? null });
const reading = ({ rig }: Client) => rig.plant.powerPath.read();
const power = (client: Client): Json => powerForm(reading(client));
const temps = (client: Client): Json => ({ temps: temperaturesForm(reading(client).temperatures) });
const aux = (client: Client): Json => ({
  commanded: client.rig.station.contactor.commanded,
  aux: reading(client).contactor,
});
const meter = (client: Client): Json => {
  const { v, i, e } = power(client) as { v: number; i: number; e: number };
  return { v, i, p: Math.round(v * i * 10) / 10, e };
};

const contactorSet: Method = method(
  { on: truth },
  {
    holds: "contactor",
    allowed({ on }, client) {
      if (on && client.now() >= client.armedUntil) throw new Refusal("not_armed");
      if (on && client.rig.station.contactor.busy) throw new Refusal("busy");
    },
    act({ on }, client): Awaiting {
      const { station } = client.rig;
      station.reason = "command";
      if (!on) client.armedUntil = 0;
      return station.contactor.tell(on, { aux_ok: true });
    },
  },
);

const system: Methods = {
  "sys.ping": asking((client) => ({
    up_ms: client.now(),
    mode: client.rig.station.mode,
    temps: { mcu: client.rig.plant.config.contacts.ambientCelsius },
  })),
  "sys.arm": asking((client) => {
    client.armedUntil = client.now() + armedMs;
    return { armed_until_ms: client.armedUntil };
  }),
  "sys.set_mode": method(
    { mode: oneOf("sim", "hw") },
    {
      allowed(_, { rig }) {
        if (rig.station.contactor.commanded) throw new Refusal("busy");
      },
      act({ mode }, { rig }) {
        rig.station.mode = mode;
        return { mode };
      },
    },
  ),
};

const contactor: Methods = {
  "contactor.set": contactorSet,
  "contactor.check": asking((client) => {
    const { commanded, aux: at } = aux(client);
    return { commanded, aux_ok: commanded === at, coil_ma: commanded ? 250 : 0, reason: client.rig.station.reason };
  }),
  ...streaming("contactor", undefined, aux),
};

const supply: Methods = {
  "supply.set": method(
    {
      v: upTo(({ rig }) => rig.plant.config.supply.maxVolts),
      i: upTo(({ rig }) => rig.plant.config.supply.maxAmperes),
    },
    {
      holds: "supply",
      act: ({ v, i }, { rig }) => rig.station.supply(v, i),
    },
  ),
  "supply.off": method({}, { holds: "supply", act: (_, { rig }) => rig.station.supplyOff() }),
  "supply.read": asking(({ rig }) => rig.station.supplyReading()),
};

const monitor: Methods = {
  "imd.start": method({}, { holds: "monitor", act: (_, { rig }) => rig.station.monitor(true) }),
  "imd.stop": method({}, { holds: "monitor", act: (_, { rig }) => rig.station.monitor(false) }),
  "imd.read": asking(({ rig }) => rig.station.monitorReading()),
};

const lock: Methods = {
  "lock.set": method(
    { on: truth },
    {
      holds: "lock",
      act: ({ on }, { rig }) => rig.station.lock.tell(on),
    },
  ),
  "lock.read": asking((client) => ({
    locked: reading(client).locked,
    commanded: client.rig.station.lock.commanded,
  })),
};

/** What the station's socket answers. */
export const evseMethods: Methods = {
  ...system,
  ...contactor,
  ...supply,
  ...monitor,
  ...lock,
  "temps.read": asking(temps),
  ...paced("temps", temps, slowMs),
  "meter.read": asking(meter),
  ...paced("meter", meter, slowMs),
  ...streaming("adc", adcMs, adc),
  "power.read": asking(power),
  ...paced("power", power),
};
