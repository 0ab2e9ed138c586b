import type { Network, Stream } from "../../core/network";
import { listening, wrappedStream } from "../../core/wrapped-network";
import type { StationDeviation } from ".";
import { does, without, wrapped } from "./wrapping";

/** Takes the first connection and leaves those that come after it as they are. */
const takesTheFirst = (): ((network: Network) => Network) =>
  listening((accept) => {
    let taken = false;
    return (stream) => {
      if (!taken) accept(stream);
      taken = true;
    };
  });

/** What it can say before it begins to keep what it says; far less than any window. */
const said = 16_384;

/** Keeps what the peer does not fetch, instead of letting it wait in its connection. */
const hoarding = (stream: Stream): Stream => {
  const hoard: Uint8Array[] = [];
  let sent = 0;
  return wrappedStream(stream, {
    send: (bytes) => {
      sent += bytes.length;
      if (sent > said) hoard.push(bytes);
      else stream.send(bytes);
    },
  });
};

/** Somebody accepts at one more port. */
export function alsoAt8080(network: Network): Network {
  network.listen(8080, () => undefined);
  return network;
}

/** Faults in what becomes of connections that break, say nothing, or are too many. */
export const connections: readonly StationDeviation[] = [
  {
    name: "is-stuck-in-a-lost-connection",
    gist: "takes no further connection once one was lost",
    requirement: "HIL-TC03",
    wrap: (machine) => {
      let stuck = false;
      return wrapped.inputs((input, { session }) => {
        stuck ||= input.kind === "closed" && session?.at !== "Ended";
        return stuck && input.kind === "accepted" ? undefined : input;
      })(machine);
    },
  },
  {
    name: "delivers-on-without-a-connection",
    gist: "leaves the power on when the connection is lost",
    requirement: "HIL-TC03",
    scenarios: ["The EVCC <how> the connection between two <awaited>"],
    wrap: without(does("supply", "contactor", "arm"), (_, input) => input.kind === "closed"),
  },
  {
    name: "keeps-a-second-connection",
    gist: "leaves a second connection open",
    requirement: "HIL-TC01",
    scenarios: ["A second connection while <awaited> is awaited"],
    wrap: without(does("close"), (_, input) => input.kind === "accepted"),
  },
  {
    name: "prefers-the-second-connection",
    gist: "ends its session when a second connection is opened",
    requirement: "HIL-TC01",
    scenarios: ["The first one goes on beside <count> more"],
    wrap: wrapped.inputs((input, { connection }) =>
      input.kind === "accepted" && connection !== undefined ? { kind: "closed", connection, reason: "reset" } : input,
    ),
  },
  {
    name: "collects-idle-connections",
    gist: "never closes connections that say nothing",
    requirement: "HIL-TC02",
    network: takesTheFirst(),
  },
  {
    name: "waits-for-an-idle-connection",
    gist: "does not count the time until a vehicle has set up its session",
    requirement: "HIL-TC02",
    wrap: without((effect) => effect.do === "arm" && effect.timer === "V2G_SECC_CommunicationSetup_Timer"),
  },
  {
    name: "hoards-its-answers",
    gist: "keeps in memory what the peer does not read, without end",
    requirement: "HIL-TC05",
    network: listening((accept) => (stream) => accept(hoarding(stream))),
  },
  {
    name: "waits-for-a-peer-that-has-gone",
    gist: "has no limit of time between two polls",
    requirement: "HIL-TC07",
    wrap: without((effect) => effect.do === "arm" && effect.timer === "V2G_SECC_Sequence_Timer"),
  },
  {
    name: "ends-with-its-connection-only",
    gist: "looks at neither pilot nor modem while there is a connection",
    requirement: "HIL-R30",
    wrap: wrapped.inputs((input, { connection }) =>
      (input.kind === "pilot" || input.kind === "mme") && connection !== undefined ? undefined : input,
    ),
  },
  {
    name: "has-a-back-door",
    gist: "listens at a second port",
    requirement: "HIL-R45",
    network: alsoAt8080,
  },
];
