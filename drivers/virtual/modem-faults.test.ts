import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeMme, encodeMme, type Mme } from "../../protocol/homeplug";
import { VirtualClock } from "./clock";
import { SeededEntropy } from "./entropy";
import type { ModemFault } from "./modem-faults";
import { VirtualPowerline } from "./powerline";

const [EVSE, EV] = ["02:00:00:00:5E:01", "02:00:00:00:EE:01"];
const key = { MyNonce: "01020304", NID: "01020304050607", NewKey: "0123456789ABCDEF0123456789ABCDEF" };

/** What the station's host hears within three seconds of a key and of a sounding, and whether the key was taken. */
async function heardOf(fault?: ModemFault) {
  const clock = new VirtualClock();
  const line = new VirtualPowerline({ clock, entropy: new SeededEntropy(1), plugged: true });
  const evse = line.modem({ name: "evse", mac: "02:B0:52:00:5E:02", hostMac: EVSE, role: "evse" });
  const ev = line.modem({ name: "ev", mac: "02:B0:52:00:EE:02", hostMac: EV, role: "ev" });
  if (fault) line.spoil("evse", fault);
  const heard: { t: number; message: Mme }[] = [];
  evse.link.onFrame((frame) => {
    const message = decodeMme(frame);
    if (message.kind === "Mme") heard.push({ t: clock.now(), message });
  });
  evse.link.send(encodeMme({ name: "CM_SET_KEY.REQ", da: "00:B0:52:00:00:01", sa: EVSE, fields: key }));
  const fields = { Cnt: 9, RunID: "AA".repeat(8), RSVD: "00".repeat(8), Rnd: "BB".repeat(16) };
  ev.link.send(encodeMme({ name: "CM_MNBC_SOUND.IND", da: "FF:FF:FF:FF:FF:FF", sa: EV, fields }));
  clock.advance(3_000);
  const told = heard
    .filter(({ message }) => message.name !== "CM_MNBC_SOUND.IND")
    .map(({ t, message }) => {
      const { Result, YourNonce, NumGroups } = message.fields as Record<string, unknown>;
      return [message.name, Math.round(t), Result ?? NumGroups ?? "", YourNonce ?? ""].join(" ").trim();
    });
  return { told, taken: evse.modem.key.nmk === key.NewKey };
}

const answer = "CM_SET_KEY.CNF 1 1 01020304";
const measured = "CM_ATTEN_PROFILE.IND 2 58";

const table: readonly [fault: ModemFault | undefined, told: readonly string[], taken: boolean][] = [
  [undefined, [answer, measured], true],
  ["keyUnanswered", [measured], false],
  ["keyRefused", ["CM_SET_KEY.CNF 1 0 01020304", measured], false],
  ["keyAnsweredLate", [measured, "CM_SET_KEY.CNF 2001 1 01020304"], true],
  ["keyAnsweredWrongly", ["CM_SET_KEY.CNF 1 1 81020304", measured], false],
  ["noAttenuation", [answer], true],
  ["noGroups", [answer, "CM_ATTEN_PROFILE.IND 2 0"], true],
  ["notBooted", ["VS_HST_ACTION.IND 1"], false],
];

test("what a modem that is out of order says to its host", async () => {
  for (const [fault, told, taken] of table) assert.deepEqual(await heardOf(fault), { told, taken }, fault);
});

test("a fault is gone when nothing is to be lost any more, and is not that of the modem at the other end", async () => {
  const line = new VirtualPowerline({ clock: new VirtualClock(), entropy: new SeededEntropy(1) });
  const evse = line.modem({ name: "evse", mac: "02:B0:52:00:5E:02", hostMac: EVSE, role: "evse" });
  const ev = line.modem({ name: "ev", mac: "02:B0:52:00:EE:02", hostMac: EV, role: "ev" });
  line.spoil("evse", "keyRefused");
  assert.deepEqual(
    [evse, ev].map(({ modem }) => [...modem.faults]),
    [["keyRefused"], []],
  );
  line.loseNothing();
  assert.equal(evse.modem.faults.size, 0);
});
