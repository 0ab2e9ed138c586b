import { timers } from "../timers";
import type { StationDeviation } from ".";
import { without, wrapped } from "./wrapping";

const setup = "V2G_SECC_CommunicationSetup_Timer";
const sequence = "V2G_SECC_Sequence_Timer";
const silent = [
  "The vehicle falls silent while <message>Req is awaited",
  "The vehicle falls silent in the charge loop",
];

const rubbish = [
  "a frame of protocol version FF",
  "a frame of inverse version FF",
  "a frame of payload type 7001",
  "a frame of payload type 9000",
  "an empty frame",
  "random bytes",
  "a request without its last byte",
  "a DIN 70121 message",
];

/** Another time for one timer; none at all without it. */
const timed = (timer: string, ms?: number) =>
  wrapped.effects((effects) =>
    effects.flatMap((effect) => {
      if (effect.do !== "arm" || effect.timer !== timer) return [effect];
      return ms === undefined ? [] : [{ ...effect, ms }];
    }),
  );

/** Faults in how long a station waits. */
export const timeouts: readonly StationDeviation[] = [
  {
    name: "never-times-out",
    gist: "waits for the next request for ever",
    requirement: "V2G2-443",
    scenarios: [...silent, "The timeout runs from the response, not from the request before it"],
    wrap: timed(sequence),
  },
  {
    name: "times-out-early",
    gist: "gives up 5 s early",
    requirement: "V2G2-443",
    config: { sequenceTimeout: 55_000 },
  },
  {
    name: "times-out-late",
    gist: "gives up 1 s late",
    requirement: "V2G2-443",
    scenarios: silent,
    config: { sequenceTimeout: 61_000 },
  },
  {
    name: "leaves-the-power-on-at-a-timeout",
    gist: "closes the connection of a silent vehicle and goes on delivering",
    requirement: "V2G2-443",
    scenarios: [
      "The vehicle falls silent while PowerDeliveryReq is awaited",
      "The vehicle falls silent while CurrentDemandReq is awaited",
      "The vehicle falls silent between two of its CurrentDemandReq",
      "The vehicle falls silent between two of its CableCheckReq",
    ],
    wrap: wrapped.effects((effects, { input }) =>
      input.kind === "expired" && input.timer === sequence
        ? effects.filter((effect) => effect.do !== "supply" && effect.do !== "contactor" && effect.do !== "arm")
        : effects,
    ),
  },
  {
    name: "waits-anew-after-rubbish",
    gist: "restarts the sequence timer with every frame, right or wrong",
    requirement: "V2G2-537",
    scenarios: rubbish,
    wrap: wrapped.effects((effects, { input }) =>
      input.kind === "skipped" || input.kind === "undecodable"
        ? [...effects, { do: "arm", timer: sequence, ms: 60_000 }]
        : effects,
    ),
  },
  {
    name: "never-times-out-on-part-of-a-request",
    gist: "does not give up while a request, or rubbish, is on its way",
    requirement: "V2G2-537",
    wrap: timed(sequence),
  },
  {
    name: "waits-for-a-session-for-ever",
    gist: "has no V2G_SECC_CommunicationSetup_Timeout",
    requirement: "V2G2-723",
    scenarios: [
      "The vehicle falls silent before the choice of protocol",
      "The vehicle falls silent after the choice of protocol",
      "The vehicle asks too late",
      "The vehicle connects too late",
    ],
    wrap: timed(setup),
  },
  {
    name: "does-not-wait-for-a-session",
    gist: "has a V2G_SECC_CommunicationSetup_Timeout of 15 s",
    requirement: "V2G2-723",
    scenarios: ["<message> comes just in time", "The vehicle asks just in time"],
    wrap: timed(setup, timers[setup] - 3_000),
  },
  {
    name: "waits-anew-after-sdp",
    gist: "restarts the sequence timer when somebody asks for a station",
    requirement: "V2G2-537",
    scenarios: ["Somebody asks for a SECC meanwhile"],
    wrap: wrapped.effects((effects, { input }) =>
      input.kind === "datagram" ? [...effects, { do: "arm", timer: sequence, ms: 60_000 }] : effects,
    ),
  },
  {
    name: "cuts-a-late-session-short",
    gist: "lets V2G_SECC_CommunicationSetup_Timer run on in a session",
    requirement: "V2G2-723",
    scenarios: ["A session that began late is not cut short"],
    wrap: without((effect) => effect.do === "disarm" && effect.timer === setup),
  },
];
