import type { Clock, Millis } from "../core/clock";
import type { Link } from "../core/link";
import { RawLink } from "../drivers/linux/raw-link";
import { ModemError, Qca7000Link, type Qca7000Options } from "../drivers/qca7000";
import { CommandError } from "./errors";

/** How the link comes about: by SLAC, by SLAC with a modem that is identified and watched, or it is there already. */
export const linkKinds = ["slac", "qca7000", "none"] as const;
export const linkHelp =
  "match by SLAC, by SLAC with a QCA7000 that is identified and watched, or take the link as it is";
export type LinkKind = (typeof linkKinds)[number];

/** What a modem takes to start, and some more. */
const boot: Millis = 8_000;

export type LinkLog = (text: string, level?: "info" | "warn") => void;

/**
 * The frames of an interface, if a peer needs them.
 * @param log lines for a field engineer
 * @param longest how long a modem may take to name itself, where it is not to be as long as one that boots
 * @throws EnvironmentError, and CommandError when there is no such modem
 */
export function openLink(
  kind: LinkKind,
  iface: string,
  clock: Clock,
  log: LinkLog,
  longest: Millis = boot,
): Promise<Link> | undefined {
  if (kind === "none") return undefined;
  const opening = RawLink.open({ interface: iface, clock, log });
  return kind === "slac"
    ? opening
    : opening.then((link) => identified(link, iface, { clock, log, patience: Math.min(longest, boot) }));
}

async function identified(link: Link, iface: string, options: Qca7000Options): Promise<Link> {
  try {
    return await Qca7000Link.open(link, options);
  } catch (error) {
    if (error instanceof ModemError) throw new CommandError("environment", `${iface}: ${error.message}`);
    throw error;
  }
}
