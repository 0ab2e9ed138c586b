import { connecting, wrappedStream } from "../../core/wrapped-network";
import { headerLength, readHeader } from "../../protocol/v2gtp";
import { states } from "../iso15118-2/table";
import type { At } from "../session";
import type { CarDeviation } from ".";
import { all, bodyOf, deafTo, reads, withBody, withoutTimer, wrapped } from "./wrapping";

const patient = withoutTimer(
  "V2G_EVCC_Msg_Timer",
  "V2G_EVCC_Ongoing_Timer",
  "V2G_EVCC_CableCheck_Timer",
  "V2G_EVCC_PreCharge_Timer",
);
const codeOf = (message: Parameters<typeof bodyOf>[0]): string => String(bodyOf(message).ResponseCode);
const reserved = ["OK_SuccessfulNegotiationWithMinorDeviation", "OK_OldSessionJoined"];

/** Reads what comes in one piece, if it is a whole frame. */
const readsWholeFrames = connecting((stream) =>
  wrappedStream(stream, {
    onBytes: (listener) =>
      stream.onBytes((chunk) => {
        const whole = chunk.length >= headerLength && chunk.length >= headerLength + readHeader(chunk).payloadLength;
        if (whole) listener(chunk);
      }),
  }),
);

const awaited = (at: At | undefined): string | undefined => (at && at !== "Closed" ? states[at].accepts : undefined);

/** Cars that take responses for what they are not. */
export const responses: readonly CarDeviation[] = [
  {
    name: "takes-a-refusal-for-consent",
    gist: "does not look at the response code",
    requirement: "V2G2-735",
    wrap: reads((message) => (/^F/i.test(codeOf(message)) ? withBody(message, { ResponseCode: "OK" }) : message)),
  },
  {
    name: "refuses-a-reservation",
    gist: "goes on after the plainest OK only",
    requirement: "V2G2-734",
    wrap: reads((message) =>
      reserved.includes(codeOf(message)) ? withBody(message, { ResponseCode: "FAILED" }) : message,
    ),
  },
  {
    name: "takes-any-SchemaID",
    gist: "does not look at the SchemaID",
    requirement: "V2G2-179",
    wrap: reads((message) =>
      message.name === "supportedAppProtocolRes" ? withBody(message, { SchemaID: 1 }) : message,
    ),
  },
  {
    name: "waits-on-after-a-wrong-response",
    gist: "drops the response to another request and waits on without an end",
    requirement: "HIL-SE16",
    scenarios: ["The response to another request"],
    wrap: all(
      patient,
      reads((message, { session }) => (message.name === awaited(session?.at) ? message : undefined)),
    ),
  },
  {
    name: "takes-a-foreign-response",
    gist: "does not look at the SessionID",
    requirement: "HIL-SE16",
    scenarios: ["The response of another session"],
    wrap: reads((message, { session }) =>
      message.header && session && message.name !== "SessionSetupRes"
        ? { ...message, header: { ...message.header, SessionID: session.SessionID } }
        : message,
    ),
  },
  {
    name: "waits-on-after-an-unreadable-response",
    gist: "drops what it cannot read and waits on without an end",
    requirement: "HIL-SE16",
    scenarios: ["A response that cannot be read"],
    wrap: all(
      patient,
      deafTo(({ kind }) => kind === "undecodable"),
    ),
  },
  {
    name: "gives-up-at-a-wrong-header",
    gist: "ends the session at a V2GTP header that should be skipped",
    requirement: "HIL-G4",
    wrap: wrapped.inputs((input) =>
      input.kind === "skipped" ? { kind: "undecodable", payload: new Uint8Array(0), reason: input.fault } : input,
    ),
  },
  {
    name: "waits-for-4-GiB",
    gist: "waits for any payload, however long",
    requirement: "HIL-VT02",
    wrap: all(
      patient,
      deafTo(({ kind }) => kind === "oversize"),
    ),
  },
  {
    name: "reads-a-segment-as-a-frame",
    gist: "takes no response that has not come in one piece",
    requirement: "HIL-VT04",
    network: readsWholeFrames,
  },
  {
    name: "waits-for-the-rest-of-a-frame",
    gist: "has no limit of time once part of a response has come",
    requirement: "HIL-VT03",
    wrap: patient,
  },
  {
    name: "gives-up-at-another-protocol",
    gist: "ends the session at a payload type of another protocol",
    requirement: "HIL-VT05",
    wrap: wrapped.inputs((input) =>
      input.kind === "skipped" && input.fault === "payload type"
        ? { kind: "undecodable", payload: new Uint8Array(0), reason: input.fault }
        : input,
    ),
  },
  {
    name: "waits-for-a-station-that-has-gone",
    gist: "has no limit of time for a response",
    requirement: "HIL-TC07",
    wrap: patient,
  },
  {
    name: "does-not-notice-a-lost-connection",
    gist: "waits on for a response when the connection has gone",
    requirement: "HIL-TC06",
    wrap: all(
      patient,
      deafTo(({ kind }) => kind === "closed"),
    ),
  },
];
