import { Command, Option } from "commander";
import { Trace, type TraceEvent } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { lenient, type SlacEvent } from "../protocol/homeplug";
import { slacMatches } from "../reports/slac";
import { exitCodes } from "./errors";
import { type LinkLog, openLink } from "./link";
import { numberBetween } from "./options";
import { equip, ifaceOf, leave, narrate, started } from "./peer";
import { SlacNode, type SlacOptions, type SlacRole } from "./slac-node";

interface Options {
  readonly role: SlacRole;
  readonly iface?: string;
  readonly link: "slac" | "qca7000";
  readonly timeout: number;
  readonly lenient?: true;
  readonly direct?: number;
  readonly indirect?: number;
  readonly offset?: number;
}

/** `ccs-hil slac`: one match, without a pilot. */
export const slacCommand = (): Command =>
  new Command("slac")
    .description("match once over the power line, as if the plug had just gone in; the result is one line of JSON")
    .addOption(new Option("--role <role>", "which end to be").choices(["evse", "ev"]).makeOptionMandatory())
    .option("--iface <name>", "interface of the modem (default: IFACE, else eth0)")
    .addOption(
      new Option("--link <kind>", "slac, or with a QCA7000 that is identified and watched")
        .choices(["slac", "qca7000"])
        .default("slac"),
    )
    .option("--timeout <s>", "seconds until it is given up", numberBetween(0.1, 86_400), 60)
    .option("--lenient", "let deviations pass that charge in the field all the same")
    .option("--direct <db>", "ev: below it the station is found (default: 40)", numberBetween(0, 255))
    .option("--indirect <db>", "ev: from it on the station is none of ours (default: 80)", numberBetween(0, 255))
    .option("--offset <db>", "evse: added to each averaged group, to calibrate the receiver", numberBetween(-255, 255))
    .addHelpText("after", "\nEnds with 0 when it has matched, 1 when it has not, 3 when it cannot try.")
    .action((options: Options) => started(() => run(options)));

async function run(options: Options): Promise<void> {
  const { settings, log } = equip([], "modem");
  const iface = ifaceOf(options.iface, settings);
  const clock = new SystemClock();
  const heard: LinkLog = (text, level = "warn") => log.write(level, "modem", text);
  const link = await openLink(options.link, iface, clock, heard, options.timeout * 1000);
  if (!link) return;
  const node = options.role === "evse" ? "secc" : "evcc";
  const trace = new Trace(() => clock.now(), 0);
  const match: TraceEvent[] = [];
  trace.onEvent((event) => {
    narrate(event, node, log, settings);
    keep(match, event);
  });
  const ports = { clock, trace, entropy: new SystemEntropy(), link };
  const outcome = await new Promise<SlacEvent | { kind: "matchFailed"; reason: string }>((resolve) => {
    const give = (reason: string) => resolve({ kind: "matchFailed", reason });
    clock.after(options.timeout * 1000, () => give("timeout"));
    process.once("SIGINT", () => give("interrupted"));
    process.once("SIGTERM", () => give("interrupted"));
    new SlacNode(options.role, ports, optionsOf(options), resolve);
    log.write("info", "modem", "Matching", { iface, role: options.role });
  });
  const matched = outcome.kind === "matched";
  const told = { result: matched ? "matched" : "failed", role: options.role, ...rest(outcome), ...facts(match, node) };
  // Timers and the link's child would keep the process; what was agreed with the modem stays.
  await new Promise((resolve) => process.stdout.write(`${JSON.stringify(told)}\n`, resolve));
  await leave(matched ? 0 : exitCodes.failed);
}

const rest = ({ kind: _, ...fields }: { readonly kind: string }): object => fields;

function optionsOf({ lenient: tolerant, direct, indirect, offset, timeout }: Options): SlacOptions {
  return {
    // Who calls says how long to wait for a car.
    timers: { TT_EVSE_SLAC_init: timeout * 1000 },
    ...(tolerant && { tolerated: lenient }),
    ...(direct !== undefined && { direct }),
    ...(indirect !== undefined && { indirect }),
    ...(offset !== undefined && { attenuationOffsetDb: offset }),
  };
}

/** What the wire has shown of the last match. */
function facts(events: readonly TraceEvent[], node: "secc" | "evcc"): object {
  const { sounds, groups, phases } = slacMatches(events, node).at(-1) ?? {};
  const round = (ms: number): number => Math.round(ms * 1000) / 1000;
  const named = phases?.map(({ name, ms, limit }) => ({
    phase: name,
    ms: round(ms),
    limit: limit.name,
    limitMs: limit.ms,
  }));
  return named ? { sounds, groups, phases: named } : {};
}

/** Of whom or how many frames come: what a match can be told from, and the latest of that. */
const slacNames = /^CM_(SLAC|START_ATTEN|MNBC|ATTEN_CHAR)/;
const most = 10_000;

function keep(events: TraceEvent[], event: TraceEvent): void {
  if (event.type !== "state" && !(event.type === "mme" && slacNames.test(event.name))) return;
  if (events.length >= most) events.splice(0, most / 2);
  events.push(event);
}
