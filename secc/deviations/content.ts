import type { ChargeParameterDiscoveryRes, CurrentDemandRes, ServiceDiscoveryRes } from "../../protocol/iso15118-2";
import { amount, physical } from "../../protocol/v2g";
import type { StationDeviation } from ".";
import { all, onResponse } from "./wrapping";

type Parameters = ChargeParameterDiscoveryRes;

/** Faults in what a station says of itself and of what goes on, in messages that are right by themselves. */
export const content: readonly StationDeviation[] = [
  {
    name: "measures-welding-in-amperes",
    gist: "gives the voltage of welding detection in amperes",
    requirement: "HIL-CT01",
    wrap: onResponse("WeldingDetectionRes", { EVSEPresentVoltage: physical(0, "A") }),
  },
  {
    name: "calls-itself-otherwise",
    gist: "gives another EVSEID in the charging loop than at the beginning",
    requirement: "HIL-CT02",
    wrap: onResponse("CurrentDemandRes", { EVSEID: "DE*CCS*E0002*1" }),
  },
  {
    name: "offers-all-modes",
    gist: "offers energy transfer modes that it does not have",
    requirement: "HIL-CT03",
    wrap: onResponse("ServiceDiscoveryRes", ({ ChargeService }: ServiceDiscoveryRes) => ({
      ChargeService: {
        ...ChargeService,
        SupportedEnergyTransferMode: { EnergyTransferMode: ["DC_core", "DC_extended", "DC_combo_core"] },
      },
    })),
  },
  {
    name: "schedules-less-than-it-delivers",
    gist: "offers a schedule of 10 kW, and tells of more in the charging loop",
    requirement: "HIL-CT04",
    wrap: all(
      onResponse("ChargeParameterDiscoveryRes", ({ SAScheduleList }: Parameters) => ({
        SAScheduleList: {
          SAScheduleTuple: SAScheduleList?.SAScheduleTuple.map((tuple) => ({
            ...tuple,
            PMaxSchedule: {
              PMaxScheduleEntry: tuple.PMaxSchedule.PMaxScheduleEntry.map((entry) => ({
                ...entry,
                PMax: physical(10_000, "W"),
              })),
            },
          })),
        },
      })),
      onResponse("CurrentDemandRes", ({ EVSEPresentCurrent }: CurrentDemandRes) => ({
        EVSEPresentCurrent: physical(1.5 * amount(EVSEPresentCurrent), "A"),
      })),
    ),
  },
  {
    name: "raises-its-limits",
    gist: "announces more current in the charging loop than before it",
    requirement: "HIL-CT05",
    wrap: onResponse("CurrentDemandRes", { EVSEMaximumCurrentLimit: physical(250, "A") }),
  },
  {
    name: "warns-of-an-interruption",
    gist: "tells of an interruption by the utility, and charges on",
    requirement: "HIL-CT06",
    wrap: onResponse("CurrentDemandRes", ({ DC_EVSEStatus }: CurrentDemandRes) => ({
      DC_EVSEStatus: { ...DC_EVSEStatus, EVSEStatusCode: "EVSE_UtilityInterruptEvent" },
    })),
  },
  {
    name: "is-always-at-its-power-limit",
    gist: "always says that its power limit is reached",
    requirement: "HIL-CT07",
    wrap: onResponse("CurrentDemandRes", { EVSEPowerLimitAchieved: true }),
  },
  {
    name: "counts-down",
    gist: "has a meter that shows less with every reading",
    requirement: "HIL-CT08",
    wrap: (machine) => {
      let reading = 1_000_000;
      return onResponse("CurrentDemandRes", ({ MeterInfo }: CurrentDemandRes) => ({
        MeterInfo: { ...MeterInfo, MeterReading: reading-- },
      }))(machine);
    },
  },
  {
    name: "measures-too-much",
    gist: "reports 20 A more than there are",
    requirement: "HIL-S19",
    scenarios: ["From pre-charge to welding detection"],
    wrap: onResponse("CurrentDemandRes", ({ EVSEPresentCurrent }: CurrentDemandRes) => ({
      EVSEPresentCurrent: physical(amount(EVSEPresentCurrent) + 20, "A"),
    })),
  },
];
