import type { Millis } from "../core/clock";

/** Timers of the car above SLAC, by the standard's names (ISO 15118-2 Tables 109 to 112 as quoted by peers). */
export const timers = {
  /** From link established to SessionSetupRes. */
  V2G_EVCC_CommunicationSetup_Timer: 20_000,
  /** First Ongoing to Finished, in Authorization and ChargeParameterDiscovery. */
  V2G_EVCC_Ongoing_Timer: 60_000,
  V2G_EVCC_CableCheck_Timer: 40_000,
  V2G_EVCC_PreCharge_Timer: 7_000,
  /** Wait for an SDP answer before asking again (V2G2-159). */
  SDP_response: 250,
  /** The car leaves its link this long after the connection has ended. */
  TP_match_leave: 500,
  /** The C of the toggle that wakes a station; 200 to 400 ms. */
  BCB_toggle: 300,
  /** Without an answer of the station's pilot it is toggled again (T_conn_max_comm). */
  wake_again: 8_000,
} as const satisfies Record<string, Millis>;

/** SDP requests before the car gives up. */
export const sdpRetries = 50;

/** V2G_EVCC_Msg_Timeout of each request. */
export const messageTimeout = {
  supportedAppProtocolReq: 2_000,
  SessionSetupReq: 2_000,
  ServiceDiscoveryReq: 2_000,
  ServiceDetailReq: 5_000,
  PaymentServiceSelectionReq: 2_000,
  AuthorizationReq: 2_000,
  ChargeParameterDiscoveryReq: 2_000,
  CableCheckReq: 2_000,
  PreChargeReq: 2_000,
  PowerDeliveryReq: 5_000,
  CurrentDemandReq: 250,
  WeldingDetectionReq: 2_000,
  SessionStopReq: 2_000,
} as const satisfies Record<string, Millis>;

/** Requests this car sends. */
export type Asks = keyof typeof messageTimeout;

/** A timer over all repeats of one request. */
export interface Phase {
  readonly timer: keyof typeof timers;
  readonly ms: Millis;
}

export const phase = (timer: keyof typeof timers): Phase => ({ timer, ms: timers[timer] });
