import {
  bytes,
  fixed,
  mac,
  mme,
  octets,
  onlyIf,
  records,
  secret,
  text,
  u8,
  u16,
  u32,
  usual,
  vendorMme,
} from "./layout";

type Before = Readonly<Record<string, unknown>>;
const oneNetwork = (before: Before) => Number(before.NUMAVLNS) > 0;

/** MMEs between a host and its own modem, and what modems say of themselves. An empty layout is one that nobody here reads. */
export const modemMmes = {
  "CM_SET_KEY.REQ": mme(0x6008, {
    /** 1: network membership key. */
    KeyType: fixed(u8, 1),
    MyNonce: usual(bytes(4), "00000000"),
    YourNonce: usual(bytes(4), "00000000"),
    /** 4: protocol of the higher layer. */
    PID: fixed(u8, 4),
    PRN: usual(u16, 0),
    PMN: usual(u8, 0),
    CCoCapability: usual(u8, 0),
    NID: bytes(7),
    NewEKS: fixed(u8, 1),
    NewKey: secret(bytes(16)),
  }),
  /** HomePlug AV calls Result 0 success; modems of Qualcomm answer 1 when they have taken the key. */
  "CM_SET_KEY.CNF": mme(0x6009, {
    Result: u8,
    MyNonce: bytes(4),
    YourNonce: bytes(4),
    PID: usual(u8, 4),
    PRN: usual(u16, 0),
    PMN: usual(u8, 0xff),
    CCoCapability: usual(u8, 0),
  }),
  "CM_GET_KEY.REQ": mme(0x600c, {}),
  "CM_GET_KEY.CNF": mme(0x600d, {}),
  "CM_BRG_INFO.REQ": mme(0x6020, {}),
  "CM_BRG_INFO.CNF": mme(0x6021, {}),
  "CM_NW_INFO.REQ": mme(0x6038, {}),
  "CM_NW_INFO.CNF": mme(0x6039, {
    NumNWs: u8,
    Networks: records("NumNWs", {
      NID: bytes(7),
      SNID: u8,
      TEI: u8,
      /** 0 station, 1 proxy coordinator, 2 central coordinator. */
      StationRole: u8,
      CCoMAC: mac,
      AccessNetwork: u8,
      NumCordNWs: u8,
    }),
  }),
  "CM_NW_STATS.REQ": mme(0x6048, {}, [1, 2]),
  "CM_NW_STATS.CNF": mme(
    0x6049,
    { NumSTAs: u8, Stations: records("NumSTAs", { MAC: mac, AvgPHYDR_TX: u8, AvgPHYDR_RX: u8 }) },
    [1, 2],
  ),
  "CC_DISCOVER_LIST.REQ": mme(0x0014, {}),
  "CC_DISCOVER_LIST.CNF": mme(0x0015, {
    NumStas: u8,
    Stations: records("NumStas", { MAC: mac, TEI: u8, SameNetwork: u8, SNID: u8, Capabilities: bytes(3) }),
  }),
  "VS_SW_VER.REQ": vendorMme(0xa000, { COOKIE: usual(u32, 0) }),
  "VS_SW_VER.CNF": vendorMme(0xa001, {
    MSTATUS: usual(u8, 0),
    MDEVICE_CLASS: u8,
    /** Of MVERSION with its NUL. */
    MVERLENGTH: u8,
    MVERSION: text((before) => Number(before.MVERLENGTH)),
  }),
  "VS_RS_DEV.REQ": vendorMme(0xa01c, {}),
  "VS_RS_DEV.CNF": vendorMme(0xa01d, { MSTATUS: usual(u8, 0) }),
  "VS_NW_INFO.REQ": vendorMme(0xa038, {}, [1]),
  "VS_NW_INFO.CNF": vendorMme(
    0xa039,
    {
      SUBVER: usual(u8, 0),
      RSVD: usual(u8, 0),
      DATA_LEN: u16,
      RSVD2: usual(u8, 0),
      NUMAVLNS: u8,
      NID: onlyIf(bytes(7), oneNetwork),
      RSVD3: onlyIf(bytes(2), oneNetwork),
      SNID: onlyIf(u8, oneNetwork),
      TEI: onlyIf(u8, oneNetwork),
      RSVD4: onlyIf(bytes(4), oneNetwork),
      ROLE: onlyIf(u8, oneNetwork),
      CCO_MAC: onlyIf(mac, oneNetwork),
      CCO_TEI: onlyIf(u8, oneNetwork),
      RSVD5: onlyIf(bytes(3), oneNetwork),
      NUMSTAS: onlyIf(u8, oneNetwork),
      RSVD6: onlyIf(bytes(5), oneNetwork),
      STAS: onlyIf(
        records("NUMSTAS", {
          MAC: mac,
          TEI: u8,
          RSVD: bytes(3),
          BDA: mac,
          AVGTX: u16,
          CPL: u8,
          RSVD2: u8,
          AVGRX: u16,
          RSVD3: bytes(2),
        }),
        oneNetwork,
      ),
    },
    [1],
  ),
  "VS_SET_KEY.REQ": vendorMme(0xa050, {}),
  "VS_HST_ACTION.IND": vendorMme(0xa062, {
    HOST_ACTION_REQ: u8,
    SESSION_ID: u8,
    OUTSTANDING_RETRIES: u16,
    RETRY_TIMER_10ms: u16,
  }),
  "VS_HST_ACTION.RSP": vendorMme(0xa063, { MSTATUS: u8, HOST_ACTION: u8, SESSION_ID: u8, OUTSTANDING_RETRIES: u16 }),
  "VS_OP_ATTR.REQ": vendorMme(0xa068, { COOKIE: usual(u32, 0), RTYPE: usual(u8, 0) }),
  "VS_OP_ATTR.CNF": vendorMme(0xa069, {
    MSTATUS: usual(u16, 0),
    COOKIE: u32,
    RTYPE: u8,
    SIZE: usual(u16, 118),
    HW: text(16),
    SW: text(16),
    SW_MAJOR: u32,
    SW_MINOR: u32,
    SW_PIB: u32,
    SW_BUILD: u32,
    RSVD: usual(u32, 0),
    SW_DATE: text(8),
  }),
  "VS_MODULE_OPERATION.REQ": vendorMme(0xa0b0, {}),
  "VS_PL_LNK_STATUS.REQ": vendorMme(0xa0b8, {}),
  "VS_PL_LNK_STATUS.CNF": vendorMme(0xa0b9, {
    MSTATUS: usual(u8, 0),
    /** 1: a station has joined. */
    LinkStatus: u8,
  }),
  /** Sent beside each sounding, by modems of other stations too: never a sounding result. */
  "VS_ATTENUATION_CHAR.IND": vendorMme(0xa14e, {
    /** Newer firmware sends zeros. */
    OUI: usual(bytes(3), "00B052"),
    PEV_MAC: mac,
    NumGroups: u8,
    RSVD: usual(bytes(9), "001000000000000000"),
    AAG: octets("NumGroups"),
  }),
} as const;
