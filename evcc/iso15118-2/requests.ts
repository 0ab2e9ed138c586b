import type { DC_EVStatus } from "../../protocol/iso15118-2";
import { type Bodies, physical } from "../../protocol/v2g";
import type { Session, SessionSeen } from "../session";
import type { Asks } from "../timers";

type Builders = { readonly [Name in Asks]: (session: Session, seen: SessionSeen) => Bodies[Name] };

const EVStatus = (seen: SessionSeen): DC_EVStatus => ({
  EVReady: true,
  EVErrorCode: "NO_ERROR",
  EVRESSSOC: Math.floor(seen.inlet.soc),
});

/** A session that has charged is paused, one that goes on after a pause is not. */
export const pauses = ({ config, loops, resumed }: Session): boolean =>
  config.pause !== undefined && loops > 0 && !resumed;

/** Amperes that the power of the schedule allows. */
const allowed = ({ inlet }: SessionSeen, PMax = Number.POSITIVE_INFINITY): number =>
  Math.max(0, Math.floor(PMax / Math.max(1, inlet.batteryVoltage)));

/** What the car says, each request from its own state and measured values. */
export const requests: Builders = {
  supportedAppProtocolReq: ({ config }) => ({ AppProtocol: [...config.protocols] }),
  SessionSetupReq: ({ config }) => ({ EVCCID: config.EVCCID }),
  ServiceDiscoveryReq: () => ({}),
  ServiceDetailReq: () => ({ ServiceID: 1 }),
  PaymentServiceSelectionReq: () => ({
    SelectedPaymentOption: "ExternalPayment",
    SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] },
  }),
  AuthorizationReq: () => ({}),
  ChargeParameterDiscoveryReq: ({ config }, seen) => ({
    RequestedEnergyTransferMode: config.RequestedEnergyTransferMode,
    DC_EVChargeParameter: {
      DC_EVStatus: EVStatus(seen),
      EVMaximumCurrentLimit: physical(config.maximumCurrent, "A"),
      EVMaximumPowerLimit: physical(config.maximumPower, "W"),
      EVMaximumVoltageLimit: physical(config.maximumVoltage, "V"),
      EVEnergyCapacity: physical(config.energyCapacity, "Wh"),
    },
  }),
  CableCheckReq: (_, seen) => ({ DC_EVStatus: EVStatus(seen) }),
  PreChargeReq: (_, seen) => ({
    DC_EVStatus: EVStatus(seen),
    EVTargetVoltage: physical(Math.round(seen.inlet.batteryVoltage * 10) / 10, "V"),
    EVTargetCurrent: physical(2, "A"),
  }),
  PowerDeliveryReq: ({ chargeProgress, SAScheduleTupleID, PMax, config }, seen) => ({
    ChargeProgress: chargeProgress,
    SAScheduleTupleID,
    ...(chargeProgress === "Start" && {
      ChargingProfile: {
        ProfileEntry: [
          // Within the schedule it has taken (V2G2-225).
          {
            ChargingProfileEntryStart: 0,
            ChargingProfileEntryMaxPower: physical(Math.min(config.maximumPower, PMax ?? config.maximumPower), "W"),
          },
        ],
      },
    }),
    DC_EVPowerDeliveryParameter: { DC_EVStatus: EVStatus(seen), ChargingComplete: chargeProgress === "Stop" },
  }),
  CurrentDemandReq: ({ config, stopping, PMax }, seen) => ({
    DC_EVStatus: EVStatus(seen),
    EVTargetCurrent: physical(stopping === undefined ? Math.min(config.targetCurrent, allowed(seen, PMax)) : 0, "A"),
    EVMaximumVoltageLimit: physical(config.maximumVoltage, "V"),
    EVMaximumCurrentLimit: physical(config.maximumCurrent, "A"),
    ChargingComplete: stopping !== undefined,
    EVTargetVoltage: physical(config.maximumVoltage, "V"),
  }),
  WeldingDetectionReq: (_, seen) => ({ DC_EVStatus: EVStatus(seen) }),
  SessionStopReq: (session) => ({ ChargingSession: pauses(session) ? "Pause" : "Terminate" }),
};
