import assert from "node:assert/strict";
import { test } from "node:test";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { encodeMme, type MmeGiven, type MmeName } from "../../protocol/homeplug";
import { Probe } from "../../protocol/homeplug/probe.contract";
import { storm } from "../../protocol/homeplug/storm.contract";
import { atSlac, startSlac, stepSlac } from "./index";

const EV = "02:00:00:00:EE:01";
const EVSE = "02:00:00:00:5E:01";
const MODEM = "02:B0:52:00:EE:01";

type CarProbe = Probe<ReturnType<typeof startSlac>["state"]>;

function hear<N extends MmeName>(probe: CarProbe, name: N, sa: string, fields: MmeGiven<N>) {
  return probe.hear(encodeMme({ name, da: EV, sa, fields }));
}

function hearKey(probe: CarProbe) {
  hear(probe, "CM_SET_KEY.CNF", MODEM, { Result: 1, MyNonce: "00000000", YourNonce: probe.state.keying.nonce });
}

/** The step of the good path that each state waits for. */
const onward: Record<string, (probe: CarProbe) => unknown> = {
  AwaitSetKeyCnf: hearKey,
  AwaitPlug: (it) => it.take({ kind: "plugged" }),
  AwaitCmSlacParmCnf: (it) =>
    it.state.stations.length > 0
      ? it.expire("TT_match_response")
      : hear(it, "CM_SLAC_PARM.CNF", EVSE, { FORWARDING_STA: EV, RunID: it.state.runId }),
  AwaitBatchInterval: (it) => it.expire("TP_EV_batch_msg_interval"),
  AwaitCmAttenCharInd: (it) =>
    hear(it, "CM_ATTEN_CHAR.IND", it.state.stations.find((one) => one.attenuationDb === undefined)?.mac ?? EVSE, {
      SOURCE_ADDRESS: EV,
      RunID: it.state.runId,
      NumSounds: 10,
      AAG: new Array(58).fill(20),
    }),
  AwaitCmValidateCnf: (it) => hear(it, "CM_VALIDATE.CNF", it.state.chosen?.mac ?? EVSE, { ToggleNum: 0, Result: 1 }),
  AwaitToggleCount: (it) => {
    if (it.state.flips < 6) it.expire("T_vald_state_duration");
    else hear(it, "CM_VALIDATE.CNF", it.state.chosen?.mac ?? EVSE, { ToggleNum: 3, Result: 2 });
  },
  AwaitCmSlacMatchCnf: (it) => {
    const EVSE_MAC = it.state.chosen?.mac ?? EVSE;
    const key = { NID: "01020304050607", NMK: "11".repeat(16) };
    hear(it, "CM_SLAC_MATCH.CNF", EVSE_MAC, { PEV_MAC: EV, EVSE_MAC, RunID: it.state.runId, ...key });
  },
  AwaitJoinSetKeyCnf: hearKey,
  AwaitLink: (it) => hear(it, "VS_PL_LNK_STATUS.CNF", MODEM, { LinkStatus: 1 }),
  AwaitCmAmpMapCnf: (it) => hear(it, "CM_AMP_MAP.CNF", it.state.chosen?.mac ?? EVSE, { ResType: 0 }),
  AwaitLinkReady: (it) => it.expire("TP_link_ready_notification"),
  Matched: (it) => hear(it, "VS_PL_LNK_STATUS.CNF", MODEM, { LinkStatus: 1 }),
  AwaitMatchingRate: (it) => it.expire("TT_matching_rate"),
};

test("bad frames in every state neither throw nor pile up, and the next match succeeds", () => {
  const visited = new Set<string>();
  for (let seed = 0; seed < 8; seed++) {
    const probe = new Probe(
      (seen) => startSlac({ mac: EV, validation: "always", ampMap: "ask" }, seen),
      stepSlac,
      atSlac,
    );
    const forward = () => onward[probe.at]?.(probe);
    for (const state of storm(probe, new SeededEntropy(seed), EV, forward, 800)) visited.add(state);
    probe.take({ kind: "reset" });
    for (let step = 0; step < 60 && probe.at !== "Matched"; step++) forward();
    assert.equal(probe.at, "Matched", `seed ${seed}`);
    assert.deepEqual(probe.running(), ["T_link_watch"]);
  }
  assert.deepEqual([...visited].sort(), Object.keys(onward).sort());
});
