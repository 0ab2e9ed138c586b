import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { hostBuild, missingForSerial } from "../firmware/build";
import { equipped } from "../scripts/foreign";
import { until as eventually, heard, type Process } from "./processes.contract";

/** `ccs-hil api` and `sim` with the pilot that EVSE_HAL_ADAPTER and ESP_CP_PORT name: here the firmware's host build. */

const main = ["-r", "ts-node/register", join(__dirname, "main.ts")];

function start(context: TestContext, environment: Record<string, string>, ...args: string[]): Process {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, ...environment };
  const started = heard(
    spawn(process.execPath, [...main, ...args], { cwd: join(__dirname, ".."), env, stdio: "pipe" }),
  );
  context.after(() => started.child.kill("SIGKILL"));
  return started;
}

const until = (what: string, { said }: Process, holds: () => boolean | Promise<boolean>): Promise<void> =>
  eventually(what, holds, () => said.out + said.err);

/** A helper on a pseudo-terminal, and a hand at the resistors of its pilot. */
async function helper(context: TestContext) {
  const child: ChildProcess = spawn(await hostBuild(), ["--die-with-parent"], { stdio: ["pipe", "ignore", "pipe"] });
  context.after(() => child.kill("SIGKILL"));
  const [bytes] = (await once(child.stderr!, "data")) as [Buffer];
  const ESP_CP_PORT = bytes.toString().split("\n")[0] ?? "";
  const car = (shows: string): void => void child.stdin?.write(`${JSON.stringify({ car: shows })}\n`);
  return { child, car, environment: { ESP_CP_PORT } };
}

equipped(
  "the API before a real pilot: its helper answers, its vehicle is matched and charges, nobody moves it by hand",
  missingForSerial,
  async (context) => {
    const { child, car, environment } = await helper(context);
    const api = start(context, { ...environment, EVSE_HAL_ADAPTER: "esp-uart" }, "api", "--port", "0");
    const place = (): string | undefined => /Serving (http:\S+)\//.exec(api.said.err)?.[1];
    await until("serving", api, () => place() !== undefined);
    const get = async (path: string) => (await (await fetch(`${place()}${path}`)).json()) as Record<string, unknown>;
    const post = async (path: string, body: object = {}): Promise<[number, unknown]> => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${place()}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return [answer.status, await answer.json()];
    };
    assert.deepEqual(await post("/esp/ping"), [200, { type: "pong", pong: true }]);
    assert.equal((await post("/control/cp_state", { state: "B" }))[0], 409);
    const params = { target_voltage: 400, initial_current: 50, duration_s: 1 };
    assert.deepEqual(await post("/start_session", params), [200, { status: "started" }]);
    car("B");
    await until("matched", api, async () => (await get("/vehicle/slac")).state === "MATCHED");
    await until("charging", api, async () => (await get("/status")).phase === "CHARGING");
    await until("over", api, async () => (await get("/status")).session_active === false);
    assert.equal((await post("/start_session", params))[0], 409);
    car("none");
    await until("unplugged", api, async () => (await get("/cp")).state === "A");
    const { ended_phase, energy_Wh } = (await get("/status")).last_session_summary as Record<string, unknown>;
    assert.equal(ended_phase, "COMPLETE");
    assert.ok((energy_Wh as number) > 1);
    child.kill("SIGKILL");
    await until("lost", api, async () => (await get("/cp")).state === "F");
    assert.equal((await post("/esp/ping"))[0], 409);
    api.child.kill("SIGTERM");
    assert.equal(await api.exit, 0, api.said.err);
  },
);

equipped("the simulation waits for a real plug, and logs as it is told", missingForSerial, async (context) => {
  const { car, environment } = await helper(context);
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-sim-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const more = { ...environment, EVSE_HAL_ADAPTER: "esp-uart", EVSE_LOG_LEVEL: "INFO" };
  const args = ["--port", "0", "--duration", "1", "--plot", join(folder, "sim.svg")];
  const refused = start(context, more, "sim", "--plug", ...args);
  assert.equal(await refused.exit, 2);
  assert.match(refused.said.err, /--plug is for a simulated pilot/);
  const sim = start(context, more, "sim", ...args);
  await until("waiting", sim, () => sim.said.out.includes("waiting for the plug"));
  assert.doesNotMatch(sim.said.out, /curl/);
  car("B");
  await until("seen", sim, () => sim.said.out.includes("\nHANDSHAKE   B"));
  await until("logged", sim, () => /INFO {2}evse\.main {4}Vehicle detected via CP state=B/.test(sim.said.err));
});

for (const [what, status, says, environment] of [
  [
    "a line that is not there",
    3,
    /\/dev\/no-such-line/,
    { EVSE_HAL_ADAPTER: "esp-uart", ESP_CP_PORT: "/dev/no-such-line" },
  ],
  ["an adapter of one's own", 2, /ccs-hil secc takes a module/, { EVSE_HAL_ADAPTER: "./mine.js" }],
] as const)
  test(`${what}: status ${status}, with a line`, async (context) => {
    if (status === 3 && missingForSerial !== undefined) return context.skip(`not run: ${missingForSerial}`);
    for (const args of [
      ["api", "--port", "0"],
      ["sim", "--port", "0", "--plug", "--plot", join(tmpdir(), "ccs-hil-never-drawn.svg")],
    ]) {
      const { exit, said } = start(context, environment, ...args);
      assert.equal(await exit, status, said.err);
      assert.match(said.err, says);
      assert.doesNotMatch(said.err, /\n +at /);
    }
  });
