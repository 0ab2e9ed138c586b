import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Namespaces } from "../drivers/linux/namespace";
import { equipped } from "../scripts/foreign";
import { heard, lack, until } from "./processes.contract";

/** What a vehicle can reach of a station that has its HTTP interface open: SDP and the V2G port, and nothing else. */

const main = join(__dirname, "main.ts");
const env = { ...process.env, NODE_TEST_CONTEXT: undefined, EVSE_LOG_FORMAT: "json" };

/** Tries every TCP port of the address in its argument, and tells which ones are open. */
const scanner = `
const { connect } = require("node:net");
const [address] = process.argv.slice(1);
const open = [];
let next = 1, running = 0, told = false;
const more = () => {
  if (next > 65535 && running === 0 && !told) return void (told = true, console.log(JSON.stringify(open)));
  while (running < 200 && next <= 65535) {
    const port = next++;
    running++;
    const socket = connect({ host: address, port });
    const end = () => { socket.destroy(); running--; setImmediate(more); };
    socket.setTimeout(20000, () => { open.push(-port); end(); });
    socket.once("connect", () => { open.push(port); end(); });
    socket.once("error", ({ code }) => { if (code !== "ECONNREFUSED") open.push(-port); end(); });
  }
};
more();`;

/** Sockets in the namespace of process \`pid\`: local port and whether something beyond the machine reaches them. */
function sockets(pid: number, table: "tcp" | "tcp6" | "udp" | "udp6"): { port: number; loopback: boolean }[] {
  const lines = readFileSync(`/proc/${pid}/net/${table}`, "utf8").trim().split("\n").slice(1);
  return lines.flatMap((line) => {
    const [, local = "", , state] = line.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    const listens = table.startsWith("udp") || state === "0A";
    return listens ? [{ port: Number.parseInt(port, 16), loopback: /^(0100007F|0{24}01000000)$/.test(address) }] : [];
  });
}

equipped("a port scan from the vehicle's side finds SDP and the V2G port only", lack, async (context) => {
  const spaces = Namespaces.create({
    worker: `ports${process.pid}`,
    roles: ["secc", "evcc"],
    cables: [
      [
        { role: "secc", interface: "eth0", address: "fe80::5e" },
        { role: "evcc", interface: "eth0", address: "fe80::ee" },
      ],
    ],
  });
  context.after(() => spaces.destroy());
  const node = ["-r", "ts-node/register"];
  const args = ["secc", "--iface", "eth0", "--link", "none", "--pilot", "sim", "--api", "127.0.0.1:8000"];
  const secc = heard(spaces.spawn("secc", process.execPath, [...node, main, ...args], { env, stdio: "pipe" }));
  await until(
    "it serves",
    () => secc.said.err.includes("Serving"),
    () => secc.said.err,
  );
  const [, v2g] = /"message":"Listening".*?"port":(\d+)/.exec(secc.said.err) ?? [];
  match(String(v2g), /^\d+$/);

  const ask = `fetch("http://127.0.0.1:8000/hlc/status").then((it) => it.json()).then((it) => console.log(it.iface))`;
  const inside = heard(spaces.spawn("secc", process.execPath, ["-e", ask], { stdio: "pipe" }));
  equal(await inside.exit, 0, inside.said.err);
  equal(inside.said.out.trim(), "eth0", "the interface itself is there");

  const scan = heard(spaces.spawn("evcc", process.execPath, ["-e", scanner, "fe80::5e%eth0"], { stdio: "pipe" }));
  equal(await scan.exit, 0, scan.said.err);
  deepEqual(JSON.parse(scan.said.out), [Number(v2g)]);

  const { pid } = secc.child;
  ok(pid !== undefined);
  const reachable = (tables: readonly ("tcp" | "tcp6" | "udp" | "udp6")[]): number[] => [
    ...new Set(
      tables.flatMap((table) =>
        sockets(pid, table)
          .filter(({ loopback }) => !loopback)
          .map(({ port }) => port),
      ),
    ),
  ];
  deepEqual(reachable(["tcp", "tcp6"]), [Number(v2g)]);
  deepEqual(reachable(["udp", "udp6"]), [15118]);
  secc.child.kill("SIGTERM");
  equal(await secc.exit, 0);
});
