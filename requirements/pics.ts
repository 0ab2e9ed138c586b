import { type ValuesOf, valuesOf } from "./profile-faults";

/** What the side under test can do. Selects scenarios: a scenario that needs more is not applicable. */
const kinds = {
  protocols: { kind: "several", of: ["DIN70121", "ISO15118-2", "ISO15118-20"] },
  energyModes: {
    kind: "several",
    of: ["DC_core", "DC_extended", "DC_combo_core", "DC_unique", "AC_single_phase_core", "AC_three_phase_core"],
  },
  identification: { kind: "several", of: ["EIM", "PnC"] },
  transport: { kind: "several", of: ["TCP", "TLS"] },
  slac: { kind: "truth" },
  validation: { kind: "truth" },
  ampMap: { kind: "truth" },
  pause: { kind: "truth" },
  renegotiation: { kind: "truth" },
  weldingDetection: { kind: "truth" },
  valueAddedServices: { kind: "truth" },
  meteringReceipt: { kind: "truth" },
  certificateInstallation: { kind: "truth" },
  certificateUpdate: { kind: "truth" },
  /** Pilot state in which the vehicle charges. */
  chargingState: { kind: "choice", of: ["C", "D"] },
} as const;

export type Pics = ValuesOf<typeof kinds>;

export const defaultPics: Pics = {
  protocols: ["ISO15118-2"],
  energyModes: ["DC_extended"],
  identification: ["EIM"],
  transport: ["TCP"],
  slac: true,
  validation: false,
  ampMap: false,
  pause: false,
  renegotiation: false,
  weldingDetection: true,
  valueAddedServices: false,
  meteringReceipt: false,
  certificateInstallation: false,
  certificateUpdate: false,
  chargingState: "C",
};

/** @throws ProfileFault */
export const picsOf = (given: unknown): Pics => valuesOf("pics", kinds, defaultPics, given);
