/** The handshake that agrees on a message set; it comes before every one of them (urn:iso:15118:2:2010:AppProtocol). */
import {
  example,
  integers,
  list,
  namespace,
  oneOf,
  schemaSet,
  string,
  type TypeOf,
  unsignedByte,
  unsignedInt,
  usual,
} from "../schema";

const appProtocolSchema = namespace("urn:iso:15118:2:2010:AppProtocol", { elements: "unqualified" });

/** Names a protocol within one session. */
export const SchemaID = unsignedByte;

export const AppProtocolType = appProtocolSchema.type({
  ProtocolNamespace: example(string({ maxLength: 100 }), "urn:iso:15118:2:2013:MsgDef"),
  VersionNumberMajor: example(unsignedInt, 2),
  VersionNumberMinor: unsignedInt,
  SchemaID: example(SchemaID, 1),
  /** 1 is what the vehicle likes best. */
  Priority: integers(1, 20),
});
export type AppProtocol = TypeOf<typeof AppProtocolType>;

export const supportedAppProtocolReq = appProtocolSchema.element("supportedAppProtocolReq", {
  AppProtocol: list(AppProtocolType, { max: 20 }),
});
export type supportedAppProtocolReq = TypeOf<typeof supportedAppProtocolReq>;

export const supportedAppProtocolRes = appProtocolSchema.element("supportedAppProtocolRes", {
  ResponseCode: oneOf("OK_SuccessfulNegotiation", "OK_SuccessfulNegotiationWithMinorDeviation", "Failed_NoNegotiation"),
  SchemaID: usual(example(SchemaID, 1)),
});
export type supportedAppProtocolRes = TypeOf<typeof supportedAppProtocolRes>;

export const appProtocol = schemaSet("AppProtocol", {
  roots: { supportedAppProtocolReq, supportedAppProtocolRes },
  schemas: [],
});
