import assert from "node:assert/strict";
import { hex } from "../../core";
import { encodeMme, lenient, type Mme } from "../../protocol/homeplug";
import { type Captured, captured, Probe } from "../../protocol/homeplug/probe.contract";
import { foreign } from "../../scripts/foreign";
import { atSlac, type SlacOptions, startSlac, stepSlac } from "./index";

const frames = ["data/slac/frames.jsonl"];
const zeros = /(00)*$/;
const bare = (frame: Uint8Array) => hex(frame).replace(zeros, "");
const named = (all: Captured[], name: string) => all.filter(({ message }) => message.name === name);
const first = (all: Captured[], name: string): Captured => {
  const [found] = named(all, name);
  assert.ok(found, `no ${name}`);
  return found;
};

/** Confirms the key that the machine has just sent to its modem. */
function confirmKey(probe: Probe<ReturnType<typeof startSlac>["state"]>, mac: string) {
  const request = probe.sent.find((it): it is Mme<"CM_SET_KEY.REQ"> => it.name === "CM_SET_KEY.REQ");
  assert.ok(request);
  const fields = { Result: 1, MyNonce: "00000000", YourNonce: request.fields.MyNonce };
  probe.hear(encodeMme({ name: "CM_SET_KEY.CNF", da: mac, sa: "02:B0:52:00:00:02", fields }));
  return request.fields;
}

/** A car of ours in the place of the captured one, up to the end of its sounding, with that car's RunID. */
function carAs(options: SlacOptions, runId: string, all: Captured[]) {
  const probe = new Probe((seen) => startSlac(options, seen), stepSlac, atSlac);
  confirmKey(probe, options.mac);
  const sent = new Map<string, string>();
  const keep = () => {
    for (const [index, { name }] of probe.sent.entries()) sent.set(name, probe.frames[index] ?? "");
  };
  probe.draw(runId).take({ kind: "plugged" });
  keep();
  for (const { frame } of named(all, "CM_SLAC_PARM.CNF")) probe.hear(frame);
  probe.expire("TT_match_response");
  keep();
  while (probe.at === "AwaitBatchInterval") {
    probe.expire("TP_EV_batch_msg_interval");
    keep();
  }
  for (const { frame } of named(all, "CM_ATTEN_CHAR.IND")) {
    probe.hear(frame);
    keep();
  }
  return { probe, sent };
}

foreign(
  "two real stations: both are answered, the nearer one is asked, octet for octet as the real car did",
  frames,
  ([path]) => {
    const all = captured(path as string, "dspace-multi");
    const { probe, sent } = carAs({ mac: "A0:CE:C8:CA:5F:A2" }, "1923DEB200C6BDA0", all);
    for (const name of ["CM_SLAC_PARM.REQ", "CM_START_ATTEN_CHAR.IND", "CM_SLAC_MATCH.REQ"]) {
      assert.equal(sent.get(name)?.replace(zeros, ""), bare(first(all, name).frame), name);
    }
    assert.equal(probe.at, "AwaitCmSlacMatchCnf");
    const farther = named(all, "CM_ATTEN_CHAR.RSP").find(({ message }) => message.da === "64:4D:70:01:06:10");
    assert.ok(farther);
    assert.equal(sent.get("CM_ATTEN_CHAR.RSP")?.replace(zeros, ""), bare(farther.frame));
    probe.hear(first(all, "CM_SLAC_MATCH.CNF").frame);
    assert.equal(probe.at, "AwaitJoinSetKeyCnf");
  },
);

foreign(
  "the NID of the confirmation goes into the modem, also where it does not follow from the key",
  frames,
  ([path]) => {
    for (const [prefix, mac, runId] of [
      ["dspace-ac", "64:4D:70:01:02:C8", "1513FE1A37089500"],
      ["dspace-mtls", "F8:E4:3B:16:18:95", "0DFAEACE25E3CC66"],
      ["dspace-tariff", "A0:CE:C8:CA:5F:A2", "F02B00009A380001"],
      ["pyplc-compleo-charger", "DC:0E:A1:11:67:08", "DC0EA11167080000"],
      ["pyplc-abb-charger", "DC:0E:A1:11:67:08", "DC0EA11167080000"],
      ["pyplc-ioniq-car", "04:65:65:00:64:C3", "0465650064C30000"],
    ] as const) {
      const all = captured(path as string, prefix);
      const { probe, sent } = carAs({ mac }, runId, all);
      assert.equal(sent.get("CM_ATTEN_CHAR.RSP"), hex(first(all, "CM_ATTEN_CHAR.RSP").frame), prefix);
      assert.equal(sent.get("CM_SLAC_MATCH.REQ"), hex(first(all, "CM_SLAC_MATCH.REQ").frame), prefix);
      const cnf = first(all, "CM_SLAC_MATCH.CNF");
      probe.hear(cnf.frame);
      const { NID, NewKey } = confirmKey(probe, mac);
      const told = (cnf.message as Mme<"CM_SLAC_MATCH.CNF">).fields;
      assert.deepEqual([NID, NewKey], [told.NID, told.NMK], prefix);
      assert.equal(probe.at, "AwaitLink", prefix);
    }
  },
);

foreign("Taycan: a confirmation with another RunID than asked is none", frames, ([path]) => {
  const all = captured(path as string, "pyplc-taycan-fail-left");
  const mac = "00:18:87:00:A1:D6";
  const probe = new Probe((seen) => startSlac({ mac }, seen), stepSlac, atSlac);
  confirmKey(probe, mac);
  probe.draw("944DC3D0ED5ABF0A").take({ kind: "plugged" });
  assert.equal(probe.frames[0], hex(first(all, "CM_SLAC_PARM.REQ").frame));
  probe.hear(first(all, "CM_SLAC_PARM.CNF").frame);
  assert.deepEqual(probe.state.stations, []);
  assert.deepEqual(probe.state.ignored, { Deviation: 1 });
});

foreign("Debian's evse: its identifiers are refused, or let pass by the lenient profile", frames, ([path]) => {
  const all = captured(path as string, "qca-evse-side");
  for (const [tolerated, at] of [
    [[], "AwaitCmSlacMatchCnf"],
    [lenient, "AwaitJoinSetKeyCnf"],
  ] as const) {
    const { probe } = carAs({ mac: "02:00:00:00:EE:01", tolerated }, "02000000EE010001", all);
    probe.hear(first(all, "CM_SLAC_MATCH.CNF").frame);
    assert.equal(probe.at, at);
  }
});

foreign("a profile without groups is not answered", frames, ([path]) => {
  const all = captured(path as string, "qca-evse-side").filter(({ message }) => message.name !== "CM_ATTEN_CHAR.IND");
  const { probe } = carAs({ mac: "02:00:00:00:EE:01" }, "02000000EE010001", all);
  probe.hear(first(captured(path as string, "qca-direct-nomodem"), "CM_ATTEN_CHAR.IND").frame);
  assert.deepEqual([probe.at, probe.names()], ["AwaitCmAttenCharInd", []]);
});
