import type { StationDeviation } from ".";
import { does, recode, says, without, wrapped } from "./wrapping";

const named = "<message>Req with the SessionID <SessionID>";
const refused = says("FAILED_UnknownSession");

/** Hears a request of such an id as if it had the right one. */
const serves = (foreign: (id: string, own: string) => boolean) =>
  wrapped.inputs((input, { session }) =>
    input.kind === "message" &&
    session &&
    input.message.header &&
    foreign(input.message.header.SessionID, session.SessionID)
      ? { ...input, message: { ...input.message, header: { SessionID: session.SessionID } } }
      : input,
  );

const rowsOf = (id: string): string[] =>
  [
    "ServiceDiscovery",
    "PaymentServiceSelection",
    "Authorization",
    "ChargeParameterDiscovery",
    "CableCheck",
    "PreCharge",
    "PowerDelivery",
    "CurrentDemand",
    "WeldingDetection",
    "SessionStop",
  ].map((message) => `${message}Req with the SessionID ${id}`);

/** Faults in whose session it is. */
export const sessionIds: readonly StationDeviation[] = [
  {
    name: "does-not-look-at-the-session-id",
    gist: "serves requests of any session",
    requirement: "V2G2-460",
    wrap: serves(() => true),
  },
  {
    name: "takes-zero-for-its-session",
    gist: "serves requests whose SessionID is zero",
    requirement: "V2G2-460",
    scenarios: rowsOf("zero"),
    wrap: serves((id) => /^0+$/.test(id)),
  },
  {
    name: "compares-part-of-the-session-id",
    gist: "serves requests whose SessionID is the beginning of its own",
    requirement: "V2G2-460",
    scenarios: rowsOf("the assigned one without its last byte"),
    wrap: serves((id, own) => own.startsWith(id)),
  },
  {
    name: "calls-an-unknown-session-a-sequence-error",
    gist: "answers FAILED_SequenceError to a foreign SessionID",
    requirement: "V2G2-460",
    scenarios: [named.replace("the SessionID <SessionID>", "another SessionID")],
    wrap: recode("FAILED_UnknownSession", "FAILED_SequenceError"),
  },
  {
    name: "stays-connected-after-a-foreign-session-id",
    gist: "goes on after FAILED_UnknownSession",
    requirement: "V2G2-460",
    scenarios: ["<message>Req with the SessionID <SessionID> in the charge loop"],
    wrap: without(does("close", "supply", "contactor"), refused),
  },
];
