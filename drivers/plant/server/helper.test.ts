import assert from "node:assert/strict";
import { test } from "node:test";
import { Trace } from "../../../core/trace";
import { HelperLink } from "../../serial/helper-link";
import { HelperPower } from "../../serial/power";
import { VirtualClock } from "../../virtual/clock";
import { SeededEntropy } from "../../virtual/entropy";
import { Plant } from "../../virtual/plant";
import { isObject, type Json } from "../protocol";
import { VirtualHelper } from "./helper";

function bench() {
  const clock = new VirtualClock();
  const trace = new Trace(() => clock.now());
  const entropy = new SeededEntropy(1);
  const plant = new Plant({ clock, trace, entropy });
  clock.process(plant);
  const heard: Json[] = [];
  const listeners: ((line: string) => void)[] = [];
  const send = (line: string): void => {
    heard.push(JSON.parse(line) as Json);
    for (const listener of listeners) listener(line);
  };
  const helper = new VirtualHelper({ clock, trace, entropy, plant, send });
  const say = (line: Json): void => helper.receive(JSON.stringify(line));
  const request = (method: string, params: Json = {}): void => say({ type: "req", id: 1, method, params });
  const told = (method: string): Json | undefined => heard.find((line) => line.method === method);
  /** A car in state C, and the contactor closed by the host's order. */
  const closed = (): void => {
    say({ cmd: "cp.drive", out: "x2", duty: 5 });
    plant.plug();
    clock.advance(50);
    plant.evPilot.present("C");
    clock.advance(50);
    request("sys.arm");
    request("contactor.set", { on: true });
    clock.advance(100);
    assert.equal(plant.powerPath.read().contactor, true);
  };
  return { clock, plant, heard, helper, say, request, told, closed, listeners };
}

test("it says that it has started, and a status each 200 ms without being asked", () => {
  const { clock, heard } = bench();
  assert.equal(heard[0]?.method, "evt:boot");
  clock.advance(1_000);
  assert.equal(heard.filter(({ type }) => type === "status").length, 6);
});

test("the contactor closes in C and D only, and armed", () => {
  const { clock, request, heard, plant, say } = bench();
  say({ cmd: "cp.drive", out: "x2", duty: 5 });
  plant.plug();
  clock.advance(50);
  request("sys.arm");
  request("contactor.set", { on: true });
  assert.deepEqual(heard.at(-1)?.error, { code: 1003, message: "not_charging" });
  plant.evPilot.present("C");
  clock.advance(1_600);
  request("contactor.set", { on: true });
  assert.deepEqual(heard.at(-1)?.error, { code: 1001, message: "not_armed" });
});

test("a car that leaves C opens the contactor before the host is told", () => {
  const { clock, closed, plant, told } = bench();
  closed();
  plant.evPilot.present("B");
  clock.advance(50);
  assert.equal(plant.powerPath.read().contactor, false);
  assert.deepEqual(told("evt:failsafe.pilot")?.result, { contactor: false, state: "B" });
});

test("only pings keep the contactor closed; any command keeps the line", () => {
  const { clock, closed, plant, say, told } = bench();
  closed();
  for (let times = 0; times < 4; times++) {
    say({ cmd: "ping" });
    clock.advance(500);
  }
  assert.equal(plant.powerPath.read().contactor, false);
  assert.ok(told("evt:failsafe.keepalive"));
  assert.equal(told("evt:failsafe.host"), undefined);
  clock.advance(1_700);
  assert.ok(told("evt:failsafe.host"));
  assert.equal(plant.evPilot.read().dutyPercent, undefined);
});

test("a welded contact is told once", () => {
  const { clock, closed, plant, heard, request } = bench();
  closed();
  plant.fault("evseContactorWelded");
  request("contactor.set", { on: false });
  clock.advance(1_400);
  const told = heard.filter(({ method }) => method === "evt:failsafe.aux");
  assert.deepEqual(
    told.map(({ result }) => result),
    [{ commanded: false, aux: true }],
  );
});

test("a host whose answer was lost learns from the next status that the contactor is open", async () => {
  const { clock, plant, helper, listeners } = bench();
  let deaf = (_: Json): boolean => false;
  const line = {
    open: true,
    write: (text: string) => void clock.after(1, () => helper.receive(text)),
    onLine: (listener: (text: string) => void) =>
      void listeners.push((text) => {
        const message: unknown = JSON.parse(text);
        if (isObject(message) && !deaf(message)) listener(text);
      }),
    onOpen: () => undefined,
    close: () => undefined,
  };
  const link = new HelperLink({ line, clock });
  const power = new HelperPower({ link, clock, rest: plant.powerPath });
  const pass = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 10) {
      clock.advance(10);
      await new Promise(setImmediate);
    }
  };
  await pass(500);
  link.command("cp.drive", { out: "x2", duty: 5 });
  plant.plug();
  await pass(50);
  plant.evPilot.present("C");
  await pass(50);
  power.contactor(true);
  await pass(200);
  assert.equal(power.read().contactor, true);
  deaf = ({ type }) => type === "res";
  power.contactor(false);
  await pass(1_500);
  assert.equal(plant.powerPath.read().contactor, false);
  assert.equal(power.read().contactor, false);
});
