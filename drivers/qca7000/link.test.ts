import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeMme, encodeMme, type MmeName } from "../../protocol/homeplug";
import { linkContract } from "../link.contract";
import { VirtualClock } from "../virtual/clock";
import { SeededEntropy } from "../virtual/entropy";
import { VirtualPowerline } from "../virtual/powerline";
import { ModemError, Qca7000Link } from "./link";

const EV = "02:00:00:00:EE:01";
const SE = "02:00:00:00:5E:01";

function bench(silenceAfterReset = 2_000) {
  const clock = new VirtualClock();
  const line = new VirtualPowerline({ clock, entropy: new SeededEntropy(1), plugged: true });
  const se = line.modem({ name: "se", mac: "02:B0:52:00:5E:02", hostMac: SE, role: "evse", silenceAfterReset });
  const ev = line.modem({ name: "ev", mac: "02:B0:52:00:EE:02", hostMac: EV, role: "ev" });
  const log: string[] = [];
  const open = async (host: typeof se) => {
    const opening = Qca7000Link.open(host.link, { clock, log: (text) => void log.push(text) });
    const outcome = opening.then(
      (link) => ({ link }),
      (error: unknown) => ({ error }),
    );
    clock.advance(8_000);
    return outcome;
  };
  return { clock, line, se, ev, log, open };
}

async function opened(silenceAfterReset?: number) {
  const made = bench(silenceAfterReset);
  const outcome = await made.open(made.se);
  assert.ok("link" in outcome);
  const states: boolean[] = [];
  const heard: string[] = [];
  outcome.link.onState((up) => void states.push(up));
  outcome.link.onFrame((frame) => {
    const message = decodeMme(frame);
    heard.push(message.kind === "Mme" ? message.name : message.why);
  });
  return { ...made, link: outcome.link, states, heard };
}

linkContract("link to a QCA7000", async () => {
  const { clock, se, ev, open } = bench();
  const [a, b] = [await open(se), await open(ev)];
  assert.ok("link" in a && "link" in b);
  return {
    a: a.link,
    b: b.link,
    settle: async () => clock.advance(100),
    close: async () => {
      a.link.close();
      b.link.close();
    },
  };
});

test("the modem says who it is, and the host hears no answer to a question it has not asked", async () => {
  const { clock, link, heard, states, log } = await opened();
  assert.deepEqual(link.modem, {
    mac: "02:B0:52:00:5E:02",
    version: "MAC-QCA7000-1.1.0.730-04-20140815-CS",
    deviceClass: 0x22,
  });
  clock.advance(10_000);
  assert.deepEqual([heard, states, log.length], [[], [], 1]);
});

test("a restart of the modem that leaves its interface alone takes the link down, and its first answer brings it back", async () => {
  const { clock, se, states, heard } = await opened();
  se.modem.fallSilent(2_500);
  clock.advance(1_900);
  assert.deepEqual(states, [false]);
  clock.advance(1_600);
  assert.deepEqual(states, [false, true]);
  clock.advance(10_000);
  assert.deepEqual([states, heard], [[false, true], []]);
});

test("an answer that is late, or lost once, is no restart", async () => {
  const { clock, se, states } = await opened();
  se.modem.fallSilent(700);
  clock.advance(10_000);
  assert.deepEqual(states, []);
});

test("an interface that comes back counts when the modem behind it answers", async () => {
  const { clock, se, states } = await opened();
  // The virtual modem takes its interface away for its restart of 2 s.
  se.modem.reset();
  clock.advance(1_900);
  assert.deepEqual(states, [false]);
  clock.advance(2_000);
  assert.deepEqual(states, [false, true]);
});

test("an interface that was gone for less than a question's time is no modem yet", async () => {
  const { clock, se, states } = await opened(300);
  clock.advance(100);
  se.modem.reset();
  clock.advance(350);
  assert.deepEqual(states, [false]);
  clock.advance(500);
  assert.deepEqual(states, [false, true]);
});

test("a modem that never answers is told, and one that asks for firmware", async () => {
  const silent = bench();
  silent.se.modem.silent = true;
  const outcome = await silent.open(silent.se);
  assert.ok("error" in outcome && outcome.error instanceof ModemError);
  assert.deepEqual(outcome.error.problem, { kind: "NoAnswer", ms: 8_000 });

  const unbooted = bench();
  const name: MmeName = "VS_HST_ACTION.IND";
  const fields = { HOST_ACTION_REQ: 0, SESSION_ID: 0, OUTSTANDING_RETRIES: 0, RETRY_TIMER_10ms: 0 };
  const asks = encodeMme({ name, da: "FF:FF:FF:FF:FF:FF", sa: "02:B0:52:00:EE:02", fields } as never);
  unbooted.se.modem.fromHost = () => undefined;
  unbooted.clock.after(100, () => unbooted.ev.modem.fromHost(asks));
  const told = await unbooted.open(unbooted.se);
  assert.ok("error" in told && told.error instanceof ModemError);
  assert.deepEqual(told.error.problem, { kind: "NotBooted" });
});
