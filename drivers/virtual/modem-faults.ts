import type { Millis } from "../../core/clock";
import type { DecodedMme } from "../../protocol/homeplug";
import type { VirtualModem } from "./modem";

/** What a modem may do wrong towards its host, by name. */
export const modemFaults = [
  /** A key is neither taken nor answered. */
  "keyUnanswered",
  /** A key is not taken, and the answer says so. */
  "keyRefused",
  /** The answer to a key takes two seconds. */
  "keyAnsweredLate",
  /** The answer to a key is that to another question. */
  "keyAnsweredWrongly",
  /** Soundings are not measured. */
  "noAttenuation",
  /** Soundings are reported, and no carrier group of them: a modem configured for a home network. */
  "noGroups",
  /** Without firmware or configuration: whatever it is asked, it asks for them. */
  "notBooted",
] as const;

export type ModemFault = (typeof modemFaults)[number];

/** What the host gets instead of the right answer, and how long after the question. */
export interface Spoilt {
  readonly frame?: Uint8Array;
  readonly after: Millis;
}

type Spoil = (modem: VirtualModem, message: DecodedMme, answer: () => Uint8Array | undefined) => Spoilt | undefined;

const onKey =
  (spoil: (modem: VirtualModem, sa: string, nonce: string, answer: () => Uint8Array | undefined) => Spoilt): Spoil =>
  (modem, message, answer) =>
    message.name === "CM_SET_KEY.REQ" ? spoil(modem, message.sa, message.fields.MyNonce, answer) : undefined;

const spoils: { readonly [F in ModemFault]?: Spoil } = {
  keyUnanswered: onKey(() => ({ after: 0 })),
  keyRefused: onKey((modem, sa, nonce) => ({
    frame: modem.reply("CM_SET_KEY.CNF", sa, { Result: 0, MyNonce: modem.nonce(), YourNonce: nonce }),
    after: 0,
  })),
  keyAnsweredLate: onKey((_modem, _sa, _nonce, answer) => late(answer(), 2_000)),
  keyAnsweredWrongly: onKey((modem, sa, nonce) => ({
    frame: modem.reply("CM_SET_KEY.CNF", sa, { Result: 1, MyNonce: modem.nonce(), YourNonce: another(nonce) }),
    after: 0,
  })),
  notBooted: (modem, { sa }) => ({
    frame: modem.reply("VS_HST_ACTION.IND", sa, {
      HOST_ACTION_REQ: 0,
      SESSION_ID: 1,
      OUTSTANDING_RETRIES: 3,
      RETRY_TIMER_10ms: 100,
    }),
    after: 0,
  }),
};

const late = (frame: Uint8Array | undefined, after: Millis): Spoilt => ({ ...(frame && { frame }), after });

const another = (nonce: string): string =>
  nonce.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 8).toString(16).toUpperCase());

/** What faults make of a question; undefined where the modem answers as it should. */
export function spoilt(
  faults: ReadonlySet<ModemFault>,
  modem: VirtualModem,
  message: DecodedMme,
  answer: () => Uint8Array | undefined,
): Spoilt | undefined {
  for (const fault of faults) {
    const found = spoils[fault]?.(modem, message, answer);
    if (found) return found;
  }
  return undefined;
}
