import { concat } from "../../core/bytes";
import { listening, wrappedStream } from "../../core/wrapped-network";
import { headerLength, readHeader } from "../../protocol/v2gtp";
import type { StationDeviation } from ".";
import { wrapped } from "./wrapping";

/** A station that reads its connections in another way. */
const reading = (read: (chunk: Uint8Array) => Uint8Array | undefined) =>
  listening(
    (accept) => (stream) =>
      accept(
        wrappedStream(stream, {
          onBytes: (listener) =>
            stream.onBytes((chunk) => {
              const bytes = read(chunk);
              if (bytes) listener(bytes);
            }),
        }),
      ),
  );

/** Bytes behind the last whole frame of a chunk that begins with one. */
function leftOver(chunk: Uint8Array): Uint8Array {
  const frame = firstFrame(chunk);
  return frame && chunk.length > 0 ? leftOver(chunk.subarray(frame.length)) : chunk;
}

/** A length that no station takes: it ends the connection. */
const unbearable = Uint8Array.of(1, 0xfe, 0x80, 1, 0xff, 0xff, 0xff, 0xff);

/** Does not hear of the end of a connection on which half a frame has come. */
const stuckInHalfAFrame = listening((accept) => (stream) => {
  let half = false;
  const hears = wrappedStream(stream, {
    onBytes: (listener) =>
      stream.onBytes((chunk) => {
        half = leftOver(chunk).length > 0;
        listener(chunk);
      }),
    onClose: (listener) =>
      stream.onClose((reason) => {
        if (!half) listener(reason);
      }),
  });
  accept(hears);
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
    gist: "closes when a frame has not come whole",
    requirement: "HIL-VT03",
    scenarios: ["<what>, and no more", "What is left over is the beginning of a header"],
    network: reading((chunk) => {
      if (leftOver(chunk).length === 0) return chunk;
      return concat(firstFrame(chunk) ?? new Uint8Array(0), unbearable);
    }),
  },
  {
    name: "is-stuck-in-half-a-frame",
    gist: "waits for the rest of a frame although the connection has ended",
    requirement: "HIL-VT03",
    scenarios: ["<what>, and then the end of the connection"],
    network: stuckInHalfAFrame,
  },
  {
    name: "throws-away-what-is-left-over",
    gist: "forgets what came behind a frame in the same segment",
    requirement: "HIL-VT03",
    scenarios: ["A request that begins two bytes late is no request"],
    network: reading((chunk) => firstFrame(chunk) ?? chunk),
  },
  {
    name: "closes-at-a-surplus",
    gist: "ends the session when a segment holds more than a frame",
    requirement: "HIL-VT03",
    scenarios: ["What is left over is a header that means nothing"],
    network: reading((chunk) => (firstFrame(chunk)?.length === chunk.length ? chunk : unbearable)),
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
