import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { insideNamespace, skippingWithoutCapture } from "../drivers/linux/inside-namespace.contract";
import { RawLink } from "../drivers/linux/raw-link";
import { SeededEntropy } from "../drivers/virtual/entropy";
import { encodeMme, macOf } from "../protocol/homeplug";

/** Of both directions together. */
const FRAMES = 200_000;
/** At a time, so that the flood is one of bad frames and not of lost ones. */
const BURST = 20;
/** In MiB; what a process of ours may grow while nothing but bad frames come. */
const GROWTH = 64;

const plan = {
  worker: "flood",
  roles: ["lab"],
  cables: [
    [
      { role: "lab", interface: "ev", mac: "02:00:00:00:ee:01" },
      { role: "lab", interface: "plc_ev" },
    ],
    [
      { role: "lab", interface: "se", mac: "02:00:00:00:5e:01" },
      { role: "lab", interface: "plc_se" },
    ],
  ],
} as const;

function hil(...args: readonly string[]) {
  const child = spawn(process.execPath, ["-r", "ts-node/register", join(__dirname, "main.ts"), ...args], {
    cwd: join(__dirname, ".."),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    said.err += bytes.toString();
  });
  return { child, said, exit: once(child, "close").then(([code, signal]) => (code ?? signal) as number | string) };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    assert.ok(waited < 30_000, `never: ${what}`);
    await sleep(10);
  }
}

const residentMiB = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** Noise of the power line's EtherType, or a message of a match that never was: whole, cut short, or bent. */
function badFrame(entropy: SeededEntropy, from: RawLink, to: RawLink): Uint8Array {
  const octet = (): number => entropy.bytes(1)[0] ?? 0;
  // Whole messages are of another car: who speaks in the name of this one can stop its match, as nothing in SLAC is secured.
  const [da, sa] = [macOf(to.mac), "02:00:00:00:AA:01"];
  const runId = Buffer.from(entropy.bytes(8)).toString("hex");
  const whole = [
    () => encodeMme({ name: "CM_SLAC_PARM.REQ", da: "FF:FF:FF:FF:FF:FF", sa, fields: { RunID: runId } }),
    () => encodeMme({ name: "CM_SLAC_PARM.CNF", da, sa, fields: { FORWARDING_STA: da, RunID: runId } }),
    () => encodeMme({ name: "CM_ATTEN_CHAR.RSP", da, sa, fields: { SOURCE_ADDRESS: sa, RunID: runId } }),
    () => encodeMme({ name: "CM_SLAC_MATCH.REQ", da, sa, fields: { PEV_MAC: sa, EVSE_MAC: da, RunID: runId } }),
  ];
  const kind = octet();
  if (kind < 100) {
    const noise = entropy.bytes(14 + octet());
    noise.set([...to.mac, ...from.mac, 0x88, 0xe1]);
    return noise;
  }
  const frame = Uint8Array.from((whole[octet() % whole.length] as () => Uint8Array)());
  if (kind < 180) {
    if (kind < 140) frame.set(from.mac, 6);
    return frame.subarray(0, 14 + (octet() % 14));
  }
  if (kind < 240) frame[14 + (octet() % (frame.length - 14))] = octet();
  return frame;
}

insideNamespace(__filename, plan, () => {
  const { skip } = skippingWithoutCapture();
  if (skip !== undefined) return void test("a match among bad frames", { skip }, () => undefined);

  test(`${FRAMES} bad frames stop no match, end no process and fill no memory`, async (context) => {
    const ports = ["--port", "plc_ev=02:b0:52:00:ee:02,ev", "--port", "plc_se=02:b0:52:00:5e:02,evse"];
    const modem = hil("modem", "--mortal", "--join-delay", "100", ...ports);
    context.after(() => modem.child.kill("SIGKILL"));
    await until("the modem is ready", () => modem.said.out !== "");
    const waiting = hil("slac", "--role", "evse", "--iface", "se", "--timeout", "300");
    context.after(() => waiting.child.kill("SIGKILL"));
    await until("the station waits", () => waiting.said.err.includes("Matching"));
    const [ev, se] = await Promise.all([RawLink.open({ interface: "ev" }), RawLink.open({ interface: "se" })]);
    const entropy = new SeededEntropy(7);
    const processes = [modem.child, waiting.child];
    let sent = 0;
    const flood = setInterval(() => {
      for (let burst = 0; burst < BURST; burst += 2) {
        ev.send(badFrame(entropy, ev, se));
        se.send(badFrame(entropy, se, ev));
      }
      sent += BURST;
    }, 2);
    // A heap grows to its working size first.
    await until("a fifth of the flood", () => sent > FRAMES / 5);
    const before = processes.map(residentMiB);
    await until("most of the flood", () => sent > (FRAMES * 4) / 5);
    const grown = processes.map((child, index) => residentMiB(child) - (before[index] ?? 0));
    if (process.env.B1) console.error(before, grown);
    for (const mib of grown) assert.ok(mib < GROWTH, `grown by ${grown.map((it) => it.toFixed(0)).join(", ")} MiB`);

    const car = hil("slac", "--role", "ev", "--iface", "ev", "--timeout", "60");
    const result = await car.exit;
    assert.equal(result, 0, car.said.out + car.said.err);
    assert.equal(await waiting.exit, 0, waiting.said.out + waiting.said.err);
    const { peer } = JSON.parse(waiting.said.out) as { peer: string };
    assert.equal(peer, "02:00:00:00:EE:01");
    await until("the whole flood", () => sent > FRAMES);
    clearInterval(flood);
    assert.equal(modem.child.exitCode, null, modem.said.err);
    for (const link of [ev, se]) link.close();
  });
});
