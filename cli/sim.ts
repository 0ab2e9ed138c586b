import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "commander";
import { Trace } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import type { Status } from "../secc/api";
import type { StationView } from "../secc/api/view";
import { placeOf } from "./api-access";
import { serveApi, viewOf } from "./api-server";
import { CommandError } from "./errors";
import type { Level } from "./log";
import { numberBetween } from "./options";
import { equip, narrate, started } from "./peer";
import { realPilot } from "./real-pilot";
import { SimulatedCharger } from "./simulated-charger";

interface Options {
  readonly port: number;
  readonly voltage: number;
  readonly current: number;
  readonly duration: number;
  readonly plug?: true;
  readonly wait: number;
  readonly plot: string;
}

const look = 100;
/** Hand-shake, cable check, pre-charge and the way out take this long at most. */
const besides = 60;

/** `ccs-hil sim`: waits for a plug, charges shortly, and draws what it was. */
export const simCommand = (): Command =>
  new Command("sim")
    .description(
      "play one session of the simulated station: wait for a plug, check the cable, pre-charge, charge, draw it",
    )
    .option("--voltage <v>", "volts of the vehicle's battery", numberBetween(20, 1000), 400)
    .option("--current <a>", "amperes asked for", numberBetween(1, 200), 50)
    .option("--duration <s>", "seconds of charging", numberBetween(1, 3600), 10)
    .option("--plug", "plug in at once")
    .option("--wait <s>", "seconds to wait for the plug", numberBetween(1, 86_400), 600)
    .option("--port <n>", "TCP port of page and HTTP interface on 127.0.0.1", numberBetween(0, 65_535, true), 8000)
    .option("--plot <file>", "SVG of pilot, volts and amperes over time", "reports/out/sim.svg")
    .action((options: Options) => started(() => play(options)));

async function play(options: Options): Promise<void> {
  const { settings, log } = equip([], "orchestrator", false, true);
  writable(options.plot);
  const clock = new SystemClock();
  const trace = new Trace(() => clock.now());
  const told = (level: Level, text: string, fields?: object): void => log.write(level, "esp.cp", text, fields);
  const real = await realPilot(settings, { clock, log: told });
  if (real && options.plug) throw new CommandError("usage", "--plug is for a simulated pilot: this one is real");
  const charger = new SimulatedCharger({ clock, trace, entropy: new SystemEntropy() }, {}, real);
  trace.onEvent((event) => narrate(event, "secc", log, settings));
  const { pilot, power, config } = charger;
  const shown = { clock, trace, pilot, power, config, iface: null };
  const view = viewOf(shown);
  const place = placeOf("127.0.0.1", options.port);
  const access = { tokens: [], loopback: true, names: [] };
  const { port, close } = await serveApi(shown, view, charger, { place, access, log });
  const show = new Display();
  show.line(`page and interface at http://127.0.0.1:${port}/`);
  try {
    await plugged(options, port, charger, view, show);
    await session(options, charger, view, show);
    draw(options.plot, trace, show);
  } finally {
    close();
    charger.close();
  }
  const { phase, error } = view.status;
  if (phase !== "COMPLETE") throw new CommandError("failed", `the session ended in ${phase}: ${error ?? "stopped"}`);
}

async function plugged(options: Options, port: number, charger: SimulatedCharger, view: StationView, show: Display) {
  if (options.plug) charger.open();
  else if (!charger.simulation) show.line("waiting for the plug (A → B)");
  else {
    show.line("waiting for the plug (A → B); from another shell:");
    show.line(
      `  curl -X POST -H 'content-type: application/json' -d '{"state":"B"}' http://127.0.0.1:${port}/control/cp_state`,
    );
  }
  const { wait } = options;
  const came = await until(
    () => view.occupied || view.session.isActive,
    wait,
    () => show.progress(view.status, charger),
  );
  if (!came) throw new CommandError("failed", `nobody has plugged in within ${wait} s`);
}

async function session(options: Options, charger: SimulatedCharger, view: StationView, show: Display): Promise<void> {
  const { voltage: target_voltage, current: initial_current, duration: duration_s } = options;
  const params = { target_voltage, initial_current, duration_s };
  if (!view.session.isActive) {
    const outcome = charger.start(params);
    if (outcome) throw new CommandError("failed", outcome.refused);
    view.session.requested(params);
  }
  await until(
    () => !view.status.session_active && !charger.plant.sample().locked,
    duration_s + besides,
    () => show.progress(view.status, charger),
  );
  show.end();
  const summary = view.status.last_session_summary;
  if (!summary) throw new CommandError("failed", "the session did not come to an end");
  show.line(
    `${summary.ended_phase}: ${summary.energy_Wh.toFixed(1)} Wh in ${summary.duration_s.toFixed(1)} s, on average ${summary.avg_voltage.toFixed(1)} V and ${summary.avg_current.toFixed(1)} A`,
  );
}

/** Told before a session is played that could not be drawn. @throws CommandError */
function writable(file: string): void {
  save(file, () => closeSync(openSync(file, "a")));
}

function draw(file: string, trace: Trace, show: Display): void {
  const { plot } = require("../reports/plot") as typeof import("../reports/plot");
  save(file, () => writeFileSync(file, plot(trace.events, { title: "Simulated session" })));
  show.line(`plot: ${file}`);
}

function save(file: string, write: () => void): void {
  try {
    if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    write();
  } catch (error) {
    throw new CommandError("environment", `cannot write ${file}: ${(error as Error).message}`);
  }
}

async function until(done: () => boolean, seconds: number, each: () => void): Promise<boolean> {
  const deadline = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  while (!done()) {
    if (process.hrtime.bigint() > deadline) return false;
    each();
    await new Promise((resolve) => setTimeout(resolve, look));
  }
  return true;
}

/** Progress in one line of a terminal; elsewhere a line for each phase. */
class Display {
  private readonly terminal = process.stdout.isTTY === true;
  private phase = "";

  line(text: string): void {
    process.stdout.write(`${this.terminal ? "\x1b[2K\r" : ""}${text}\n`);
  }

  progress(status: Status, { plant }: SimulatedCharger): void {
    const { phase, cp_state, voltage, current, energy_Wh, session_params, time_s } = status;
    const { duration_s } = session_params;
    const share = duration_s ? Math.min(1, time_s / duration_s) : 0;
    const bar = "█".repeat(Math.round(share * 20)).padEnd(20, "·");
    const text = `${phase.padEnd(11)} ${cp_state}  ${bar}  ${voltage.toFixed(1).padStart(6)} V ${current.toFixed(1).padStart(6)} A ${energy_Wh.toFixed(2).padStart(7)} Wh  SOC ${plant.sample().soc.toFixed(1)} %`;
    if (this.terminal) process.stdout.write(`\x1b[2K\r${text}`);
    else if (phase !== this.phase) this.line(text);
    this.phase = phase;
  }

  end(): void {
    if (this.terminal) process.stdout.write("\x1b[2K\r");
  }
}
