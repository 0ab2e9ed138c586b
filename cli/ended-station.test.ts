import assert from "node:assert/strict";
import { equipped } from "../scripts/foreign";
import { phases, throughPhases } from "./phases.contract";
import { type Bench, lack, type Process } from "./processes.contract";

/** CL03: a station that is told to end in any phase of a session takes the power away in order, and ends within 5 s with status 0. */

const underPower: readonly string[] = phases.power;
const longest = 5_000;
/** Of a loaded machine. */
const allowance = 1_000;

async function terminate(station: Process, { power, clock }: Bench, phase: string): Promise<string> {
  const from = power.length;
  const at = clock.now();
  station.child.kill("SIGTERM");
  assert.equal(await station.exit, 0, station.said.err.slice(-3000));
  const took = clock.now() - at;
  assert.ok(took < longest + allowance, `ended after ${took} ms`);
  const opening = power.findIndex(
    ({ evseContactor }, index) => index >= from && !evseContactor && power[index - 1]?.evseContactor === true,
  );
  const broken = Math.abs(power[opening - 1]?.current ?? 0);
  assert.ok(broken < 2, `opened at ${broken} A`);
  const inOrder = station.said.err.includes("SessionStopRes", station.said.err.indexOf("Shutting down"));
  assert.equal(inOrder, underPower.includes(phase), "a car under power is asked to stop, and does");
  return `ended after ${took.toFixed(0)} ms, opened at ${broken.toFixed(1)} A`;
}

equipped("a station that is told to end in any phase, and started again", lack, (context) =>
  throughPhases(context, ["AwaitLink", "AwaitConnection", "AwaitAuthorizationReq", ...phases.power], terminate),
);
