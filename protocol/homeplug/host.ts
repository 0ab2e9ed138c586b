import { hex } from "../../core";
import { LOCALCAST } from "./addresses";
import { encodeMme } from "./frame";
import { nidOfNmk } from "./keys";
import type { Mme } from "./mmes";
import { refusals } from "./rows";
import type { SlacEffect, SlacHostConfig, SlacSeen } from "./slac";

/** A network and its key, in hex. The NID of a real station need not follow from its NMK. */
export interface NetworkKey {
  readonly nid: string;
  readonly nmk: string;
}

/** A key on its way into the modem. Its nonce stays the same over all sendings, so a late answer counts too. */
export interface Keying {
  readonly key: NetworkKey;
  readonly nonce: string;
  readonly sends: number;
}

export function freshKey(seen: SlacSeen): NetworkKey {
  const nmk = hex(seen.random(16));
  return { nid: nidOfNmk(nmk), nmk };
}

export const keying = (key: NetworkKey, seen: SlacSeen): Keying => ({ key, nonce: hex(seen.random(4)), sends: 1 });

/** CM_SET_KEY.REQ to the own modem, whatever its address: no other modem takes it for itself. */
export const sendKey = (mac: string, { key, nonce }: Keying): SlacEffect => ({
  do: "mme",
  frame: encodeMme({
    name: "CM_SET_KEY.REQ",
    da: LOCALCAST,
    sa: mac,
    fields: { MyNonce: nonce, NID: key.nid, NewKey: key.nmk },
  }),
});

/** Whether this answer says that the modem has taken the key; a remote modem's answer carries another nonce or Result 0. */
export const keyTaken = (cnf: Mme<"CM_SET_KEY.CNF">, { nonce }: Keying, config: SlacHostConfig): boolean =>
  config.setKeyResults.includes(cnf.fields.Result) && refusals(cnf, config, { YourNonce: nonce }).length === 0;

export const askLink = (mac: string): SlacEffect => ({
  do: "mme",
  frame: encodeMme({ name: "VS_PL_LNK_STATUS.REQ", da: LOCALCAST, sa: mac, fields: {} }),
});
