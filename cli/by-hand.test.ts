import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Network } from "../core/network";
import { Trace } from "../core/trace";
import { SystemClock } from "../drivers/linux/clock";
import { SystemEntropy } from "../drivers/linux/entropy";
import { SocketStream } from "../drivers/linux/stream";
import { defaultConfig, type SeccConfig } from "../secc/config";
import { StationNode } from "../secc/node";
import { obligingCar, runningPlant } from "./simulated-plant";

/** `ccs-hil handshake` and `ccs-hil inject` as processes of their own, against a station that listens at the loopback address. */
const main = ["-r", "ts-node/register", join(__dirname, "main.ts")];

async function run(...args: string[]) {
  const child = spawn(process.execPath, [...main, ...args], { cwd: join(__dirname, ".."), stdio: "pipe" });
  const said = { out: "", err: "" };
  child.stdout.on("data", (bytes: Buffer) => {
    said.out += bytes;
  });
  child.stderr.on("data", (bytes: Buffer) => {
    said.err += bytes;
  });
  const [status] = (await once(child, "close")) as [number];
  return { status, ...said };
}

/** A station at ::1, with the plug of a car in it. */
async function station(context: TestContext, config: Partial<SeccConfig> = {}) {
  const clock = new SystemClock();
  const trace = new Trace(() => clock.now());
  const entropy = new SystemEntropy();
  const { plant, stop } = runningPlant(clock, trace, entropy);
  const server = createServer();
  server.listen(0, "::1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const network: Network = {
    address: "::1",
    datagrams: (at) => ({ local: { address: "::1", port: at }, send: () => undefined, close: () => undefined }),
    connect: () => assert.fail("a station does not connect"),
    listen: (_port, accept) => {
      server.on("connection", (socket) => accept(new SocketStream(socket, { clock })));
      return { local: { address: "::1", port }, close: () => server.close() };
    },
  };
  obligingCar(plant, trace, clock);
  const ports = { clock, trace, entropy, network, pilot: plant.evsePilot, power: plant.powerPath };
  const node = new StationNode(ports, { ...defaultConfig, link: "none", ...config });
  while (node.state.at !== "AwaitConnection") await new Promise((resolve) => setTimeout(resolve, 5));
  context.after(() => {
    node.kill();
    stop();
  });
  const received = (): string[] => trace.of("v2g", "secc").flatMap(({ dir, name }) => (dir === "rx" ? [name] : []));
  const counted = () => trace.of("log", "secc").findLast(({ text }) => text === "metrics")?.fields;
  return { at: ["--host", "::1", "--port", String(port)], trace, received, counted };
}

const resending = { duplicateResend: { enabled: true, window: 2_000, max: 3 } };

test("handshake: three requests and their answers, and status 0", async (context) => {
  const { at, received } = await station(context);
  const { status, out, err } = await run("handshake", ...at);
  assert.equal(status, 0, err);
  assert.deepEqual(received(), ["supportedAppProtocolReq", "SessionSetupReq", "ServiceDiscoveryReq"]);
  assert.match(out, /received ServiceDiscoveryRes \{"ResponseCode":"OK"/);
  assert.match(out, /\ndone +the handshake is complete\n$/);
});

test("handshake --duplicate-sd: the same response to a station that resends, a refusal from one that does not", async (context) => {
  const resender = await station(context, resending);
  const twice = await run("handshake", ...resender.at, "--duplicate-sd");
  assert.equal(twice.status, 0, twice.err);
  assert.equal(resender.received().filter((name) => name === "ServiceDiscoveryReq").length, 2);
  const strict = await station(context);
  const refused = await run("handshake", ...strict.at, "--duplicate-sd");
  assert.deepEqual(
    [refused.status, refused.err],
    [1, "ccs-hil: ServiceDiscoveryReq: refused with FAILED_SequenceError\n"],
  );
});

test("handshake --corrupt-after-sap: goes on where it is tolerated, and says where it is not", async (context) => {
  const tolerant = await station(context, { maxDecodeErrors: 2 });
  const { status, err, out } = await run("handshake", ...tolerant.at, "--corrupt-after-sap");
  assert.equal(status, 0, err);
  assert.match(out, /sent +an undecodable payload/);
  assert.deepEqual(tolerant.received()[1], "(undecodable)");
  const strict = await station(context);
  const closed = await run("handshake", ...strict.at, "--corrupt-after-sap");
  assert.deepEqual([closed.status, closed.err], [1, "ccs-hil: SessionSetupReq: the station closed the connection\n"]);
});

test("handshake --pause-before-sd: a pause, and one that is longer than the station waits", async (context) => {
  const { at, trace } = await station(context, { sequenceTimeout: 1_000 });
  const paused = await run("handshake", ...at, "--pause-before-sd", "0.5");
  assert.equal(paused.status, 0, paused.err);
  const [setUp, discovery] = trace
    .of("v2g", "secc")
    .filter(({ name }) => name === "SessionSetupRes" || name === "ServiceDiscoveryReq");
  assert.ok((discovery?.t ?? 0) - (setUp?.t ?? 0) >= 490);
  const other = await station(context, { sequenceTimeout: 200 });
  const late = await run("handshake", ...other.at, "--pause-before-sd", "1.0");
  assert.deepEqual([late.status, late.err], [1, "ccs-hil: ServiceDiscoveryReq: the station closed the connection\n"]);
});

test("inject: random payloads, counted by the station, until it closes", async (context) => {
  const { at, received, counted } = await station(context, { maxDecodeErrors: 2 });
  const { status, out, err } = await run(
    "inject",
    ...at,
    ...["--mode", "corrupt-exi", "--count", "5", "--size", "64", "--interval", "0", "--read-timeout", "0.3"],
  );
  assert.deepEqual([status, err], [1, "ccs-hil: the station closed the connection after 3 of 5 frames\n"]);
  assert.equal(out.match(/^sent +\d\/5 01fe800100000040/gim)?.length, 3);
  assert.deepEqual(received(), ["(undecodable)", "(undecodable)", "(undecodable)"]);
  assert.equal((counted() as { rx_decode_errors?: number }).rx_decode_errors, 3);
});

test("inject: wrong headers, another protocol's type and a given payload pass unanswered", async (context) => {
  const { at, trace } = await station(context);
  const few = ["--count", "2", "--interval", "0", "--read-timeout", "0.1"];
  for (const args of [
    ["--mode", "bad-header", ...few],
    ["--protocol", "v20", "--payload-hex", "DEADBEEF", ...few],
    ["--payload-type", "0x7001", "--size", "0", ...few],
  ]) {
    const { status, out, err } = await run("inject", ...at, ...args);
    assert.equal(status, 0, err);
    assert.equal(out.match(/^no answer$/gm)?.length, 2, out);
    // The car of this station comes again 2 s after each session.
    const ended = () =>
      trace.of("state", "secc").filter(({ to, from }) => to === "AwaitConnection" && from !== "").length;
    const before = ended();
    while (ended() === before && args[0] !== "--payload-type") await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const frames = trace.of("v2g", "secc").map(({ name, hex }) => [name, hex.slice(0, 16).toUpperCase()]);
  assert.deepEqual(
    frames.map(([name]) => name),
    Array(6).fill("(skipped)"),
  );
  assert.deepEqual([frames[2]?.[1], frames[4]?.[1]], ["01FE800200000004", "01FE700100000000"]);
});

test("inject --mode duplicate: the same bytes each time", async (context) => {
  const { at, trace } = await station(context, { maxDecodeErrors: 9 });
  const { status, err } = await run("inject", ...at, "--mode", "duplicate", "--count", "3", "--interval", "0");
  assert.equal(status, 0, err);
  const sent = trace.of("v2g", "secc").map(({ hex }) => hex);
  assert.deepEqual([sent.length, new Set(sent).size], [3, 1]);
});

test("what cannot be: nobody there is status 3, a wrong call is status 2, each with a line", async () => {
  const nobody = await run("handshake", "--host", "::1", "--port", "1");
  assert.deepEqual([nobody.status, nobody.err], [3, "ccs-hil: cannot connect to ::1 port 1: ECONNREFUSED\n"]);
  const zoneless = await run("inject", "--host", "fe80::1", "--port", "1");
  assert.deepEqual(
    [zoneless.status, zoneless.err],
    [3, "ccs-hil: cannot connect to fe80::1 port 1: the interface is missing, as in fe80::1%eth0\n"],
  );
  for (const args of [
    ["inject", "--host", "::1"],
    ["inject", "--host", "::1", "--port", "0"],
    ["inject", "--host", "::1", "--port", "1", "--mode", "nonsense"],
    ["inject", "--host", "::1", "--port", "1", "--payload-hex", "XY"],
    ["inject", "--host", "::1", "--port", "1", "--payload-type", "0x10000"],
    ["handshake", "--host", "::1", "--port", "1", "--pause-before-sd", "-1"],
  ]) {
    const { status, err } = await run(...args);
    assert.equal(status, 2, err);
    assert.doesNotMatch(err, /\n +at /);
  }
});
