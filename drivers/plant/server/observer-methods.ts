import { type FaultName, faults, figuresOf, isFault } from "../../virtual/plant/faults";
import { pilotForm, sampleForm } from "../power-forms";
import { isObject, type Json } from "../protocol";
import type { Client } from "./client";
import { anything, asking, type Check, type Method, type Methods, method, optional, truth } from "./method";
import { Refusal } from "./refusal";

const present = ({ rig }: Client): Json => ({ present: rig.plant.present });

const known = Object.entries(faults).map(([name, { gist, figures }]) => ({ name, gist, figures }));

const text: Check<string> = (given) => (typeof given === "string" ? given : undefined);
const object: Check<Json> = (given) => (isObject(given) ? given : undefined);
const noFigures: Json = {};
const whole: Check<number> = (given) =>
  Number.isSafeInteger(given) && (given as number) >= 0 ? (given as number) : undefined;

/** @throws Refusal when a plant has no such fault, or the fault no such figure or value */
function checkFault({ name, figures }: { name: string; figures: Json }): void {
  if (!isFault(name)) throw new Refusal("unknown_fault");
  if (Object.keys(figures).some((figure) => !Object.hasOwn(faults[name].figures, figure)))
    throw new Refusal("unknown_figure");
  try {
    figuresOf(name, figures);
  } catch {
    throw new Refusal("bad_figure");
  }
}

const fault: Method = method(
  { name: text, on: optional(truth, true), figures: optional(object, noFigures) },
  {
    allowed: (args) => checkFault(args),
    act({ name, on, figures }, client) {
      client.server.stimulus(`${on ? "fault" : "clear"} ${name}`);
      client.rig.plant.fault(name as FaultName, on && figures);
      return present(client);
    },
  },
);

const reset: Method = method(
  { config: optional(anything, {}), seed: optional(whole, null) },
  {
    act({ config, seed }, { server }) {
      server.reset(config, seed ?? undefined);
      return { plugged: false };
    },
  },
);

const sample = ({ rig }: Client): Json => ({
  ...sampleForm(rig.plant.sample()),
  poles: rig.plant.poles(),
  plugged: rig.plant.plugged,
  pilot: pilotForm(rig.wire),
});

/** What the harness's socket answers. */
export const observerMethods: Methods = {
  "plant.plug": asking(({ rig, server }) => {
    if (!rig.plant.plugged) server.stimulus("plug");
    rig.plant.plug();
    return { plugged: true };
  }),
  "plant.unplug": method(
    { force: optional(truth, false) },
    {
      allowed({ force }, { rig }) {
        if (rig.plant.plugged && rig.plant.sample().locked && !force) throw new Refusal("locked");
      },
      act({ force }, { rig, server }) {
        if (rig.plant.plugged) server.stimulus(force ? "unplug by force" : "unplug");
        rig.plant.unplug(force ? "by force" : undefined);
        return { plugged: false };
      },
    },
  ),
  "plant.fault": fault,
  "plant.clear": method(
    { name: optional(text, null) },
    {
      allowed({ name }) {
        if (name !== null && !isFault(name)) throw new Refusal("unknown_fault");
      },
      act({ name }, client) {
        client.server.stimulus(name === null ? "clear" : `clear ${name}`);
        client.rig.plant.clear((name ?? undefined) as FaultName | undefined);
        return present(client);
      },
    },
  ),
  "plant.faults": asking((client) => ({ known, ...present(client) })),
  "plant.sample": asking(sample),
  "plant.reset": reset,
  "plant.clients": asking(({ server }) => ({
    clients: [...server.clients].map((client) => ({
      role: client.role,
      silent_ms: client.silence,
      holds: server.heldBy(client),
    })),
  })),
};
