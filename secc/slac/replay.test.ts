import assert from "node:assert/strict";
import { hex } from "../../core";
import { encodeMme, type Mme } from "../../protocol/homeplug";
import { type Captured, captured, Probe } from "../../protocol/homeplug/probe.contract";
import { foreign } from "../../scripts/foreign";
import { atSlac, type SlacOptions, startSlac, stepSlac } from "./index";

const frames = ["data/slac/frames.jsonl"];
const zeros = /(00)*$/;

/** A station of ours in the place of the captured one, with the modem keyed and the car plugged in. */
function stationAs(options: SlacOptions) {
  const probe = new Probe((seen) => startSlac(options, seen), stepSlac, atSlac);
  const [request] = probe.sent as Mme<"CM_SET_KEY.REQ">[];
  assert.ok(request);
  const fields = { Result: 1, MyNonce: "00000000", YourNonce: request.fields.MyNonce };
  const cnf = encodeMme({ name: "CM_SET_KEY.CNF", da: options.mac, sa: "02:B0:52:00:00:02", fields });
  return probe.hear(cnf).take({ kind: "plugged" });
}

const named = (all: Captured[], name: string) => all.filter(({ message }) => message.name === name);
const first = (all: Captured[], name: string): Captured => {
  const [found] = named(all, name);
  assert.ok(found, `no ${name}`);
  return found;
};

/** Octets without the padding, which the capture's tag has made longer or shorter. */
const bare = (frame: Uint8Array) => hex(frame).replace(zeros, "");

/** Attenuation by carrier group of a CM_ATTEN_CHAR.IND in hex. */
const groups = (frame: string): number[] =>
  (frame.slice(142).match(/../g) ?? []).map((octet) => Number.parseInt(octet, 16));

/** Plays the car's frames and its modem's profiles; answers what ours sent, by name. */
function play(all: Captured[], options: SlacOptions) {
  const probe = stationAs(options);
  const answers = new Map<string, string>();
  const hear = ({ frame }: Captured) => {
    probe.hear(frame);
    for (const [index, { name }] of probe.sent.entries()) answers.set(name, probe.frames[index] ?? "");
  };
  hear(first(all, "CM_SLAC_PARM.REQ"));
  hear(first(all, "CM_START_ATTEN_CHAR.IND"));
  const sounds = named(all, "CM_MNBC_SOUND.IND");
  const profiles = named(all, "CM_ATTEN_PROFILE.IND");
  for (const [index, sound] of sounds.entries()) {
    hear(sound);
    if (profiles[index]) hear(profiles[index]);
  }
  if (probe.at === "AwaitCmAttenProfileInd") {
    probe.expire("TT_EVSE_match_MNBC");
    answers.set("CM_ATTEN_CHAR.IND", probe.frames[0] ?? "");
  }
  hear(first(all, "CM_ATTEN_CHAR.RSP"));
  hear(first(all, "CM_SLAC_MATCH.REQ"));
  return { probe, answers };
}

foreign("ten sounds of a real car give the answers that the real station gave", frames, ([path]) => {
  const all = captured(path as string, "dspace-multi").filter(({ vlan }) => vlan === 2);
  assert.equal(named(all, "CM_ATTEN_PROFILE.IND").length, 10);
  // That station takes 3 dB off for its receive path.
  const { probe, answers } = play(all, { mac: "64:4D:70:01:06:0E", attenuationOffsetDb: -3 });
  const parmCnf = first(all, "CM_SLAC_PARM.CNF");
  assert.equal(answers.get("CM_SLAC_PARM.CNF")?.replace(zeros, ""), bare(parmCnf.frame));
  // Octet for octet up to the groups. There the station's calibration, in fractions of a decibel, may round otherwise than ours.
  const theirs = hex(first(all, "CM_ATTEN_CHAR.IND").frame);
  const ours = answers.get("CM_ATTEN_CHAR.IND") ?? "";
  assert.equal(ours.slice(0, 142), theirs.slice(0, 142));
  const off = groups(ours).map((db, group) => Math.abs(db - (groups(theirs)[group] ?? Number.NaN)));
  assert.deepEqual([off.length, Math.max(...off)], [58, 1]);
  assert.ok(off.filter((it) => it === 1).length < 10, `${off}`);
  // Of the last one all but the station's own NID and key.
  const match = first(all, "CM_SLAC_MATCH.CNF");
  assert.equal(answers.get("CM_SLAC_MATCH.CNF")?.slice(0, 170), hex(match.frame).slice(0, 170));
  assert.equal(probe.at, "AwaitLink");
});

foreign("cars of other makes are matched from their own frames", frames, ([path]) => {
  for (const [prefix, mac, sounds] of [
    ["dspace-ac", "64:4D:70:01:03:BF", 3],
    ["dspace-mtls", "64:4D:70:01:00:00", 3],
    ["dspace-tariff", "64:4D:70:01:06:0E", 3],
  ] as const) {
    const all = captured(path as string, prefix);
    const { probe, answers } = play(all, { mac });
    assert.equal(answers.get("CM_SLAC_PARM.CNF"), hex(first(all, "CM_SLAC_PARM.CNF").frame), prefix);
    assert.equal(probe.at, "AwaitLink", prefix);
    // The file keeps three of the ten sounds; the count stands before the groups.
    assert.equal(Number.parseInt(answers.get("CM_ATTEN_CHAR.IND")?.slice(138, 140) ?? "", 16), sounds, prefix);
  }
});

foreign("Ioniq: a modem that reports no groups gives no attenuation", frames, ([path]) => {
  const all = captured(path as string, "pyplc-ioniq-car");
  const probe = stationAs({ mac: "DC:0E:A1:11:67:08" });
  probe.hear(first(all, "CM_SLAC_PARM.REQ").frame);
  assert.equal(probe.frames[0], hex(first(all, "CM_SLAC_PARM.CNF").frame));
  probe.hear(first(all, "CM_START_ATTEN_CHAR.IND").frame);
  for (const name of ["CM_MNBC_SOUND.IND", "CM_ATTEN_PROFILE.IND", "VS_ATTENUATION_CHAR.IND"]) {
    for (const { frame } of named(all, name)) probe.hear(frame);
  }
  probe.expire("TT_EVSE_match_MNBC");
  const fields = { reason: "no attenuation", pevMac: "04:65:65:00:64:C3", runId: "0465650064C30000" };
  assert.deepEqual(probe.logged, [{ do: "log", level: "warn", text: "matching failed", fields }]);
  assert.deepEqual(probe.sent, []);
});

foreign("Taycan: the RunID is echoed, and a second process with another is answered too", frames, ([path]) => {
  const [one, two] = named(captured(path as string, "pyplc-taycan-fail-left"), "CM_SLAC_PARM.REQ");
  assert.ok(one && two);
  const probe = stationAs({ mac: "DC:0E:A1:11:67:08" });
  for (const [{ frame }, runId] of [
    [one, "944DC3D0ED5ABF0A"],
    [two, "F43DDF1BD990A3A8"],
  ] as const) {
    probe.hear(frame);
    const [cnf] = probe.sent as Mme<"CM_SLAC_PARM.CNF">[];
    assert.equal(cnf?.fields.RunID, runId);
  }
});

foreign("Debian's pev: one START, short sounds and an identifier of its own", frames, ([path]) => {
  const all = captured(path as string, "qca-evse-side");
  const profile = first(all, "CM_ATTEN_PROFILE.IND");
  const whole = [...all, ...new Array(9).fill(profile)];
  const strict = play(whole, { mac: "02:00:00:00:5E:01" });
  assert.equal(strict.probe.at, "AwaitCmSlacMatchReq");
  const tolerated = ["CM_SLAC_MATCH.REQ.PEV_ID"];
  const lenient = play(whole, { mac: "02:00:00:00:5E:01", tolerated });
  assert.equal(lenient.probe.at, "AwaitLink");
  // The reference tool appends room for 255 groups.
  const ind = hex(first(all, "CM_ATTEN_CHAR.IND").frame);
  assert.equal(lenient.answers.get("CM_ATTEN_CHAR.IND"), ind.slice(0, 258));
});
