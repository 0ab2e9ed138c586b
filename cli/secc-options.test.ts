import assert from "node:assert/strict";
import { test } from "node:test";
import type { Stream } from "../core/network";
import { Trace } from "../core/trace";
import { SeededEntropy } from "../drivers/virtual/entropy";
import { encodeMessage, V2gConnection, type V2gInput } from "../protocol/v2g";
import { frame, payloadTypes } from "../protocol/v2gtp";
import type { SeccConfig } from "../secc/config";
import { lossy } from "./lossy";
import { type SeccOptions, seccConfigOf } from "./secc-options";
import { readSettings } from "./settings";

const options: SeccOptions = { certStore: "pki", link: "slac" };
const configOf = (environment: Record<string, string>, given: Partial<SeccOptions> = {}): SeccConfig =>
  seccConfigOf({ ...options, ...given }, readSettings([], environment).settings, "fe80::1");

test("without a setting a station is as the predecessor's was", () => {
  const { sequenceTimeout, maxDecodeErrors, maxExiBytes, maxDecodedBytes, duplicateResend, slacWait } = configOf({});
  assert.deepEqual(
    { sequenceTimeout, maxDecodeErrors, maxExiBytes, maxDecodedBytes, duplicateResend, slacWait },
    {
      ...{ sequenceTimeout: 60_000, maxDecodeErrors: 2, maxExiBytes: 262_144, maxDecodedBytes: 1_048_576 },
      ...{ duplicateResend: { enabled: true, window: 2000, max: 3 }, slacWait: 25_000 },
    },
  );
});

// biome-ignore format: a row a line
const rows: readonly (readonly [environment: Record<string, string>, expected: Partial<SeccConfig>])[] = [
  [{ EVSE_ID: "DE*X" }, { EVSEID: "DE*X" }],
  [
    { V2G_DUPLICATE_RESEND_WINDOW_S: "0.5", V2G_DUPLICATE_RESEND_MAX: "1", V2G_DUPLICATE_RESEND_ENABLED: "0" },
    { duplicateResend: { enabled: false, window: 500, max: 1 } },
  ],
  [{ V2G_MAX_DECODE_ERRORS: "0" }, { maxDecodeErrors: 0 }],
  [{ V2G_MAX_EXI_BYTES: "4096" }, { maxExiBytes: 4096 }],
  [
    { V2G_MAX_EXI_BYTES: "0", V2G_MAX_EXI_JSON_BYTES: "0" },
    { maxExiBytes: 1_048_576, maxDecodedBytes: 1_048_576 },
  ],
  [{ V2G_MAX_EXI_JSON_BYTES: "5000" }, { maxDecodedBytes: 5000 }],
  [{ V2G_SEQUENCE_TIMEOUT_S: "3" }, { sequenceTimeout: 3000 }],
  [{ V2G_STRICT_BOUNDS: "1" }, { strictBounds: true }],
  [{ FREE_CHARGING_SERVICE: "false" }, { authorisation: "external" }],
  [{ SLAC_WAIT_TIMEOUT_S: "10" }, { slacWait: 10_000 }],
  [{ SLAC_INIT_TIMEOUT: "50" }, { slac: { timers: { TT_EVSE_SLAC_init: 50_000 } } }],
];
for (const [environment, expected] of rows) {
  test(`${JSON.stringify(environment)} sets what it says`, () => {
    const config = configOf(environment) as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(config[name], value, name);
  });
}

test("SLAC_WAIT_TIMEOUT_S=0 leaves the steps of the pilot to the standard; an option stands over a variable", () => {
  assert.ok(!("slacWait" in configOf({ SLAC_WAIT_TIMEOUT_S: "0" })));
  assert.equal(configOf({ EVSE_ID: "A" }, { evseId: "B" }).EVSEID, "B");
});

test("an EVSEID that no car could read is refused, by the name of what gave it", () => {
  const long = "X".repeat(38);
  assert.throws(() => configOf({ EVSE_ID: long }), /^Error: EVSE_ID: an EVSEID has 1 to 37 characters, not 38$/);
  assert.throws(() => configOf({}, { evseId: "" }), /--evse-id: .* not 0$/);
  assert.equal(configOf({}, { evseId: "EVSE-1" }).EVSEID, "EVSE-1");
});

/** A stream by hand: what was sent on it, and a way to let bytes arrive. */
function streamOf() {
  const sent: Uint8Array[] = [];
  let arrive: (bytes: Uint8Array) => void = () => undefined;
  const end = { address: "fe80::1", port: 1 };
  const stream: Stream = {
    ...{ peer: end, local: end, secure: false },
    send: (bytes) => void sent.push(bytes),
    onBytes: (listener) => {
      arrive = listener;
    },
    onClose: () => undefined,
    reading: () => undefined,
    close: () => undefined,
  };
  return { stream, sent, arrive: (bytes: Uint8Array) => arrive(bytes) };
}

test("answers are lost as often as asked for, and nothing else is", () => {
  const { stream, sent } = streamOf();
  let accepted: Stream | undefined;
  const network = {
    address: "fe80::1",
    datagrams: () => ({ local: stream.local, send: () => undefined, close: () => undefined }),
    connect: () => () => undefined,
    listen: (_port: number, accept: (stream: Stream) => void) => {
      accept(stream);
      return { local: stream.local, close: () => undefined };
    },
  };
  lossy(network, 0.25, new SeededEntropy(1)).listen(1, (it) => {
    accepted = it;
  });
  for (let at = 0; at < 4000; at++) accepted?.send(Uint8Array.of(1));
  assert.ok(sent.length > 2880 && sent.length < 3120, `${sent.length} of 4000 sent`);
});

test("a message that is longer as JSON than is taken counts as undecodable", () => {
  const AppProtocol = Array.from({ length: 20 }, (_, at) => ({
    ProtocolNamespace: `urn:iso:15118:2:2013:MsgDef:${"x".repeat(60)}`,
    ...{ VersionNumberMajor: 2, VersionNumberMinor: 0, SchemaID: at + 1, Priority: at + 1 },
  }));
  const bytes = frame(
    payloadTypes.exi,
    encodeMessage({ name: "supportedAppProtocolReq", body: { AppProtocol } } as never),
  );
  const kinds = [10_000, 2000, undefined].map((maxDecoded) => {
    const { stream, arrive } = streamOf();
    const told: V2gInput[] = [];
    const base = {
      node: "secc",
      trace: new Trace(() => 0, 0),
      connection: 1,
      opener: "peer",
      maxPayload: 10_000,
    } as const;
    new V2gConnection(stream, {
      ...base,
      maxDecoded,
      grammar: () => "app-protocol",
      tell: (input) => told.push(input),
    });
    arrive(bytes);
    return told.map(({ kind }) => kind);
  });
  assert.deepEqual(kinds, [["message"], ["undecodable"], ["message"]]);
});
