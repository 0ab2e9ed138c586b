import { equal, match, ok } from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "ccs-hil-"));
after(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

function start(...args: readonly string[]): { child: ChildProcess; said: { out: string; err: string } } {
  const child = spawn(process.execPath, ["-r", "ts-node/register", join(__dirname, "main.ts"), ...args]);
  const said = { out: "", err: "" };
  child.stdout.on("data", (bytes) => {
    said.out += bytes;
  });
  child.stderr.on("data", (bytes) => {
    said.err += bytes;
  });
  return { child, said };
}

async function run(...args: readonly string[]): Promise<Ended> {
  const { child, said } = start(...args);
  const [code, signal] = await once(child, "close");
  return { code: code ?? signal, ...said };
}

const api = start("api", "--port", "0");
after(() => api.child.kill("SIGKILL"));
let base = "";
before(async () => {
  while (base === "" && api.child.exitCode === null) {
    base = /Serving (http:\/\/127\.0\.0\.1:\d+)\//.exec(api.said.err)?.[1] ?? "";
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  ok(base, api.said.err);
});

test("smoke: no vehicle", async () => {
  const { code, err } = await run("smoke", "--base", base, "--timeout", "0.5");
  equal(code, 1);
  match(err, /^ccs-hil: no vehicle within 0\.5 s/);
});

test("smoke: plugged in, matched, and what is known of it", async () => {
  const { code, out, err } = await run("smoke", "--base", base, "--plug");
  equal(code, 0, err);
  match(out, /pong\n/);
  match(out, /matched after \d+\.\d\d s\n/);
  match(out, /"state": "MATCHED",\n\s+"ev_mac": "02:00:00:00:EE:01"/);
});

test("smoke: nothing there", async () => {
  const { code, err } = await run("smoke", "--base", "http://127.0.0.1:9");
  equal(code, 3);
  equal(err.trim().split("\n").length, 1, err);
});

test("smoke: something else is there, or no address was named", async (context) => {
  for (const answer of ["<html>", "{}"]) {
    const other = createServer((_, response) => response.end(answer)).listen(0, "127.0.0.1");
    context.after(() => other.close());
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, err } = await run("smoke", "--base", `http://127.0.0.1:${port}`);
    equal(code, 1, err);
    match(err, /^ccs-hil: \/vehicle\/live was not answered as a station answers: is --base right\?\n$/);
  }
  const { code, err } = await run("smoke", "--base", "localhost:8000");
  equal(code, 2);
  match(err, /an address such as http:\/\/localhost:8000 is needed/);
});

test("api: told to end it ends, within 5 s and with status 0", async () => {
  const limit = setTimeout(() => api.child.kill("SIGKILL"), 5_500);
  api.child.kill("SIGTERM");
  const [code, signal] = await once(api.child, "exit");
  clearTimeout(limit);
  equal(code ?? signal, 0, api.said.err);
});

test("sim: the smallest session, with a plot at its end", async () => {
  const plot = join(folder, "session.svg");
  const { code, out, err } = await run(
    ...["sim", "--plug", "--port", "0", "--voltage", "20", "--current", "15", "--duration", "2", "--plot", plot],
  );
  equal(code, 0, out + err);
  for (const phase of ["HANDSHAKE", "CABLE_CHECK", "PRECHARGE", "CHARGING", "COMPLETE"])
    match(out, new RegExp(`^${phase}`, "m"));
  match(readFileSync(plot, "utf8"), /^<svg /);
});

test("sim: another shell plugs in", async () => {
  const { child, said } = start("sim", "--port", "0", "--duration", "1", "--plot", join(folder, "other.svg"));
  after(() => child.kill("SIGKILL"));
  let place: string | undefined;
  while (!place && child.exitCode === null) {
    place = /(http:\/\/127\.0\.0\.1:\d+)\/control\/cp_state/.exec(said.out)?.[1];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${place}/control/cp_state`, { method: "POST", headers, body: '{"state":"B"}' });
  equal(answer.status, 200);
  const [code] = await once(child, "exit");
  equal(code, 0, said.out + said.err);
  match(said.out, /COMPLETE: /);
});
