import { choice, example, list, oneOf, optional, type TypeOf, unsignedLong } from "../../schema";
import { EVSEStatusType, numericIDType, processingType, V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";
import { PowerScheduleEntryType } from "./power-schedules";

export const channelSelectionType = oneOf("Charge", "Discharge");

export const chargeProgressType = oneOf("Start", "Stop", "Standby", "ScheduleRenegotiation");

export const powerToleranceAcceptanceType = oneOf("PowerToleranceNotConfirmed", "PowerToleranceConfirmed");

export const Dynamic_EVPPTControlModeType = commonMessages.type({});
export type Dynamic_EVPPTControlMode = TypeOf<typeof Dynamic_EVPPTControlModeType>;

export const EVPowerProfileEntryListType = commonMessages.type({
  EVPowerProfileEntry: list(PowerScheduleEntryType, { max: 2048 }),
});
export type EVPowerProfileEntryList = TypeOf<typeof EVPowerProfileEntryListType>;

export const Scheduled_EVPPTControlModeType = commonMessages.type({
  SelectedScheduleTupleID: numericIDType,
  PowerToleranceAcceptance: optional(powerToleranceAcceptanceType),
});
export type Scheduled_EVPPTControlMode = TypeOf<typeof Scheduled_EVPPTControlModeType>;

export const EVPowerProfileType = commonMessages.type({
  TimeAnchor: unsignedLong,
  mode: choice(
    {
      Dynamic_EVPPTControlMode: Dynamic_EVPPTControlModeType,
      Scheduled_EVPPTControlMode: Scheduled_EVPPTControlModeType,
    },
    "Scheduled_EVPPTControlMode",
  ),
  EVPowerProfileEntries: EVPowerProfileEntryListType,
});
export type EVPowerProfile = TypeOf<typeof EVPowerProfileType>;

export const PowerDeliveryReq = commonMessages.element(
  "PowerDeliveryReq",
  commonMessages.extend(V2GRequestType, {
    EVProcessing: processingType,
    ChargeProgress: example(chargeProgressType, "Start"),
    EVPowerProfile: optional(EVPowerProfileType),
    BPT_ChannelSelection: optional(channelSelectionType),
  }),
);
export type PowerDeliveryReq = TypeOf<typeof PowerDeliveryReq>;

export const PowerDeliveryRes = commonMessages.element(
  "PowerDeliveryRes",
  commonMessages.extend(V2GResponseType, { EVSEStatus: optional(EVSEStatusType) }),
);
export type PowerDeliveryRes = TypeOf<typeof PowerDeliveryRes>;
