import type { Network } from "../../core/network";
import { connecting } from "../../core/wrapped-network";
import { sdpResponse, security, transport } from "../../protocol/sdp";
import type { CarDeviation } from ".";
import { all, timed, withoutTimer, wrapped } from "./wrapping";

const nobody = sdpResponse({ address: "fe80::dead", port: 61341, security: security.none, transport: transport.tcp });

/** Takes whatever comes for an answer of some station. */
const takesAnything = wrapped.inputs((input) => (input.kind === "datagram" ? { ...input, bytes: nobody } : input));

const asksOn = wrapped.states((state) => ({ ...state, sdpRequests: Math.min(state.sdpRequests, 1) }));

/** Hears of every attempt to connect what becomes of it, however long ago it gave it up. */
const clings = (network: Network): Network => ({
  ...connecting((stream) => stream)(network),
  connect: (to, opened, failed) => {
    network.connect(to, opened, failed);
    return () => undefined;
  },
});

/** Cars that look for their station in a wrong way. */
export const discovery: readonly CarDeviation[] = [
  {
    name: "asks-without-a-pause",
    gist: "repeats its SDP request after 50 ms",
    requirement: "V2G2-159",
    scenarios: ["Nobody answers"],
    wrap: timed("SDP_response", () => 50),
  },
  {
    name: "asks-four-times-only",
    gist: "gives up after four SDP requests",
    requirement: "V2G2-159",
    scenarios: ["The answer comes to a late request"],
    wrap: wrapped.states((state) => (state.sdpRequests >= 4 ? { ...state, sdpRequests: 50 } : state)),
  },
  {
    name: "asks-without-counting",
    gist: "asks more often than 50 times",
    requirement: "V2G2-161",
    wrap: asksOn,
  },
  {
    name: "asks-for-ever",
    gist: "has neither a limit of requests nor one of time",
    requirement: "V2G2-029",
    wrap: all(asksOn, withoutTimer("V2G_EVCC_CommunicationSetup_Timer")),
  },
  {
    name: "clings-to-a-former-attempt",
    gist: "ends its session when an attempt to connect of the one before it fails",
    requirement: "HIL-SD11",
    network: clings,
  },
  { name: "takes-any-address", gist: "does not look at the address", requirement: "HIL-SD07", wrap: takesAnything },
  { name: "takes-any-security", gist: "does not look at security", requirement: "V2G2-623", wrap: takesAnything },
  { name: "takes-any-datagram", gist: "does not look at the header", requirement: "V2G2-098", wrap: takesAnything },
  {
    name: "is-content-without-tls",
    gist: "requires TLS, and does without it when a station has none",
    requirement: "HIL-SD06",
    config: { tls: "never" },
  },
  {
    name: "is-led-astray-by-a-bad-answer",
    gist: "takes the first answer, valid or not",
    requirement: "HIL-SD08",
    scenarios: ["A bad one, then a good one"],
    wrap: takesAnything,
  },
  {
    name: "takes-the-second-answer",
    gist: "waits for another answer and takes that",
    requirement: "HIL-SD08",
    scenarios: ["A good one, then another"],
    wrap: (machine) => {
      let heard = 0;
      return {
        ...machine,
        step: (state, input, seen) =>
          input.kind === "datagram" && heard++ === 0 ? { state, effects: [] } : machine.step(state, input, seen),
      };
    },
  },
];
