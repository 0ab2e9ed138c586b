import assert from "node:assert/strict";
import { test } from "node:test";
import type { PilotReading } from "../../core/pilot";
import type { SerialLine } from "../../core/serial-line";
import { VirtualClock } from "../virtual/clock";
import { HelperError, HelperLink, limits } from "./helper-link";
import { LineSplitter, longestLine } from "./line-splitter";
import { readLine } from "./messages";
import { SerialPilot } from "./pilot";
import type { PilotFault } from "./plausibility";

/** A line whose other end is the test. */
class FakeLine implements SerialLine {
  open = false;
  closed = false;
  readonly sent: { t: number; text: string }[] = [];
  private receive: (text: string) => void = () => undefined;
  private opened: (open: boolean) => void = () => undefined;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }
  write(text: string): void {
    this.sent.push({ t: this.clock.now(), text });
  }
  onLine(listener: (text: string) => void): void {
    this.receive = listener;
  }
  onOpen(listener: (open: boolean) => void): void {
    this.opened = listener;
  }
  close(): void {
    this.closed = true;
  }
  plug(open: boolean): void {
    this.open = open;
    this.opened(open);
  }
  say(message: object | string): void {
    this.receive(typeof message === "string" ? message : JSON.stringify(message));
  }
}

function bench() {
  const clock = new VirtualClock();
  const line = new FakeLine(clock);
  const log: string[] = [];
  const link = new HelperLink({ line, clock, debug: (direction, text) => log.push(`${direction} ${text}`) });
  const pilot = new SerialPilot(link, clock);
  const seen: PilotReading[] = [];
  const faults: (PilotFault | undefined)[] = [];
  pilot.onChange((reading) => seen.push(reading));
  pilot.onFault((fault) => faults.push(fault));
  const status = (state: string, more: object = {}): void => {
    line.say({
      type: "status",
      ts: clock.now(),
      cp_mv: 2185,
      state,
      mode: "dc",
      drive: "x1",
      pwm: { enabled: false, duty: 100, hz: 1000, out: 100 },
      cp_v: { high: 8.98, low: 8.98 },
      ...more,
    });
  };
  const commands = (): string[] => line.sent.map(({ text }) => text).filter((text) => text.includes('"cmd"'));
  const drives = (): string[] => commands().filter((text) => text.includes("cp.drive"));
  return { clock, line, link, pilot, seen, faults, status, commands, drives, log };
}

test("before anything is heard the pilot is unknown: F, without volts", () => {
  const { pilot } = bench();
  assert.equal(pilot.read().state, "F");
  assert.ok(Number.isNaN(pilot.read().high));
  assert.equal(pilot.fault, "Lost");
});

test("a helper is asked for its status as soon as its line is open", () => {
  const { line, commands } = bench();
  line.plug(true);
  assert.deepEqual(commands(), ['{"cmd":"get_status"}']);
});

test("a status is believed, and a change of state told once", () => {
  const { line, pilot, seen, faults, status } = bench();
  line.plug(true);
  status("A");
  assert.equal(pilot.read().state, "A");
  status("B");
  status("B");
  assert.deepEqual(pilot.read(), { state: "B", high: 8.98, low: 8.98 });
  assert.deepEqual(
    seen.map(({ state }) => state),
    ["B"],
  );
  assert.deepEqual(faults, [undefined]);
});

test("the short event tells a state before its status does, with its volts", () => {
  const { line, pilot, seen, status, clock } = bench();
  line.plug(true);
  status("A");
  const result = { state: "B", from: "A", cp_v: { high: 9.1, low: -12 } };
  line.say({ type: "evt", ts: clock.now(), id: 0, method: "evt:cp.state", result });
  assert.deepEqual(pilot.read(), { state: "B", high: 9.1, low: -12 });
  status("B");
  assert.equal(seen.length, 1);
});

test("without a status for 0.6 s the pilot is lost, not sooner; the next one restores it (UA03)", () => {
  const { clock, line, pilot, seen, faults, status } = bench();
  line.plug(true);
  status("B");
  clock.advance(599);
  assert.equal(pilot.read().state, "B");
  clock.advance(2);
  assert.equal(pilot.read().state, "F");
  assert.equal(pilot.fault, "Lost");
  status("B");
  assert.equal(pilot.read().state, "B");
  assert.deepEqual(
    seen.map(({ state }) => state),
    ["B", "F", "B"],
  );
  assert.deepEqual(faults, [undefined, "Lost", undefined]);
});

test("a host that was held up itself reads what has come meanwhile before it gives its helper up", () => {
  for (const comes of [true, false]) {
    const clock = new VirtualClock();
    const line = new FakeLine(clock);
    const heldUp = (delay: number): number => (delay === limits.silenceMs ? 400 : 0);
    const late = {
      now: () => clock.now(),
      after: (delay: number, fire: () => void) => clock.after(delay + heldUp(delay), fire),
    };
    const link = new HelperLink({ line, clock: late });
    const status = (): void =>
      line.say({ type: "status", ts: clock.now(), cp_mv: 2185, state: "B", mode: "dc", pwm: { out: 100 } });
    line.plug(true);
    status();
    clock.advance(limits.silenceMs + 400);
    assert.equal(link.alive, true);
    if (comes) status();
    clock.advance(limits.lateMs);
    assert.equal(link.alive, comes);
  }
});

test("one status again and again keeps no pilot alive (UA04)", () => {
  const { clock, pilot, line, status } = bench();
  line.plug(true);
  const ts = clock.now();
  for (let times = 0; times < 7; times++) {
    status("B", { ts });
    clock.advance(100);
  }
  assert.equal(pilot.read().state, "F");
  assert.equal(pilot.fault, "Lost");
  status("B");
  assert.equal(pilot.read().state, "B");
});

test("events alone keep no pilot alive", () => {
  const { clock, line, pilot, status } = bench();
  line.plug(true);
  status("B");
  for (let i = 0; i < 10; i++) {
    clock.advance(100);
    line.say({ type: "evt", ts: clock.now(), id: 0, method: "evt:temps.tick", result: {} });
  }
  assert.equal(pilot.read().state, "F");
});

test("an unplugged line is lost at once; when it is back the drive is sent again (UA03)", () => {
  const { clock, line, pilot, status, drives } = bench();
  line.plug(true);
  status("B");
  pilot.drive({ out: "x2", dutyPercent: 5 });
  clock.advance(100);
  line.plug(false);
  assert.equal(pilot.read().state, "F");
  const before = drives().length;
  clock.advance(1000);
  line.plug(true);
  status("B");
  assert.deepEqual(drives().slice(before), ['{"cmd":"cp.drive","out":"x2","duty":5}']);
});

test("after a loss a car in C is not believed until B was seen anew", () => {
  const { clock, line, pilot, status } = bench();
  line.plug(true);
  status("B");
  status("C");
  clock.advance(700);
  assert.equal(pilot.fault, "Lost");
  status("C");
  assert.equal(pilot.read().state, "F");
  assert.equal(pilot.fault, "ChargingBeforeConnected");
  status("B");
  status("C");
  assert.equal(pilot.read().state, "C");
});

test("a state that does not exist is unknown, never C (UA02)", () => {
  const { line, pilot, status } = bench();
  for (const broken of [
    { state: "G" },
    { state: 5 },
    { mode: "ac" },
    { pwm: { out: 101 } },
    { pwm: null },
    { cp_mv: "NaN" },
  ]) {
    line.plug(true);
    status("B");
    status("C");
    assert.equal(pilot.read().state, "C");
    status("C", broken);
    assert.equal(pilot.read().state, "F", JSON.stringify(broken));
    assert.equal(pilot.fault, "Unreadable");
    status("B");
    assert.equal(pilot.read().state, "B");
  }
});

test("rubbish on the line changes nothing but a counter (UA01)", () => {
  const { line, link, pilot, status } = bench();
  line.plug(true);
  status("B");
  for (const text of [
    "",
    "hello",
    "[]",
    "null",
    '{"type":"status"',
    '{"type":"what"}',
    '{"type":"res"}',
    "\u0000\u00ff",
    "9".repeat(4000),
  ]) {
    line.say(text);
  }
  assert.equal(pilot.read().state, "B");
  assert.equal(link.unreadable, 9);
});

test("C before B is not believed (UA04)", () => {
  const { line, pilot, status } = bench();
  line.plug(true);
  for (const before of ["A", "E", "F"]) {
    status(before);
    status("C");
    assert.equal(pilot.read().state, "F", before);
    assert.equal(pilot.fault, "ChargingBeforeConnected");
    status("B");
    status("C");
    assert.equal(pilot.read().state, "C");
    status("D");
    assert.equal(pilot.read().state, "D");
  }
});

test("old lines that come again are not believed, and C is not until B was seen anew (UA04)", () => {
  const { clock, line, pilot, status } = bench();
  line.plug(true);
  clock.advance(1000);
  status("B");
  status("C");
  status("C", { ts: 200 });
  assert.equal(pilot.fault, "Replayed");
  assert.equal(pilot.read().state, "F");
  status("C", { ts: 400 });
  assert.equal(pilot.read().state, "F");
  status("B");
  assert.equal(pilot.read().state, "B");
});

test("a helper that has restarted may count its time anew, but is driven again", () => {
  const { clock, line, pilot, status, drives } = bench();
  line.plug(true);
  clock.advance(1000);
  status("B");
  pilot.drive({ out: "x2", dutyPercent: 5 });
  line.say({ type: "evt", ts: 0, id: 0, method: "evt:boot", result: { proto: 2 } });
  status("B", { ts: 5 });
  assert.equal(pilot.read().state, "B");
  assert.equal(drives().length, 2);
});

test("a line that does not stand as it was told to is not believed after 0.3 s (UA04)", () => {
  const { clock, line, pilot, status } = bench();
  line.plug(true);
  status("B");
  pilot.drive({ out: "x2", dutyPercent: 5 });
  clock.advance(299);
  status("B");
  assert.equal(pilot.read().state, "B");
  clock.advance(1);
  status("B");
  assert.equal(pilot.fault, "OutputDiffers");
  assert.equal(pilot.read().state, "F");
  status("B", { drive: "x2", pwm: { out: 5 } });
  assert.equal(pilot.read().state, "B");
  pilot.restartHint(400);
  clock.advance(300);
  status("B", { drive: "x2", pwm: { out: 100 } });
  assert.equal(pilot.read().state, "B", "the hint leaves the oscillation on purpose");
});

test("a lapse of the host ends what was going on, and the line is driven again", () => {
  const { clock, line, pilot, seen, status, commands } = bench();
  line.plug(true);
  status("B");
  pilot.drive({ out: "x2", dutyPercent: 5 });
  const before = commands().length;
  line.say({ type: "evt", ts: clock.now(), id: 0, method: "evt:failsafe.host", result: { drive: "x1" } });
  assert.equal(seen.at(-1)?.state, "F");
  assert.equal(commands().length, before + 1);
});

test("sys.ping is sent every 0.5 s, whatever else there is to send", () => {
  const { clock, line, link, status } = bench();
  line.plug(true);
  for (let i = 0; i < 40; i++) link.command("ping");
  for (let t = 0; t < 2000; t += 100) {
    clock.advance(100);
    status("A");
  }
  const pings = line.sent.filter(({ text }) => text.includes("sys.ping")).map(({ t }) => t);
  assert.deepEqual(pings, [0, 500, 1000, 1500, 2000]);
});

test("the rate is kept: ten lines at once, then one in 20 ms; of waiting drives the last counts", () => {
  const { clock, line, pilot, commands } = bench();
  line.plug(true);
  for (let duty = 1; duty <= 100; duty++) pilot.drive({ out: "x2", dutyPercent: duty });
  assert.equal(commands().length, limits.burst);
  clock.advance(1000);
  assert.equal(commands().length, limits.burst + 1);
  assert.match(commands().at(-1)!, /"duty":100\}$/);
});

test("a line that is too long, and a queue that is full, are refused", () => {
  const { line, link } = bench();
  line.plug(true);
  assert.throws(() => link.command("set_mode", { mode: "x".repeat(240) }), RangeError);
  assert.throws(() => {
    for (let i = 0; i < 100; i++) link.command("ping");
  }, RangeError);
});

test("a request or a conversation for which there is no room is refused at once, and nothing waits for its answer", async () => {
  const { clock, line, link } = bench();
  line.plug(true);
  const { burst, queue } = limits;
  for (let sent = 0; sent < burst + queue - 1; sent++) link.command("ping");
  const before = clock.pending;
  await assert.rejects(
    link.converse("set_mode", { mode: "dc" }, () => true),
    RangeError,
  );
  await assert.rejects(link.request("meter.read"), RangeError);
  assert.equal(clock.pending, before);
});

test("a request has a result, a refusal, no answer, or nobody to ask", async () => {
  const { clock, line, link } = bench();
  const failing = (reason: HelperError["reason"]) => (error: unknown) => {
    assert.ok(error instanceof HelperError);
    assert.deepEqual(error.reason, reason);
    return true;
  };
  await assert.rejects(link.request("sys.info"), failing({ kind: "Lost" }));
  line.plug(true);
  const good = link.request("sys.info");
  const refused = link.request("contactor.set", { on: true });
  const silent = assert.rejects(link.request("meter.read"), failing({ kind: "NoAnswer" }));
  const [info, set] = line.sent.slice(-3).map(({ text }) => JSON.parse(text) as { id: number });
  line.say({ type: "res", id: info!.id, ts: 1, result: { proto: 2 } });
  line.say({ type: "res", id: set!.id, ts: 1, error: { code: 1001, message: "not_armed" } });
  assert.deepEqual(await good, { proto: 2 });
  await assert.rejects(refused, failing({ kind: "Refused", code: 1001, message: "not_armed" }));
  clock.advance(limits.answerMs);
  await silent;
  const lost = assert.rejects(link.request("sys.info"), failing({ kind: "Lost" }));
  line.plug(false);
  await lost;
});

test("every line is given to the debug callback", () => {
  const { line, pilot, status, log } = bench();
  line.plug(true);
  status("A");
  pilot.drive({ out: "f" });
  assert.ok(log.includes('tx {"cmd":"cp.drive","out":"f"}'));
  assert.ok(log.some((entry) => entry.startsWith('rx {"type":"status"')));
  assert.equal(log.filter((entry) => entry.startsWith("tx")).length, line.sent.length);
});

test("after close nothing is left to fire", () => {
  const { clock, line, link, pilot, status } = bench();
  line.plug(true);
  status("A");
  void link.request("sys.info").catch(() => undefined);
  pilot.close();
  assert.equal(clock.pending, 0);
  assert.ok(line.closed);
});

test("a status of protocol 1 is read, with nominal volts", () => {
  const line = readLine(
    '{"type":"status","cp_mv":2187,"cp_mv_robust":2187,"state":"B","mode":"dc","pwm":{"enabled":true,"duty":5,"hz":1000,"out":5},"thresh":{}}',
  );
  assert.ok(line.kind === "Status" && line.status.volts === undefined && line.status.millivolts === 2187);
  const { line: wire, pilot } = bench();
  wire.plug(true);
  wire.say('{"type":"status","cp_mv":2187,"state":"B","mode":"dc","pwm":{"out":5}}');
  assert.ok(Math.abs(pilot.read().high - 9) < 0.1);
  assert.equal(pilot.read().low, -12);
});

test("lines are cut at their ends, in any pieces, and long ones dropped in bounded memory", () => {
  const splitter = new LineSplitter();
  const feed = (text: string): string[] => splitter.feed(Buffer.from(text, "latin1"));
  assert.deepEqual(feed("one\r\ntwo\n\n\r\nthr"), ["one", "two"]);
  assert.deepEqual(feed("ee\n"), ["three"]);
  assert.deepEqual(feed("x".repeat(65536)), []);
  assert.deepEqual(feed("y\nafter\n"), ["after"]);
  assert.equal(splitter.dropped, 1);
  assert.deepEqual(feed(`${"z".repeat(longestLine)}\n`), ["z".repeat(longestLine)]);
  assert.deepEqual(feed(`${"z".repeat(longestLine + 1)}\n`), []);
  assert.equal(splitter.dropped, 2);
});
