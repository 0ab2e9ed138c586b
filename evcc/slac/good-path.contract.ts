import assert from "node:assert/strict";
import { encodeMme, type MmeGiven, type MmeName } from "../../protocol/homeplug";
import { Probe } from "../../protocol/homeplug/probe.contract";
import { atSlac, type SlacOptions, startSlac, stepSlac } from "./index";

export const EV = "02:00:00:00:EE:01";
export const EVSE = "02:00:00:00:5E:01";
export const SECOND = "02:00:00:00:5E:02";
export const MODEM = "02:B0:52:00:EE:01";
export const RUN = "0102030405060708";
export const NONE = "00:00:00:00:00:00";

export type Told = Record<string, unknown> & { sa?: string; da?: string };
export type CarProbe = Probe<ReturnType<typeof startSlac>["state"]>;

/** What a conforming station or the own modem sends; `told` has what differs. */
const usual: { [N in MmeName]?: [sa: string, fields: object] } = {
  "CM_SLAC_PARM.CNF": [EVSE, { FORWARDING_STA: EV, RunID: RUN }],
  "CM_ATTEN_CHAR.IND": [EVSE, { SOURCE_ADDRESS: EV, RunID: RUN, NumSounds: 10, AAG: new Array(58).fill(15) }],
  "CM_SLAC_MATCH.CNF": [
    EVSE,
    { PEV_MAC: EV, EVSE_MAC: EVSE, RunID: RUN, NID: "01020304050607", NMK: "00112233445566778899AABBCCDDEEFF" },
  ],
  "VS_PL_LNK_STATUS.CNF": [MODEM, { LinkStatus: 1 }],
  "CM_AMP_MAP.REQ": [EVSE, { AMLEN: 4, AMDATA: "0000" }],
};

export function hear(probe: CarProbe, name: MmeName, told: Told = {}): CarProbe {
  const [sa, fields] = usual[name] ?? [EVSE, {}];
  return probe.hear(encodeMme({ name, da: EV, sa, ...told, fields: { ...fields, ...told } as MmeGiven<typeof name> }));
}

export function keyed(probe: CarProbe, Result = 1, sa = MODEM): CarProbe {
  const fields = { Result, MyNonce: "00000000", YourNonce: probe.state.keying.nonce };
  return probe.hear(encodeMme({ name: "CM_SET_KEY.CNF", da: EV, sa, fields }));
}

export const powered = (options: Partial<SlacOptions> = {}): CarProbe =>
  new Probe((seen) => startSlac({ mac: EV, ...options }, seen), stepSlac, atSlac);

export const soundAll = (probe: CarProbe): CarProbe => {
  while (probe.at === "AwaitBatchInterval") probe.expire("TP_EV_batch_msg_interval");
  return probe;
};

/** The good path of a car, state by state; each entry brings the machine from the one before to its own. */
export const path: [state: string, go: (probe: CarProbe) => unknown][] = [
  ["AwaitSetKeyCnf", () => undefined],
  ["AwaitPlug", (probe) => keyed(probe)],
  ["AwaitCmSlacParmCnf", (probe) => probe.draw(RUN).take({ kind: "plugged" })],
  ["AwaitBatchInterval", (probe) => hear(probe, "CM_SLAC_PARM.CNF").expire("TT_match_response")],
  ["AwaitCmAttenCharInd", soundAll],
  ["AwaitCmSlacMatchCnf", (probe) => hear(probe, "CM_ATTEN_CHAR.IND")],
  ["AwaitJoinSetKeyCnf", (probe) => hear(probe, "CM_SLAC_MATCH.CNF")],
  ["AwaitLink", (probe) => keyed(probe)],
  ["AwaitLinkReady", (probe) => hear(probe.expire("T_link_poll"), "VS_PL_LNK_STATUS.CNF")],
  ["Matched", (probe) => probe.expire("TP_link_ready_notification")],
];

export function reach(state: string, options: Partial<SlacOptions> = {}): CarProbe {
  const probe = powered(options);
  for (const [name, go] of path) {
    go(probe);
    assert.equal(probe.at, name);
    if (name === state) return probe;
  }
  throw new Error(`no state ${state} on the good path`);
}
