import { example, oneOf, optional, type TypeOf } from "../../schema";
import { descriptionType, nameType, V2GRequestType, V2GResponseType } from "../common-types";
import { commonMessages } from "../namespaces";

export const chargingSessionType = oneOf("Pause", "Terminate", "ServiceRenegotiation");

export const SessionStopReq = commonMessages.element(
  "SessionStopReq",
  commonMessages.extend(V2GRequestType, {
    ChargingSession: example(chargingSessionType, "Terminate"),
    EVTerminationCode: optional(nameType),
    EVTerminationExplanation: optional(descriptionType),
  }),
);
export type SessionStopReq = TypeOf<typeof SessionStopReq>;

export const SessionStopRes = commonMessages.element("SessionStopRes", commonMessages.extend(V2GResponseType, {}));
export type SessionStopRes = TypeOf<typeof SessionStopRes>;
