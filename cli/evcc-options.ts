import { InvalidArgumentError } from "commander";
import { type Behaviour, type BehaviourName, behaviours } from "../evcc/behaviours";
import { type AppProtocol, defaultConfig, type EvccConfig, iso15118_2 } from "../evcc/config";
import { configured } from "./config-option";
import { CommandError } from "./errors";
import type { LinkKind } from "./link";
import type { PilotOptions } from "./peer";
import type { WaitIface } from "./wait-iface";

/** What the car's command takes, by commander's names. */
export interface EvccOptions extends PilotOptions {
  readonly evccConfig?: string;
  readonly iface?: string;
  readonly waitIface?: WaitIface;
  readonly link: LinkKind;
  readonly protocols: readonly ProtocolName[];
  readonly behaviour: BehaviourName;
  readonly tls: EvccConfig["tls"];
  readonly maxVoltage?: number;
  readonly maxCurrent?: number;
  readonly targetCurrent?: number;
  readonly loops?: number;
  readonly soc?: number;
  /** Seconds from the start of a dialogue to the wish to stop. */
  readonly duration?: number;
  readonly stimuli?: string;
  readonly once?: true;
  readonly config?: string;
  readonly deviation?: string;
}

/** Protocols by the names that a command line uses; undefined: known, and not spoken by this car yet. */
const protocols = { iso2: iso15118_2, din: undefined, iso20: undefined } as const satisfies Record<
  string,
  AppProtocol | undefined
>;
export type ProtocolName = keyof typeof protocols;

/** Parser of `iso2,din`: names in the order of the car's liking. */
export function protocolList(text: string): readonly ProtocolName[] {
  const names = text.split(",").map((name) => name.trim());
  for (const name of names) {
    if (!Object.hasOwn(protocols, name))
      throw new InvalidArgumentError(`"${name}" is none of ${Object.keys(protocols).join(", ")}.`);
    if (protocols[name as ProtocolName] === undefined)
      throw new InvalidArgumentError(`${name} is not spoken by this car yet; iso2 is.`);
  }
  if (new Set(names).size < names.length) throw new InvalidArgumentError("a protocol is named twice.");
  return names as ProtocolName[];
}

export const behaviourOf = ({ behaviour }: EvccOptions): Behaviour => behaviours[behaviour];

/** Configuration of a car: options over its behaviour over defaults. @throws CommandError for a car that cannot be */
export function evccConfigOf(options: EvccOptions): EvccConfig {
  const { car } = behaviourOf(options);
  const { link, tls, maxVoltage, maxCurrent, targetCurrent, loops, soc, duration } = options;
  const chosen = loops !== undefined || soc !== undefined || duration !== undefined;
  const config: EvccConfig = {
    ...defaultConfig,
    ...car,
    link: link === "none" ? "none" : "slac",
    tls,
    protocols: options.protocols.map((name, at) => ({ ...protocols[name]!, SchemaID: at + 1, Priority: at + 1 })),
    ...(maxVoltage !== undefined && { maximumVoltage: maxVoltage }),
    ...(maxCurrent !== undefined && { maximumCurrent: maxCurrent }),
    ...(chosen && { stopAt: { ...(loops !== undefined && { loops }), ...(soc !== undefined && { soc }) } }),
  };
  const wanted = targetCurrent ?? Math.min(config.targetCurrent, config.maximumCurrent);
  if (wanted > config.maximumCurrent)
    throw new CommandError(
      "usage",
      `--target-current ${wanted} is above the car's maximum of ${config.maximumCurrent} A`,
    );
  return configured({ ...config, targetCurrent: wanted }, options.config, ["slac", "pause"]);
}
