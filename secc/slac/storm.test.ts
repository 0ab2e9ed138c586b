import assert from "node:assert/strict";
import { test } from "node:test";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { encodeMme, type MmeGiven, type MmeName } from "../../protocol/homeplug";
import { Probe } from "../../protocol/homeplug/probe.contract";
import { storm } from "../../protocol/homeplug/storm.contract";
import { atSlac, startSlac, stepSlac } from "./index";

const EVSE = "02:00:00:00:5E:01";
const EV = "02:00:00:00:EE:01";
const MODEM = "02:B0:52:00:5E:01";
const ALL = "FF:FF:FF:FF:FF:FF";
const RunID = "0102030405060708";

type StationProbe = Probe<ReturnType<typeof startSlac>["state"]>;

function hear<N extends MmeName>(probe: StationProbe, name: N, sa: string, fields: MmeGiven<N>, da = EVSE) {
  return probe.hear(encodeMme({ name, da, sa, fields }));
}

/** The step of the good path that each state waits for. */
const onward: Record<string, (probe: StationProbe) => unknown> = {
  AwaitSetKeyCnf: (it) =>
    hear(it, "CM_SET_KEY.CNF", MODEM, { Result: 1, MyNonce: "00000000", YourNonce: it.state.keying.nonce }),
  AwaitVehicle: (it) => it.take({ kind: "plugged" }),
  AwaitCmSlacParmReq: (it) => hear(it, "CM_SLAC_PARM.REQ", EV, { RunID }, ALL),
  AwaitCmStartAttenCharInd: (it) => hear(it, "CM_START_ATTEN_CHAR.IND", EV, { FORWARDING_STA: EV, RunID }, ALL),
  AwaitCmAttenProfileInd: (it) =>
    hear(it, "CM_ATTEN_PROFILE.IND", MODEM, { PEV_MAC: EV, AAG: new Array(58).fill(20) }, ALL),
  AwaitCmAttenCharRsp: (it) => hear(it, "CM_ATTEN_CHAR.RSP", EV, { SOURCE_ADDRESS: EV, RunID }),
  AwaitCmSlacMatchReq: (it) =>
    it.now % 2 === 0
      ? hear(it, "CM_VALIDATE.REQ", EV, { Timer: 0, Result: 1 })
      : hear(it, "CM_SLAC_MATCH.REQ", EV, { PEV_MAC: EV, EVSE_MAC: EVSE, RunID }),
  AwaitCmValidateReq: (it) => hear(it, "CM_VALIDATE.REQ", EV, { Timer: 9, Result: 1 }),
  AwaitToggles: (it) => it.expire(it.running().find((name) => name.startsWith("TT_EVSE_vald_toggle")) ?? ""),
  AwaitCmSlacMatchReqAfterValidation: (it) => hear(it, "CM_SLAC_MATCH.REQ", EV, { PEV_MAC: EV, EVSE_MAC: EVSE, RunID }),
  AwaitLink: (it) => hear(it, "VS_PL_LNK_STATUS.CNF", MODEM, { LinkStatus: 1 }),
  AwaitCmAmpMapCnf: (it) => hear(it, "CM_AMP_MAP.CNF", EV, { ResType: 0 }),
  AwaitLinkReady: (it) => it.expire("TP_link_ready_notification"),
  Matched: (it) => hear(it, "VS_PL_LNK_STATUS.CNF", MODEM, { LinkStatus: 1 }),
};

test("bad frames in every state neither throw nor pile up, and the next car is served", () => {
  const visited = new Set<string>();
  for (let seed = 0; seed < 8; seed++) {
    const probe = new Probe(
      (seen) => startSlac({ mac: EVSE, validation: "count", ampMap: "ask" }, seen),
      stepSlac,
      atSlac,
    );
    probe.now = seed;
    const forward = () => onward[probe.at]?.(probe);
    for (const state of storm(probe, new SeededEntropy(seed), EVSE, forward, 800)) visited.add(state);
    probe.take({ kind: "reset" });
    for (let step = 0; step < 40 && probe.at !== "Matched"; step++) forward();
    assert.equal(probe.at, "Matched", `seed ${seed}`);
    assert.deepEqual(probe.running(), ["T_link_watch"]);
  }
  assert.deepEqual([...visited].sort(), Object.keys(onward).sort());
});
