import { hex } from "../../core/bytes";
import { grammarOf, responseTo, type V2gMessage } from "../../protocol/v2g";
import type { Session } from "../session";
import type { Station, StationEffect } from "../station";
import type { StationDeviation } from ".";
import { does, without, wrapped } from "./wrapping";

const resend = (change: { enabled?: boolean; window?: number; max?: number }) => ({
  duplicateResend: { enabled: true, window: 2_000, max: 3, ...change },
});

const unreadable = "<what> while <awaited> is awaited";
const refused = "<what> is refused in one way or the other";
const loop = "The charge loop ends safely";

/** Changes what the session remembers after a step. */
const remembers = (change: (session: Session, input: string, effects: Station) => Session) =>
  wrapped.states((state, { input, before }) =>
    state.session ? { ...state, session: change(state.session, input.kind, before) } : state,
  );

const counts = (change: (counters: Extract<StationEffect, { do: "metrics" }>["counters"]) => object) =>
  wrapped.effects((effects) =>
    effects.map((effect) =>
      effect.do === "metrics" ? { ...effect, counters: { ...effect.counters, ...change(effect.counters) } } : effect,
    ),
  );

/** Faults with what cannot be read, comes twice, or breaks off. */
export const robustness: readonly StationDeviation[] = [
  {
    name: "answers-what-it-cannot-read",
    gist: "refuses an unreadable payload in words before it closes",
    requirement: "HIL-DE01",
    scenarios: [unreadable, loop, "One more than is allowed"],
    wrap: wrapped.effects((effects, { input, before: { session } }) => {
      if (input.kind !== "undecodable" || !session) return effects;
      const name = session.at.replace("Await", "").replace("Supported", "supported") as "SessionSetupReq";
      const message = {
        name: "SessionStopRes",
        header: { SessionID: session.SessionID },
        body: { ResponseCode: "FAILED" },
      } as const;
      const early = {
        name: responseTo("supportedAppProtocolReq"),
        body: { ResponseCode: "Failed_NoNegotiation" },
      } as const;
      const refusal: V2gMessage = grammarOf(name) === "app-protocol" ? early : message;
      return [{ do: "send", connection: input.connection, message: refusal }, ...effects];
    }),
  },
  {
    name: "survives-five-unreadable-payloads",
    gist: "tolerates more unreadable payloads than it is set to",
    requirement: "HIL-DE01",
    scenarios: [unreadable, refused, loop, "One more than is allowed", "Good messages in between make no difference"],
    config: { maxDecodeErrors: 5 },
  },
  {
    name: "survives-no-unreadable-payload",
    gist: "ends at the first unreadable payload although it is set to tolerate two",
    requirement: "HIL-DE01",
    scenarios: ["As many as are allowed"],
    config: { maxDecodeErrors: 0 },
  },
  {
    name: "forgives-unreadable-payloads",
    gist: "counts unreadable payloads from anew after a good message",
    requirement: "HIL-DE01",
    scenarios: ["Good messages in between make no difference"],
    wrap: remembers((session, input) =>
      input === "message" ? { ...session, counters: { ...session.counters, rx_decode_errors: 0 } } : session,
    ),
  },
  {
    name: "delivers-on-after-an-unreadable-payload",
    gist: "closes the connection and leaves the power on",
    requirement: "HIL-DE01",
    scenarios: [loop],
    wrap: without(does("supply", "contactor", "arm"), (_, input) => input.kind === "undecodable"),
  },
  {
    name: "does-not-count",
    gist: "gives its line of metrics with zeros in it",
    requirement: "HIL-MT01",
    wrap: counts(() => ({ rx_decode_errors: 0, rx_invalid_v2gtp: 0 })),
  },
  {
    name: "does-not-count-broken-bounds",
    gist: "counts no message that breaks a bound",
    requirement: "HIL-EX04",
    scenarios: ["It is counted"],
    wrap: counts(() => ({ rx_validation_errors: 0 })),
  },
  {
    name: "counts-good-messages-as-broken",
    gist: "counts a message of the greatest length as one that breaks a bound",
    requirement: "HIL-EX04",
    scenarios: ["As long as is allowed"],
    wrap: counts(({ rx_validation_errors }) => ({ rx_validation_errors: rx_validation_errors + 1 })),
  },
  {
    name: "is-always-strict",
    gist: "refuses to read a message that breaks a bound",
    requirement: "HIL-EX04",
    scenarios: ["An EVCCID of seven octets", "It is counted"],
    config: { strictBounds: true },
  },
  {
    name: "is-never-strict",
    gist: "serves a message that breaks a bound although bounds are strict",
    requirement: "HIL-EX04",
    scenarios: ["With strict bounds it is unreadable"],
    config: { strictBounds: false },
  },
  {
    name: "overlooks-octets-behind-a-document",
    gist: "neither counts nor minds octets behind a document",
    requirement: "HIL-EX11",
    scenarios: ["They are counted", "With strict bounds they make it unreadable"],
    wrap: wrapped.inputs((input) => (input.kind === "message" ? { ...input, violations: [] } : input)),
  },
  {
    name: "minds-octets-behind-a-document",
    gist: "refuses to read a document with octets behind it",
    requirement: "HIL-EX11",
    scenarios: ["They are no obstacle"],
    config: { strictBounds: true },
  },
  {
    name: "resends-unasked",
    gist: "answers duplicates from memory although it is not set to",
    requirement: "HIL-SE17",
    config: resend({}),
  },
  {
    name: "never-resends",
    gist: "refuses duplicates although it is set to answer them",
    requirement: "HIL-DR01",
    scenarios: [
      "<message> twice",
      "The session goes on behind it",
      "A repeat is counted, and is no decode error",
      "Just inside the window",
      "As often as is allowed",
    ],
    config: resend({ enabled: false }),
  },
  {
    name: "resends-too-long",
    gist: "has a window of 10 s",
    requirement: "HIL-DR01",
    scenarios: ["Just outside the window", "A repeat does not prolong the window"],
    config: resend({ window: 10_000 }),
  },
  {
    name: "resends-too-short",
    gist: "has a window of 1.9 s",
    requirement: "HIL-DR01",
    scenarios: ["Just inside the window"],
    config: resend({ window: 1_900 }),
  },
  {
    name: "prolongs-its-window",
    gist: "begins its window anew with every repeat",
    requirement: "HIL-DR01",
    scenarios: ["A repeat does not prolong the window"],
    wrap: wrapped.states((state, { seen, before }) => {
      const { session } = state;
      const again = session?.answered && session.answered.resent > (before.session?.answered?.resent ?? 0);
      return session?.answered && again
        ? { ...state, session: { ...session, answered: { ...session.answered, at: seen.now } } }
        : state;
    }),
  },
  {
    name: "resends-without-end",
    gist: "answers any number of repeats",
    requirement: "HIL-DR01",
    scenarios: ["Once more than is allowed"],
    config: resend({ max: 100 }),
  },
  {
    name: "resends-once",
    gist: "answers one repeat only",
    requirement: "HIL-DR01",
    scenarios: ["As often as is allowed", "The session goes on behind it"],
    config: resend({ max: 1 }),
  },
  {
    name: "takes-the-same-name-for-the-same-request",
    gist: "compares the names of requests, not their octets",
    requirement: "HIL-DR01",
    scenarios: ["The same request in other words"],
    wrap: wrapped.inputs((input, { session }) =>
      input.kind === "message" &&
      session?.answered &&
      responseTo(input.message.name as "SessionSetupReq") === session.answered.response.name
        ? { ...input, payload: session.answered.payload }
        : input,
    ),
  },
  {
    name: "remembers-every-request",
    gist: "answers any earlier request from memory, polls too",
    requirement: "HIL-DR01",
    scenarios: ["An older request"],
    wrap: remembering("ServiceDiscoveryReq"),
  },
  {
    name: "answers-polls-from-memory",
    gist: "answers a repeated poll with the first answer, three times",
    requirement: "HIL-DR02",
    scenarios: ["CableCheckReq over and over", "The answer to a poll is a fresh one"],
    wrap: remembering("CableCheckReq"),
  },
  {
    name: "refuses-a-poll-that-comes-too-often",
    gist: "answers a repeated CurrentDemandReq three times from memory, then closes",
    requirement: "HIL-DR02",
    scenarios: ["CurrentDemandReq over and over"],
    wrap: remembering("CurrentDemandReq"),
  },
  {
    name: "counts-polls-as-duplicates",
    gist: "counts every poll as a repeat",
    requirement: "HIL-DR02",
    scenarios: ["They are not counted"],
    wrap: counts(() => ({ dup_resent_count: 5 })),
  },
];

/** Answers octets of such a request with the answer they have had before, at most three times, whatever the state awaits. */
function remembering(name: string): NonNullable<StationDeviation["wrap"]> {
  return (machine) => {
    const answers = new Map<string, { effect: StationEffect; left: number }>();
    return {
      ...machine,
      step: (state, input, seen) => {
        if (input.kind !== "message" || input.message.name !== name) return machine.step(state, input, seen);
        const known = answers.get(hex(input.payload));
        if (known && known.left-- > 0) return { state, effects: [known.effect] };
        if (known)
          return machine.step(state, { kind: "oversize", payloadLength: 0, connection: input.connection }, seen);
        const step = machine.step(state, input, seen);
        const effect = step.effects.find((each) => each.do === "send");
        if (effect) answers.set(hex(input.payload), { effect, left: 3 });
        return step;
      },
    };
  };
}
