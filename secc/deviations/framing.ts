import type { Network, Stream } from "../../core/network";
import { headerLength, readHeader } from "../../protocol/v2gtp";
import type { StationDeviation } from ".";
import { wrapped } from "./wrapping";

/** A station that reads its connections in another way. */
const reading =
  (read: (chunk: Uint8Array) => Uint8Array | undefined) =>
  (network: Network): Network => ({
    address: network.address,
    datagrams: (port, listener, options) => network.datagrams(port, listener, options),
    connect: (to, opened, failed) => network.connect(to, opened, failed),
    listen: (port, accept) =>
      network.listen(port, (stream) =>
        accept({
          peer: stream.peer,
          local: stream.local,
          secure: stream.secure,
          send: (bytes) => stream.send(bytes),
          onClose: (listener) => stream.onClose(listener),
          close: (how) => stream.close(how),
          reading: (on) => stream.reading(on),
          onBytes: (listener) =>
            stream.onBytes((chunk) => {
              const bytes = read(chunk);
              if (bytes) listener(bytes);
            }),
        } satisfies Stream),
      ),
  });

/** The frame at the beginning of a chunk; nothing if it is not whole. */
function firstFrame(chunk: Uint8Array): Uint8Array | undefined {
  if (chunk.length < headerLength) return undefined;
  const end = headerLength + readHeader(chunk).payloadLength;
  return chunk.length < end ? undefined : chunk.subarray(0, end);
}

const skippedRight = ["The right request after <what>, <count> of them", "<what> belongs to another protocol"];

/** Faults in how frames are cut from a stream, and what is made of those that are not for the station. */
export const framing: readonly StationDeviation[] = [
  {
    name: "takes-a-segment-for-a-frame",
    gist: "reads the frame at the beginning of every segment and forgets the rest",
    requirement: "HIL-VT04",
    network: reading(firstFrame),
  },
  {
    name: "gives-up-on-half-a-frame",
    gist: "takes a frame that has not come whole for an unreadable one",
    requirement: "HIL-VT03",
    network: reading((chunk) => {
      const short = chunk.length >= headerLength && chunk.length < headerLength + readHeader(chunk).payloadLength;
      return short
        ? Uint8Array.from([...chunk.subarray(0, 4), 0, 0, 0, chunk.length - headerLength, ...chunk.subarray(8)])
        : chunk;
    }),
  },
  {
    name: "closes-at-a-wrong-header",
    gist: "ends the session at the first frame with a wrong header",
    requirement: "V2G2-098",
    wrap: wrapped.inputs((input) =>
      input.kind === "skipped" ? { kind: "oversize", payloadLength: 0, connection: input.connection } : input,
    ),
  },
  {
    name: "answers-a-wrong-header",
    gist: "answers a frame with a wrong header as if it held a message",
    requirement: "V2G2-098",
    scenarios: ["<what> instead of SessionSetupReq", "<what> in the charge loop"],
    wrap: wrapped.effects((effects, { input, before: { session } }) =>
      input.kind === "skipped" && session
        ? [
            ...effects,
            {
              do: "send",
              connection: input.connection,
              message: {
                name: "SessionStopRes",
                header: { SessionID: session.SessionID },
                body: { ResponseCode: "FAILED_SequenceError" },
              },
            },
          ]
        : effects,
    ),
  },
  {
    name: "loses-the-request-after-a-wrong-header",
    gist: "does not find the next frame after one it has skipped",
    requirement: "V2G2-098",
    scenarios: skippedRight,
    wrap: (machine) => {
      let lost = false;
      return wrapped.inputs((input) => {
        lost ||= input.kind === "skipped";
        return lost && input.kind === "message" ? undefined : input;
      })(machine);
    },
  },
  {
    name: "loses-patience-with-wrong-headers",
    gist: "ends the session at the third wrong header in a row",
    requirement: "V2G2-098",
    scenarios: ["The right request after a frame of protocol version FF, 100 of them", "They are counted"],
    wrap: (machine) => {
      let row = 0;
      return wrapped.inputs((input) => {
        row = input.kind === "skipped" ? row + 1 : input.kind === "message" ? 0 : row;
        return input.kind === "skipped" && row > 2
          ? { kind: "oversize", payloadLength: 0, connection: input.connection }
          : input;
      })(machine);
    },
  },
  {
    name: "waits-for-whatever-is-announced",
    gist: "does not mind a length over its limit",
    requirement: "HIL-VT02",
    scenarios: ["<what> while <message> is awaited"],
    wrap: wrapped.inputs((input) => (input.kind === "oversize" ? undefined : input)),
  },
  {
    name: "has-a-limit-of-64-KiB",
    gist: "closes at a length that is within its limit",
    requirement: "HIL-VT02",
    scenarios: ["The largest that is allowed is waited for"],
    config: { maxExiBytes: 65_536 },
  },
  {
    name: "overlooks-a-frame-that-fills-the-limit",
    gist: "takes no notice of a frame of the greatest length",
    requirement: "HIL-VT02",
    scenarios: ["A request fills the limit"],
    wrap: wrapped.inputs((input) =>
      input.kind === "undecodable" && input.payload.length > 100_000 ? undefined : input,
    ),
  },
];
