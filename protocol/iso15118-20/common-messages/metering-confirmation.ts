import { choice, ID, optional, type TypeOf } from "../../schema";
import {
  MeterInfoType,
  numericIDType,
  ReceiptType,
  sessionIDType,
  V2GRequestType,
  V2GResponseType,
} from "../common-types";
import { commonMessages } from "../namespaces";

export const Dynamic_SMDTControlModeType = commonMessages.type({});
export type Dynamic_SMDTControlMode = TypeOf<typeof Dynamic_SMDTControlModeType>;

export const Scheduled_SMDTControlModeType = commonMessages.type({ SelectedScheduleTupleID: numericIDType });
export type Scheduled_SMDTControlMode = TypeOf<typeof Scheduled_SMDTControlModeType>;

export const SignedMeteringDataType = commonMessages.type({
  "@Id": ID,
  SessionID: sessionIDType,
  MeterInfo: MeterInfoType,
  Receipt: optional(ReceiptType),
  mode: choice(
    { Dynamic_SMDTControlMode: Dynamic_SMDTControlModeType, Scheduled_SMDTControlMode: Scheduled_SMDTControlModeType },
    "Scheduled_SMDTControlMode",
  ),
});
export type SignedMeteringData = TypeOf<typeof SignedMeteringDataType>;

export const MeteringConfirmationReq = commonMessages.element(
  "MeteringConfirmationReq",
  commonMessages.extend(V2GRequestType, { SignedMeteringData: SignedMeteringDataType }),
);
export type MeteringConfirmationReq = TypeOf<typeof MeteringConfirmationReq>;

export const MeteringConfirmationRes = commonMessages.element(
  "MeteringConfirmationRes",
  commonMessages.extend(V2GResponseType, {}),
);
export type MeteringConfirmationRes = TypeOf<typeof MeteringConfirmationRes>;

export const SignedMeteringData = commonMessages.element("SignedMeteringData", SignedMeteringDataType);
