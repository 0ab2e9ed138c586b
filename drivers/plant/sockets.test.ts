import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { SystemClock } from "../linux/clock";
import { EnvironmentError } from "../linux/environment";
import { SeededEntropy } from "../virtual/entropy";
import { socketBench, until } from "./bench.contract";
import { openPlantSockets, PlantServer, PlantStation, roles } from "./index";
import { protocol } from "./protocol";

async function plant(context: TestContext) {
  const bench = await socketBench();
  context.after(() => bench.close());
  const dial = async (path: string): Promise<Socket> => {
    const socket = connect(path);
    context.after(() => socket.destroy());
    socket.on("error", () => undefined).resume();
    await once(socket, "connect");
    return socket;
  };
  return { ...bench, dial };
}

function folder(context: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "ccs-hil-sockets-"));
  context.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function open(context: TestContext, where: string) {
  const clock = new SystemClock();
  const server = new PlantServer({ clock, originNs: clock.origin, entropy: (seed) => new SeededEntropy(seed) });
  context.after(() => server.close());
  const sockets = await openPlantSockets(server, where, () => undefined);
  context.after(() => sockets.close());
  return sockets;
}

const problem = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof EnvironmentError, String(error));
  assert.match(error.message, pattern);
  return true;
};

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("the sockets are the owner's alone, in a folder that is made, and go with the plant", async (context) => {
  const where = join(folder(context), "deep", "plant");
  const { paths, close } = await open(context, where);
  assert.deepEqual([where, ...roles.map((role) => paths[role])].map(mode), ["700", "600", "600", "600"]);
  close();
  await until(() => !roles.some((role) => existsSync(paths[role])));
});

test("sockets that a dead plant has left are replaced", async (context) => {
  const where = folder(context);
  const script = `require("node:net").createServer().listen(${JSON.stringify(join(where, "evse"))}, () => process.kill(process.pid, "SIGKILL"))`;
  spawnSync(process.execPath, ["-e", script]);
  assert.ok(existsSync(join(where, "evse")));
  const { paths } = await open(context, where);
  const socket = connect(paths.evse);
  await once(socket, "data");
  socket.destroy();
});

test("a plant that is running is left alone", async (context) => {
  const where = folder(context);
  const { paths } = await open(context, where);
  await assert.rejects(open(context, where), problem(/a plant is running there/));
  const socket = connect(paths.ev);
  await once(socket, "data");
  socket.destroy();
});

test("a file that is no socket, a folder that is a file and a path that is too long are refused in words", async (context) => {
  const where = folder(context);
  writeFileSync(join(where, "ev"), "precious");
  await assert.rejects(open(context, where), problem(/no socket/));
  assert.ok(existsSync(join(where, "ev")) && !existsSync(join(where, "evse")));
  await assert.rejects(open(context, join(where, "ev")), problem(/cannot/));
  await assert.rejects(open(context, join(where, "a".repeat(100))), problem(/at most 103 bytes/));
});

test("a line that is too long cuts its client off, and nobody else", async (context) => {
  for (const end of ["", "\n"]) {
    const { paths, dial, cutOff } = await plant(context);
    const [good, bad] = [await dial(paths.evse), await dial(paths.evse)];
    let heard = "";
    good.on("data", (bytes: Buffer) => {
      heard += bytes.toString();
    });
    const line = JSON.stringify({ type: "req", id: 1, method: "sys.ping", params: { a: "" } });
    good.write(`${line.padEnd(protocol.line)}\r\n`);
    bad.write("x".repeat(protocol.line + 1 + 1) + end);
    await once(bad, "close");
    assert.deepEqual(cutOff, [{ role: "evse", because: "a line that is too long" }]);
    await until(() => heard.includes("up_ms"));
  }
});

test("a flood cuts its client off; the plant goes on", async (context) => {
  const { paths, dial, cutOff, server } = await plant(context);
  const flood = await dial(paths.ev);
  flood.on("data", () => undefined);
  for (let at = 0; at < 3 * protocol.lines; at++) flood.write('{"type":"req","id":1,"method":"inlet.read"}\n');
  await once(flood, "close");
  assert.deepEqual(cutOff, [{ role: "ev", because: "more than 1000 lines a second" }]);
  await until(() => server.clients.size === 0);
});

test("a client that does not read is cut off before a megabyte and a little waits for it", async (context) => {
  const { paths, dial, cutOff, server } = await plant(context);
  const lazy = await dial(paths.observer);
  lazy.pause();
  await until(() => server.clients.size === 1);
  const [client] = server.clients;
  let sent = 0;
  while (cutOff.length === 0 && sent < 10_000) {
    client?.receive('{"type":"req","id":1,"method":"plant.faults"}');
    if (++sent % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 600));
  }
  assert.deepEqual(cutOff, [{ role: "observer", because: "it does not read" }]);
  await until(() => server.clients.size === 0);
});

test("CR and empty lines are nothing, UTF-8 passes, lines come in pieces", async (context) => {
  const { paths, dial } = await plant(context);
  const socket = await dial(paths.observer);
  let heard = "";
  socket.on("data", (bytes: Buffer) => {
    heard += bytes.toString();
  });
  const line = Buffer.from('\r\n\n{"type":"req","id":77,"method":"plant.clear","params":{"name":"ä€😀"}}\r\n');
  for (const byte of line) socket.write(Uint8Array.of(byte));
  await until(() => heard.includes('"id":77'));
  assert.match(heard, /unknown_fault/);
  assert.doesNotMatch(heard, /bad_json/);
});

test("a socket where something else answers is no plant", async (context) => {
  const where = folder(context);
  const other = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  context.after(() => other.close());
  other.listen(join(where, "evse"));
  await once(other, "listening");
  const clock = new SystemClock();
  await assert.rejects(
    PlantStation.open({ path: join(where, "evse"), clock, patienceMs: 300 }),
    problem(/no plant on .*hung up/),
  );
});
