import type { ChargeParameterDiscoveryReq, CurrentDemandReq, DC_EVStatus } from "../../protocol/iso15118-2";
import { physical } from "../../protocol/v2g";
import { paceTimer } from "../session";
import type { CarDeviation } from ".";
import { says, wrapped } from "./wrapping";

/** Cars whose requests are right by themselves, and do not fit each other or what there is. */
export const content: readonly CarDeviation[] = [
  {
    name: "asks-in-watts",
    gist: "gives its target current in watts",
    requirement: "HIL-CT01",
    wrap: says("CurrentDemandReq", { EVTargetCurrent: physical(100, "W") }),
  },
  {
    name: "keeps-its-id-to-itself",
    gist: "gives an EVCCID of zero",
    requirement: "V2G2-879",
    wrap: says("SessionSetupReq", { EVCCID: "000000000000" }),
  },
  {
    name: "takes-a-rest",
    gist: "takes 45 s from the end of pre-charge to the start of charging",
    requirement: "HIL-TM09",
    wrap: wrapped.effects((effects, _, { session }) =>
      effects.map((effect) =>
        effect.do === "arm" && effect.timer === paceTimer && session?.pending === "PowerDeliveryReq"
          ? { ...effect, ms: 45_000 }
          : effect,
      ),
    ),
  },
  {
    name: "offers-a-protocol-twice",
    gist: "offers two protocols with one SchemaID and one priority",
    requirement: "V2G2-167",
    wrap: says("supportedAppProtocolReq", ({ AppProtocol }: { AppProtocol: readonly object[] }) => ({
      AppProtocol: [...AppProtocol, ...AppProtocol],
    })),
  },
  {
    name: "asks-for-more-than-it-bears",
    gist: "asks for a current above its own limit",
    requirement: "HIL-CT09",
    wrap: says("CurrentDemandReq", ({ EVMaximumCurrentLimit }: CurrentDemandReq) => ({
      EVMaximumCurrentLimit,
      EVTargetCurrent: physical(220, "A"),
    })),
  },
  {
    name: "is-always-half-full",
    gist: "tells 50 % whatever its battery has",
    requirement: "HIL-CT10",
    wrap: says("CurrentDemandReq", ({ DC_EVStatus }: { DC_EVStatus: DC_EVStatus }) => ({
      DC_EVStatus: { ...DC_EVStatus, EVRESSSOC: 50 },
    })),
  },
  {
    name: "says-that-it-is-not-ready",
    gist: "says that it is not ready while it charges",
    requirement: "HIL-CT11",
    wrap: says("CurrentDemandReq", ({ DC_EVStatus }: { DC_EVStatus: DC_EVStatus }) => ({
      DC_EVStatus: { ...DC_EVStatus, EVReady: false },
    })),
  },
  {
    name: "asks-for-a-mode-of-its-own",
    gist: "asks for an energy transfer mode that was not offered",
    requirement: "HIL-CT12",
    wrap: says("ChargeParameterDiscoveryReq", (body: ChargeParameterDiscoveryReq) => ({
      ...body,
      RequestedEnergyTransferMode: "DC_unique",
    })),
  },
  {
    name: "does-not-look-at-the-schedule",
    gist: "sends a profile of all its power, whatever the schedule has",
    requirement: "V2G2-225",
    wrap: wrapped.states((state) => {
      if (!state.session) return state;
      const { PMax: _, ...session } = state.session;
      return { ...state, session };
    }),
  },
];
