import { readSdpResponse, sdpResponse } from "../../protocol/sdp";
import { frame, payloadTypes } from "../../protocol/v2gtp";
import type { StationDeviation } from ".";
import { does, onResponse, recode, says, without, wrapped } from "./wrapping";

/** Answers a datagram that is no request as if it were one. */
const lenient = (change: (bytes: Uint8Array) => Uint8Array | undefined) =>
  wrapped.inputs((input) => {
    const bytes = input.kind === "datagram" ? change(input.bytes) : undefined;
    return bytes && input.kind === "datagram" ? { ...input, bytes } : input;
  });

const request = frame(payloadTypes.sdpRequest, Uint8Array.of(0x10, 0x00));

/** Gives another answer to SDP. */
const announces = (change: Partial<NonNullable<ReturnType<typeof readSdpResponse>>>) =>
  wrapped.effects((effects) =>
    effects.map((effect) => {
      const response = effect.do === "answer" ? readSdpResponse(effect.bytes) : undefined;
      return response && effect.do === "answer"
        ? { ...effect, bytes: sdpResponse({ ...response, ...change }) }
        : effect;
    }),
  );

/** Faults in discovery and in the choice of the protocol. */
export const handshake: readonly StationDeviation[] = [
  {
    name: "gives-another-address",
    gist: "announces an address at which it cannot be reached",
    requirement: "V2G2-623",
    scenarios: ["TCP without TLS", "TLS, which this station does not have"],
    wrap: announces({ address: "fe80::1" }),
  },
  {
    name: "gives-another-port",
    gist: "announces a port at which it does not listen",
    requirement: "V2G2-723",
    scenarios: ["The vehicle asks just in time"],
    wrap: announces({ port: 15118 }),
  },
  {
    name: "promises-tls",
    gist: "announces TLS although it has none",
    requirement: "V2G2-623",
    scenarios: ["TCP without TLS", "TLS, which this station does not have", "A vehicle that asks again"],
    wrap: announces({ security: 0x00 }),
  },
  {
    name: "announces-whatever-is-asked",
    gist: "answers requests for any security and transport",
    requirement: "HIL-SD03",
    wrap: lenient((bytes) => (bytes.length === 10 ? request : undefined)),
  },
  {
    name: "does-not-read-sdp-headers",
    gist: "answers a datagram of ten bytes, whatever its header says",
    requirement: "HIL-SD01",
    scenarios: [
      "an SDP request of length 0",
      "an SDP request of payload type 7000",
      "an SDP request of protocol version FF",
      "an SDP request of inverse version FF",
      "an SDP request of protocol version 02",
      "an SDP request of payload type 8001",
    ],
    wrap: lenient((bytes) => (bytes.length === 10 ? request : undefined)),
  },
  {
    name: "answers-any-datagram",
    gist: "answers whatever comes to the SDP port",
    requirement: "HIL-SD01",
    wrap: lenient(() => request),
  },
  {
    name: "does-not-look-at-sdp-lengths",
    gist: "answers datagrams of any length",
    requirement: "HIL-SD02",
    scenarios: ["<what>"],
    wrap: lenient(() => request),
  },
  {
    name: "is-deaf-after-rubbish",
    gist: "answers no SDP any more once it has got rubbish",
    requirement: "HIL-SD02",
    scenarios: ["Rubbish before a request"],
    wrap: (machine) => {
      let deaf = false;
      return wrapped.inputs((input) => {
        if (input.kind !== "datagram") return input;
        deaf ||= input.bytes.length !== 10 || input.bytes[4] === 0xff;
        return deaf ? undefined : input;
      })(machine);
    },
  },
  {
    name: "is-disturbed-by-sdp",
    gist: "ends its session when somebody asks for a station",
    requirement: "HIL-SD10",
    wrap: wrapped.inputs((input, { connection }) =>
      input.kind === "datagram" && connection !== undefined ? { kind: "closed", connection, reason: "reset" } : input,
    ),
  },
  {
    name: "takes-the-first-protocol",
    gist: "goes by the order of the offer",
    requirement: "V2G2-169",
    scenarios: ["The order of the offer is not that of the priorities"],
    wrap: wrapped.inputs((input) =>
      input.kind === "message" && input.message.name === "supportedAppProtocolReq"
        ? {
            ...input,
            message: {
              ...input.message,
              body: {
                AppProtocol: input.message.body.AppProtocol.map((each, index) => ({ ...each, Priority: index + 1 })),
              },
            },
          }
        : input,
    ),
  },
  {
    name: "takes-the-lowest-priority",
    gist: "takes the greatest number for the highest priority",
    requirement: "HIL-SA02",
    scenarios: ["Priority counts for more than an equal minor version"],
    wrap: wrapped.inputs((input) =>
      input.kind === "message" && input.message.name === "supportedAppProtocolReq"
        ? {
            ...input,
            message: {
              ...input.message,
              body: {
                AppProtocol: input.message.body.AppProtocol.map((each) => ({ ...each, Priority: 21 - each.Priority })),
              },
            },
          }
        : input,
    ),
  },
  {
    name: "chooses-schema-1",
    gist: "always names SchemaID 1",
    requirement: "V2G2-169",
    wrap: onResponse("supportedAppProtocolRes", { SchemaID: 1 }),
  },
  {
    name: "overlooks-the-minor-version",
    gist: "calls another minor version a plain success",
    requirement: "HIL-SA02",
    wrap: recode("OK_SuccessfulNegotiationWithMinorDeviation", "OK_SuccessfulNegotiation"),
  },
  {
    name: "agrees-to-unknown-protocols",
    gist: "answers success where it has no protocol in common",
    requirement: "V2G2-172",
    wrap: recode("Failed_NoNegotiation", "OK_SuccessfulNegotiation"),
  },
  {
    name: "stays-connected-without-a-protocol",
    gist: "leaves the connection open after Failed_NoNegotiation",
    requirement: "V2G2-172",
    wrap: without(does("close"), says("Failed_NoNegotiation")),
  },
  {
    name: "serves-before-the-choice",
    gist: "answers the first payload it cannot read as if it were an offer",
    requirement: "V2G2-540",
    wrap: wrapped.effects((effects, { before, input }) =>
      input.kind === "undecodable" && before.session?.at === "AwaitSupportedAppProtocolReq"
        ? [
            {
              do: "send",
              connection: input.connection,
              message: { name: "supportedAppProtocolRes", body: { ResponseCode: "Failed_NoNegotiation" } },
            },
            ...effects,
          ]
        : effects,
    ),
  },
  {
    name: "waits-on-before-the-choice",
    gist: "overlooks rubbish before the choice of a protocol",
    requirement: "V2G2-540",
    config: { maxDecodeErrors: 5 },
  },
  {
    name: "overlooks-a-second-offer",
    gist: "takes no notice of a second offer",
    requirement: "HIL-SA06",
    config: { maxDecodeErrors: 5 },
  },
];
