import { optional, type TypeOf, unsignedInt, unsignedLong } from "../../schema";
import {
  Dynamic_AC_CLReqControlModeType,
  Dynamic_AC_CLResControlModeType,
  Scheduled_AC_CLReqControlModeType,
  Scheduled_AC_CLResControlModeType,
} from "../ac";
import { RationalNumberType, rational } from "../common-types";
import { derSae } from "../namespaces";
import {
  DERControlCLResType,
  derConnectionStatusType,
  derOperationalStateType,
  EVApparentPowerType,
  EVExcitationType,
  EVReactivePowerType,
  gridConnectionModeType,
  requiredDEROperatingModeType,
} from "./grid-support";

export const DER_Dynamic_AC_CLReqControlModeType = derSae.extend(Dynamic_AC_CLReqControlModeType, {
  EVMaximumDischargePower: rational(5000, 1),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: RationalNumberType,
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  EVPresentVoltage: rational(400),
  EVPresentFrequency: RationalNumberType,
  EVSessionTotalDischargeEnergyAvailable: optional(RationalNumberType),
  EVApparentPower: optional(EVApparentPowerType),
  EVReactivePower: optional(EVReactivePowerType),
  EVExcitation: optional(EVExcitationType),
  EVMaximumV2XEnergyRequest: optional(RationalNumberType),
  EVMinimumV2XEnergyRequest: optional(RationalNumberType),
  DEROperationalState: derOperationalStateType,
  DERConnectionStatus: derConnectionStatusType,
  EVUpdateTime: unsignedLong,
  EVMinimumChargingDuration: unsignedInt,
  EVDurationMaximumChargeRate: unsignedInt,
  EVDurationMaximumDischargeRate: unsignedInt,
  DERAlarmStatus: unsignedInt,
  EnabledModes: unsignedInt,
});
export type DER_Dynamic_AC_CLReqControlMode = TypeOf<typeof DER_Dynamic_AC_CLReqControlModeType>;

export const DER_Dynamic_AC_CLResControlModeType = derSae.extend(Dynamic_AC_CLResControlModeType, {
  DERControlCLRes: DERControlCLResType,
  EVSEMaximumChargePower: optional(rational(5000, 1)),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: optional(rational(5000, 1)),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  RequiredDEROperatingMode: optional(requiredDEROperatingModeType),
  GridConnectionMode: optional(gridConnectionModeType),
});
export type DER_Dynamic_AC_CLResControlMode = TypeOf<typeof DER_Dynamic_AC_CLResControlModeType>;

export const DER_Scheduled_AC_CLReqControlModeType = derSae.extend(Scheduled_AC_CLReqControlModeType, {
  EVPresentVoltage: rational(400),
  EVPresentFrequency: RationalNumberType,
  EVMaximumDischargePower: optional(rational(5000, 1)),
  EVMaximumDischargePower_L2: optional(RationalNumberType),
  EVMaximumDischargePower_L3: optional(RationalNumberType),
  EVMinimumDischargePower: optional(RationalNumberType),
  EVMinimumDischargePower_L2: optional(RationalNumberType),
  EVMinimumDischargePower_L3: optional(RationalNumberType),
  DEROperationalState: derOperationalStateType,
  DERConnectionStatus: derConnectionStatusType,
  EVApparentPower: optional(EVApparentPowerType),
  EVReactivePower: optional(EVReactivePowerType),
  EVExcitation: optional(EVExcitationType),
  EVUpdateTime: unsignedLong,
  EVMinimumChargingDuration: optional(unsignedInt),
  EVDurationMaximumChargeRate: optional(unsignedInt),
  EVDurationMaximumDischargeRate: optional(unsignedInt),
  DERAlarmStatus: unsignedInt,
  EnabledModes: unsignedInt,
});
export type DER_Scheduled_AC_CLReqControlMode = TypeOf<typeof DER_Scheduled_AC_CLReqControlModeType>;

export const DER_Scheduled_AC_CLResControlModeType = derSae.extend(Scheduled_AC_CLResControlModeType, {
  DERControlCLRes: DERControlCLResType,
  EVSEMaximumChargePower: optional(rational(5000, 1)),
  EVSEMaximumChargePower_L2: optional(RationalNumberType),
  EVSEMaximumChargePower_L3: optional(RationalNumberType),
  EVSEMaximumDischargePower: optional(rational(5000, 1)),
  EVSEMaximumDischargePower_L2: optional(RationalNumberType),
  EVSEMaximumDischargePower_L3: optional(RationalNumberType),
  RequiredDEROperatingMode: optional(requiredDEROperatingModeType),
  GridConnectionMode: optional(gridConnectionModeType),
});
export type DER_Scheduled_AC_CLResControlMode = TypeOf<typeof DER_Scheduled_AC_CLResControlModeType>;

export const DER_Dynamic_AC_CLReqControlMode = derSae.element(
  "DER_Dynamic_AC_CLReqControlMode",
  DER_Dynamic_AC_CLReqControlModeType,
);

export const DER_Dynamic_AC_CLResControlMode = derSae.element(
  "DER_Dynamic_AC_CLResControlMode",
  DER_Dynamic_AC_CLResControlModeType,
);

export const DER_Scheduled_AC_CLReqControlMode = derSae.element(
  "DER_Scheduled_AC_CLReqControlMode",
  DER_Scheduled_AC_CLReqControlModeType,
);

export const DER_Scheduled_AC_CLResControlMode = derSae.element(
  "DER_Scheduled_AC_CLResControlMode",
  DER_Scheduled_AC_CLResControlModeType,
);
