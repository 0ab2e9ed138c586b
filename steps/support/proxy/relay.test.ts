import assert from "node:assert/strict";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { skipping } from "../../../drivers/linux/inside-namespace.contract";
import { Namespaces } from "../../../drivers/linux/namespace";

/** What a real station says, changed on real wires: the features have to fail, and have to pass where nothing is changed. */
const root = join(__dirname, "..", "..", "..");
const typescript = ["-r", "ts-node/register"];
const station = ["cli/main.ts", "secc", "--iface", "se", "--link", "none", "--pilot", "sim", "--port", "61341"];
const cucumber = join(root, "node_modules", "@cucumber", "cucumber", "bin", "cucumber.js");

/** A mutation of each kind, and the scenario that has to notice it. */
const mutations: Readonly<Record<string, string>> = {
  "SDPResponse.security other": "@TC_SECC_CMN_VTB_SDP_001",
  "supportedAppProtocolRes.SchemaID +1": "@good-session and @HIL-OP02",
  "SessionSetupRes.EVSEID other": "@good-session and @HIL-CT02",
  "ServiceDiscoveryRes dropped": "@good-session and @HIL-OP02",
  "AuthorizationRes doubled": "@good-session and @HIL-OP02",
  "ChargeParameterDiscoveryRes.DC_EVSEChargeParameter.EVSEMaximumCurrentLimit x10": "@good-session and @HIL-CT05",
  "CableCheckRes.DC_EVSEStatus.EVSENotification =StopCharging": "@good-session and @HIL-CT06",
  "PreChargeRes with a length of one more": "@good-session and @HIL-OP02",
  "PowerDeliveryRes#2.DC_EVSEStatus.EVSEStatusCode =EVSE_Malfunction": "@good-session and @HIL-CT06",
  "CurrentDemandRes#2 400 ms late": "@good-session and @HIL-OP02",
};
const all = [...new Set(Object.values(mutations))].map((tags) => `(${tags})`).join(" or ");

/** Until that is in a line of its output. */
const said = (child: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it said "${text}"`)));
    if (child.stderr) createInterface(child.stderr).on("line", (line) => line.includes(text) && resolve());
  });

/** Exit code of the good sessions of a station with the proxy before it, and what the run has told. */
async function judged(worker: string, scenarios: string, mutation?: string): Promise<Run> {
  const lab = Namespaces.create({
    worker,
    roles: ["se", "px", "ev"],
    cables: [
      [
        { role: "se", interface: "se", mac: "02:00:00:00:5e:01", address: "fe80::5ecc" },
        { role: "px", interface: "ps", mac: "02:00:00:00:5e:02", address: "fe80::5ece" },
      ],
      [
        { role: "px", interface: "pe", mac: "02:00:00:00:ee:02", address: "fe80::eece" },
        { role: "ev", interface: "ev", mac: "02:00:00:00:ee:01", address: "fe80::ee" },
      ],
    ],
  });
  const options: SpawnOptions = { cwd: root, stdio: ["ignore", "ignore", "pipe"] };
  try {
    const secc = lab.spawn("se", process.execPath, [...typescript, ...station], options);
    const words = [...typescript, "steps/support/proxy/program.ts", "pe", "ps", ...(mutation ? [mutation] : [])];
    const proxy = lab.spawn("px", process.execPath, words, options);
    await Promise.all([said(secc, "Listening"), said(proxy, "Listening")]);
    return await run(lab, scenarios);
  } finally {
    lab.destroy();
  }
}

interface Run {
  readonly code: number | null;
  readonly output: string;
}

async function run(lab: Namespaces, scenarios: string): Promise<Run> {
  const parameters = JSON.stringify({ external: { iface: "ev" }, plots: "none" });
  const words = ["-p", "external", "--format", "summary", "--world-parameters", parameters, "--fail-fast"];
  const tags = ["--tags", `@sut-secc and (${scenarios})`];
  const child = lab.spawn("ev", process.execPath, [cucumber, ...words, ...tags], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => void chunks.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, output: Buffer.concat(chunks).toString() };
}

test("a station behind a proxy", { ...skipping(), concurrency: 4 }, async (t) => {
  const unchanged = t.test("that changes nothing passes", async () => {
    const { code, output } = await judged("relay", all);
    assert.equal(code, 0, output);
    assert.match(output, /[1-9]\d* passed/);
  });
  const changed = Object.entries(mutations).map(([mutation, scenario], index) =>
    t.test(`fails by a judgement: ${mutation}`, async () => {
      const { code, output } = await judged(`relay${index}`, scenario, mutation);
      assert.equal(code, 1, output);
      assert.match(output, /: required .*, measured /);
    }),
  );
  await Promise.all([unchanged, ...changed]);
});
