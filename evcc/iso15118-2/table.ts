import type { Millis } from "../../core/clock";
import type { Bodies, ResponseName } from "../../protocol/v2g";
import type { At, Session, SessionEffect, SessionSeen } from "../session";
import { type Asks, type Phase, phase } from "../timers";
import { cableChecked, currentDelivered, powerDelivered, preCharged } from "./charging";
import {
  authorised,
  chargeParametersDiscovered,
  protocolChosen,
  servicesDiscovered,
  servicesSelected,
  sessionSetUp,
} from "./set-up";
import { sessionStopped, weldingDetected } from "./stopping";

/** What the car makes of an answer: the next request, or the end. `phase` starts a timer over all repeats of the same request. */
export type Decision =
  | {
      readonly next: Asks;
      readonly pace?: Millis;
      readonly session?: Partial<Session>;
      readonly effects?: readonly SessionEffect[];
      readonly phase?: Phase;
    }
  | {
      readonly end: string;
      readonly orderly: boolean;
      readonly session?: Partial<Session>;
      readonly effects?: readonly SessionEffect[];
    };

export type Decide<Name extends ResponseName> = (session: Session, body: Bodies[Name], seen: SessionSeen) => Decision;

interface Row<Name extends ResponseName = ResponseName> {
  readonly accepts: Name;
  readonly decide: Decide<Name>;
  /** Runs from the first request of this kind to the first of another. The message timer runs besides. */
  readonly phase?: Phase;
}

const row = <Name extends ResponseName>(accepts: Name, decide: Decide<Name>, phase?: Phase): Row =>
  ({ accepts, decide, ...(phase && { phase }) }) as unknown as Row;

/** Sequence of an ISO 15118-2 DC session with external payment, from the car's side. */
export const states: Readonly<Record<Exclude<At, "Closed">, Row>> = {
  AwaitSupportedAppProtocolRes: row("supportedAppProtocolRes", protocolChosen),
  AwaitSessionSetupRes: row("SessionSetupRes", sessionSetUp),
  AwaitServiceDiscoveryRes: row("ServiceDiscoveryRes", servicesDiscovered),
  AwaitServiceDetailRes: row("ServiceDetailRes", () => ({ next: "PaymentServiceSelectionReq" })),
  AwaitPaymentServiceSelectionRes: row("PaymentServiceSelectionRes", servicesSelected),
  AwaitAuthorizationRes: row("AuthorizationRes", authorised),
  AwaitChargeParameterDiscoveryRes: row("ChargeParameterDiscoveryRes", chargeParametersDiscovered),
  AwaitCableCheckRes: row("CableCheckRes", cableChecked, phase("V2G_EVCC_CableCheck_Timer")),
  AwaitPreChargeRes: row("PreChargeRes", preCharged, phase("V2G_EVCC_PreCharge_Timer")),
  AwaitPowerDeliveryRes: row("PowerDeliveryRes", powerDelivered),
  AwaitCurrentDemandRes: row("CurrentDemandRes", currentDelivered),
  AwaitWeldingDetectionRes: row("WeldingDetectionRes", weldingDetected),
  AwaitSessionStopRes: row("SessionStopRes", sessionStopped),
};
