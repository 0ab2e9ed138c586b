import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Namespaces, namespacesProblem } from "../drivers/linux/namespace";
import { equipped } from "../scripts/foreign";

/** What the kernel says of a station's process when a crowd comes to its ports: `ccs-hil secc` on one end of a cable. */
const lack = namespacesProblem()?.message;
if (lack !== undefined && process.env.CCS_HIL_REQUIRE_NAMESPACES === "1") throw new Error(lack);

const project = join(__dirname, "..");
const command = (role: "secc" | "evcc", ...args: string[]): string[] => [
  ...["-r", "ts-node/register", join(__dirname, "main.ts"), role, "--iface", "eth0", "--link", "none"],
  ...["--pilot", "sim", ...args],
];

/** Opens so many connections and says how many were opened, and how many are still open so many seconds later. */
const crowd = `
  const net = require("node:net");
  const [port, count, seconds] = process.argv.slice(1).map(Number);
  let opened = 0, open = 0;
  for (let i = 0; i < count; i++) {
    const socket = net.connect({ host: "fe80::5e%eth0", port });
    socket.on("connect", () => { opened++; open++; socket.once("close", () => open--); });
    socket.on("error", () => undefined).resume();
  }
  setTimeout(() => { console.log(JSON.stringify({ opened, open })); process.exit(); }, seconds * 1000);
`;

/** Asks for a station 10 000 times in a second, for two of them, and says how many answers came. */
const flood = `
  const socket = require("node:dgram").createSocket("udp6");
  const request = Buffer.from("01fe9000000000021000", "hex");
  let answers = 0, sent = 0;
  socket.on("message", () => answers++);
  socket.bind(0, () => {
    const from = performance.now();
    const burst = () => {
      const due = Math.min(20000, (performance.now() - from) * 10);
      for (; sent < due; sent++) socket.send(request, 15118, "ff02::1%eth0");
      if (sent < 20000) setTimeout(burst, 5);
      else setTimeout(() => { console.log(JSON.stringify({ sent, answers })); process.exit(); }, 500);
    };
    burst();
  });
`;

equipped(
  "a thousand connections and 20 000 SDP requests: the station keeps its handles and its memory, and serves the next vehicle",
  lack,
  async (context) => {
    const spaces = Namespaces.create({
      worker: `crowd${Math.floor(Math.random() * 1e6)}`,
      roles: ["secc", "evcc"],
      cables: [
        [
          { role: "secc", interface: "eth0", mac: "02:00:00:00:5e:01", address: "fe80::5e" },
          { role: "evcc", interface: "eth0", mac: "02:00:00:00:ee:01", address: "fe80::ee" },
        ],
      ],
    });
    context.after(() => spaces.destroy());
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, EVSE_LOG_FORMAT: "json" };
    const start = (role: "secc" | "evcc", args: readonly string[]) => {
      const child = spaces.spawn(role, process.execPath, args, {
        cwd: project,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      context.after(() => child.kill("SIGKILL"));
      const said = { out: "", err: "" };
      child.stdout?.on("data", (bytes: Buffer) => {
        said.out += bytes;
      });
      child.stderr?.on("data", (bytes: Buffer) => {
        said.err += bytes;
      });
      return { child, said, ended: once(child, "close").then(([code]) => code as number) };
    };
    const secc = start("secc", command("secc", "--port", "61341"));
    const until = async (what: string, holds: () => boolean): Promise<void> => {
      for (let waited = 0; !holds(); waited += 20) {
        assert.ok(waited < 60_000, `never: ${what}\n${secc.said.err}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await until("listening", () => secc.said.err.includes("Listening"));
    await until("plugged in", () => secc.said.err.includes("Vehicle detected"));
    const pid = secc.child.pid as number;
    const handles = () => readdirSync(`/proc/${pid}/fd`).length;
    const before = { handles: handles(), memory: memoryOf(pid) };

    const script = (source: string, ...args: number[]) => start("evcc", ["-e", source, "--", ...args.map(String)]);
    const asked = script(flood);
    assert.equal(await asked.ended, 0, asked.said.err);
    const { sent, answers } = JSON.parse(asked.said.out) as { sent: number; answers: number };
    assert.ok(answers > 0 && answers <= sent, `${answers} answers to ${sent} requests`);

    const came = script(crowd, 61_341, 1000, 5);
    assert.equal(await came.ended, 0, came.said.err);
    const { opened, open } = JSON.parse(came.said.out) as { opened: number; open: number };
    assert.ok(opened > 500 && open <= 16, `${open} of ${opened} connections are open`);

    // The first of them was taken for the vehicle's; it is gone now.
    await until("the plug was out and is in again", () => secc.said.err.split("Vehicle detected").length > 2);
    const car = start("evcc", command("evcc", "--loops", "3", "--once"));
    assert.equal(await car.ended, 0, car.said.err + secc.said.err);
    await until("all handles are back", () => handles() <= before.handles + 2);
    assert.ok(memoryOf(pid) < before.memory + 64, `${before.memory} MB before, ${memoryOf(pid)} MB after`);
    assert.equal(secc.child.exitCode, null);
  },
);

/** Resident, in MB. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
