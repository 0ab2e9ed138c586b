import { BROADCAST } from "./addresses";
import { bytes, fixed, mac, mme, octets, onlyIf, secret, u8, u16, usual, zeros } from "./layout";

/** SLAC of ISO 15118-3 knows one application (PEV-EVSE matching) and no security. */
const APPLICATION_TYPE = fixed(u8, 0x00);
const SECURITY_TYPE = fixed(u8, 0x00);
const secured = (before: Readonly<Record<string, unknown>>) => before.SECURITY_TYPE === 0x01;

/** What both ends of CM_ATTEN_CHAR share. */
const attenuationHead = {
  APPLICATION_TYPE,
  SECURITY_TYPE,
  SOURCE_ADDRESS: mac,
  RunID: bytes(8),
  SOURCE_ID: zeros(17),
  RESP_ID: zeros(17),
};

/** What CM_SLAC_MATCH.REQ and .CNF share after MVFLength. */
const matchHead = {
  PEV_ID: zeros(17),
  PEV_MAC: mac,
  EVSE_ID: zeros(17),
  EVSE_MAC: mac,
  RunID: bytes(8),
  RSVD: usual(bytes(8), "0000000000000000"),
};

/** MMEs that station and car exchange while they match (ISO 15118-3 Annex A; HomePlug Green PHY). */
export const slacMmes = {
  "CM_SLAC_PARM.REQ": mme(0x6064, {
    APPLICATION_TYPE,
    SECURITY_TYPE,
    RunID: bytes(8),
    CipherSuiteSetSize: onlyIf(u8, secured),
    CipherSuite: onlyIf(u16, secured),
  }),
  "CM_SLAC_PARM.CNF": mme(0x6065, {
    "M-SOUND_TARGET": fixed(mac, BROADCAST),
    NUM_SOUNDS: fixed(u8, 10),
    /** In units of 100 ms: TT_EVSE_match_MNBC. */
    Time_Out: fixed(u8, 6),
    RESP_TYPE: fixed(u8, 0x01),
    FORWARDING_STA: mac,
    APPLICATION_TYPE,
    SECURITY_TYPE,
    RunID: bytes(8),
    CipherSuite: onlyIf(u16, secured),
  }),
  "CM_START_ATTEN_CHAR.IND": mme(0x606a, {
    APPLICATION_TYPE,
    SECURITY_TYPE,
    NUM_SOUNDS: usual(u8, 10),
    Time_Out: usual(u8, 6),
    RESP_TYPE: fixed(u8, 0x01),
    FORWARDING_STA: mac,
    RunID: bytes(8),
  }),
  "CM_MNBC_SOUND.IND": mme(0x6076, {
    APPLICATION_TYPE,
    SECURITY_TYPE,
    SenderID: usual(bytes(17), "00".repeat(17)),
    /** Sounds still to come. */
    Cnt: u8,
    RunID: bytes(8),
    // Some cars end the frame here; both fields stand, or neither.
    RSVD: onlyIf(bytes(8), (_, remaining) => remaining >= 24),
    Rnd: onlyIf(bytes(16), (before) => before.RSVD !== undefined),
  }),
  "CM_ATTEN_PROFILE.IND": mme(0x6086, {
    PEV_MAC: mac,
    NumGroups: fixed(u8, 58),
    RSVD: usual(u8, 0),
    /** Attenuation of each group of carriers in dB. */
    AAG: octets("NumGroups"),
  }),
  "CM_ATTEN_CHAR.IND": mme(0x606e, {
    ...attenuationHead,
    NumSounds: u8,
    NumGroups: fixed(u8, 58),
    AAG: octets("NumGroups"),
  }),
  "CM_ATTEN_CHAR.RSP": mme(0x606f, { ...attenuationHead, Result: fixed(u8, 0x00) }),
  "CM_VALIDATE.REQ": mme(0x6078, {
    /** 0: toggles of S2 on the control pilot. */
    SignalType: fixed(u8, 0x00),
    /** 0 in the first step; in the second the window in units of 100 ms, less one. */
    Timer: u8,
    Result: u8,
  }),
  "CM_VALIDATE.CNF": mme(0x6079, { SignalType: fixed(u8, 0x00), ToggleNum: u8, Result: u8 }),
  "CM_SLAC_MATCH.REQ": mme(0x607c, { APPLICATION_TYPE, SECURITY_TYPE, MVFLength: fixed(u16, 0x003e), ...matchHead }),
  "CM_SLAC_MATCH.CNF": mme(0x607d, {
    APPLICATION_TYPE,
    SECURITY_TYPE,
    MVFLength: fixed(u16, 0x0056),
    ...matchHead,
    NID: bytes(7),
    RSVD2: usual(u8, 0),
    NMK: secret(bytes(16)),
  }),
  /** Four bits a carrier, two carriers an octet. */
  "CM_AMP_MAP.REQ": mme(0x601c, { AMLEN: u16, AMDATA: bytes((before) => Math.ceil(Number(before.AMLEN) / 2)) }, [1, 2]),
  "CM_AMP_MAP.CNF": mme(0x601d, { ResType: u8 }, [1, 2]),
} as const;

/** Values of Result in CM_VALIDATE. */
export const validateResult = { notReady: 0, ready: 1, success: 2, failure: 3, notRequired: 4 } as const;
