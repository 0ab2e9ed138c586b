import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type Bench, bench, delay, listens, type Process, patience, until, waits } from "./processes.contract";

/** Where a station may be when its process ends, as its log names it: the match, the discovery, and each request it waits for. */
export const phases = {
  setUp: [
    "AwaitCmSlacParmReq",
    "AwaitCmAttenProfileInd",
    "AwaitLink",
    "AwaitConnection",
    "AwaitSupportedAppProtocolReq",
    "AwaitSessionSetupReq",
    "AwaitServiceDiscoveryReq",
    "AwaitPaymentServiceSelectionReq",
    "AwaitAuthorizationReq",
    "AwaitChargeParameterDiscoveryReq",
  ],
  power: [
    "AwaitCableCheckReq",
    "AwaitPreChargeReq",
    "AwaitPowerDeliveryReq",
    "AwaitCurrentDemandReq",
    "AwaitWeldingDetectionReq",
    "AwaitSessionStopReq",
  ],
} as const;

const ends = (evcc: Process): number => evcc.said.err.split('"message":"Session ended"').length - 1;

/**
 * One car that stays, and a station in each phase in turn: `end` ends its process in the phase; the next one has to be let go of the
 * plug, and to serve one whole session, before it is the next to end.
 * @param end answers what was measured of the end
 */
export async function throughPhases(
  context: TestContext,
  list: readonly string[],
  end: (station: Process, bench: Bench, phase: string) => Promise<string>,
): Promise<void> {
  const made = await bench(context, "modems");
  const { observer, power, folder, start, clock } = made;
  const config = join(folder, "secc.env");
  writeFileSync(config, "EVSE_LOG_LEVEL=DEBUG\n");
  const evcc = start("evcc", "--loops", "3");
  await waits(evcc);
  let station = start("secc", "--secc-config", config);
  await listens(station);
  const said = (): string => `${evcc.said.err.slice(-3000)}\n${station.said.err.slice(-3000)}`;
  for (const phase of list) {
    const before = ends(evcc);
    const reached = station.said.err.length;
    await observer.plug();
    // A fast car connects while the station's modem has yet to confirm the link.
    const names = phase === "AwaitConnection" ? [phase, "InSession"] : [phase];
    await until(phase, () => names.some((name) => station.said.err.includes(`→ ${name}`, reached)), said);
    const measured = await end(station, made, phase);
    const at = clock.now();
    station = start("secc", "--secc-config", config);
    await listens(station);
    const up = clock.now() - at;
    await until("the plug is let go", async () => !(await observer.sample()).locked, said);
    await until("the car has ended", async () => before !== ends(evcc) || early.includes(phase), said);
    await observer.unplug();
    await completes(made, evcc, said);
    context.diagnostic(`${phase}: ${measured}, listening again after ${up.toFixed(0)} ms`);
  }
  station.child.kill("SIGTERM");
  assert.equal(await station.exit, 0);
  assert.equal(power.at(-1)?.supply, false);
}

/** A car that has no connection yet has no session to end. */
const early: readonly string[] = [
  "AwaitCmSlacParmReq",
  "AwaitCmAttenProfileInd",
  "AwaitLink",
  "AwaitConnection",
  "AwaitSupportedAppProtocolReq",
];

async function completes({ observer }: Bench, evcc: Process, said: () => string): Promise<void> {
  const from = evcc.said.err.length;
  await observer.plug();
  await until("a whole session", () => evcc.said.err.includes('"because":"3 loops"', from), said);
  await until("the plug is let go", async () => !(await observer.sample()).locked, said);
  await observer.unplug();
}

/** Ends a station as no process can prevent; answers when the plant had taken the power away (S24). */
export async function kill(station: Process, { power, clock }: Bench): Promise<string> {
  const at = clock.now();
  station.child.kill("SIGKILL");
  assert.equal(await station.exit, "SIGKILL");
  const off = ({ supply, evseContactor }: { supply: boolean; evseContactor: boolean }): boolean =>
    !supply && !evseContactor;
  const live = !off(power.at(-1) ?? { supply: false, evseContactor: false });
  await until("off and open", () => off(power.at(-1) ?? { supply: false, evseContactor: false }));
  const took = live ? delay(power, at, off) : 0;
  assert.ok(took < patience, `off and open after ${took} ms`);
  return `off and open after ${took.toFixed(0)} ms`;
}
