import { concat, unhex } from "../../core/bytes";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { sdpRequest, sdpResponse, security, transport } from "../../protocol/sdp";
import { encodeMessage, type V2gMessage } from "../../protocol/v2g";
import { frame, payloadTypes } from "../../protocol/v2gtp";
import { defaultConfig } from "../../secc/config";
import { withField } from "./fields";

/** Frames that are wrong on purpose, by the name a feature gives them. `good` is the request that would have been right. */
export const badFrames: Readonly<Record<string, (good: V2gMessage) => Uint8Array>> = {
  "a frame of protocol version FF": (good) =>
    frame(payloadTypes.exi, encodeMessage(good), { version: 0xff, inverse: 0xfe }),
  "a frame of inverse version FF": (good) => frame(payloadTypes.exi, encodeMessage(good), { inverse: 0xff }),
  "a frame of payload type 7001": (good) => frame(0x7001, encodeMessage(good)),
  "a frame of payload type 8002": (good) => frame(0x8002, encodeMessage(good)),
  "a frame of payload type 9000": () => frame(payloadTypes.sdpRequest, unhex("1000")),
  "an empty frame": () => frame(payloadTypes.exi, new Uint8Array(0)),
  "a frame that announces 4 GiB": (good) => frame(payloadTypes.exi, encodeMessage(good), { payloadLength: 0xffffffff }),
  "random bytes": () => frame(payloadTypes.exi, new SeededEntropy("bad-input").bytes(64)),
  "a request without its last byte": (good) => frame(payloadTypes.exi, encodeMessage(good).slice(0, -1)),
  "a request with an EXI options header": (good) =>
    frame(payloadTypes.exi, concat(unhex("A0"), encodeMessage(good).slice(1))),
  "a request with the $EXI cookie": (good) => frame(payloadTypes.exi, concat(unhex("24455849"), encodeMessage(good))),
  "a DIN 70121 message": () => frame(payloadTypes.exi, unhex("809A0011D0200004ABCDEF012345")),
  "the first byte of a header": (good) => frame(payloadTypes.exi, encodeMessage(good)).slice(0, 1),
  "a header without its last byte": (good) => frame(payloadTypes.exi, encodeMessage(good)).slice(0, 7),
  "a header without its payload": (good) => frame(payloadTypes.exi, encodeMessage(good)).slice(0, 8),
  "a request and two bytes more": (good) => concat(frame(payloadTypes.exi, encodeMessage(good)), unhex("0000")),
  "a request and a wrong header": (good) =>
    concat(frame(payloadTypes.exi, encodeMessage(good)), unhex("FF00800100000000")),
  "a line of text": () => new TextEncoder().encode("Is anybody there?\r\n"),
  "a frame that announces 2 GiB": (good) => frame(payloadTypes.exi, encodeMessage(good), { payloadLength: 0x80000000 }),
  "the first half of a request": (good) => {
    const whole = frame(payloadTypes.exi, encodeMessage(good));
    return whole.slice(0, whole.length >> 1);
  },
  "a frame that announces as much as is allowed": (good) =>
    frame(payloadTypes.exi, encodeMessage(good), { payloadLength: defaultConfig.maxExiBytes }),
  "a frame as long as is allowed": () => frame(payloadTypes.exi, new Uint8Array(defaultConfig.maxExiBytes)),
  "a frame of payload type 7001 that announces 4 GiB": (good) =>
    frame(0x7001, encodeMessage(good), { payloadLength: 0xffffffff }),
  "a frame that announces one byte more than is allowed": (good) =>
    frame(payloadTypes.exi, encodeMessage(good), { payloadLength: defaultConfig.maxExiBytes + 1 }),
  "a SessionSetupReq with an EVCCID of seven octets": (good) =>
    frame(payloadTypes.exi, encodeMessage(withField(good, "body.EVCCID", '"00112233445566"') as V2gMessage)),
  "a request with an unused event code": (good) => {
    const payload = encodeMessage(good);
    payload[1] = 0xfe;
    return frame(payloadTypes.exi, payload);
  },
  "a request with two octets behind its document": (good) =>
    frame(payloadTypes.exi, concat(encodeMessage(good), unhex("0000"))),
  "an offer with a priority of 21": (good) => either(good, "body.AppProtocol[0].Priority", "17", "5"),
  "a request for a mode that there is not": (good) =>
    either(good, "body.RequestedEnergyTransferMode", "DC_core", "DC_extended", "DC_combo_core"),
  "a request with a multiplier of 4": (good) => either(good, `${limit}.Multiplier`, "3", "-2"),
  "a request with a state of charge of 127": (good) => either(good, `${soc}`, "64", "63"),
  "a SessionSetupReq with a length that does not end": (good) => {
    // Of its eight bits two stand in the octet before the first one in which texts of different lengths differ.
    const [one, two] = ['"00"', '"0000"'].map((id) => encodeMessage(withField(good, "body.EVCCID", id) as V2gMessage));
    const end = one?.findIndex((octet, index) => octet !== two?.[index]) ?? 0;
    const start = one?.slice(0, end) ?? new Uint8Array(0);
    start[end - 1] = (start[end - 1] ?? 0) | 0b11;
    return frame(payloadTypes.exi, concat(start, new Uint8Array(40).fill(0xff)));
  },
  "a single zero byte": () => frame(payloadTypes.exi, unhex("00")),
};

const limit = "body.DC_EVChargeParameter.EVMaximumCurrentLimit";
const soc = "body.DC_EVChargeParameter.DC_EVStatus.EVRESSSOC";

/** A value that no encoder writes: the code whose bits are those of each of these together. */
function either(good: V2gMessage, path: string, ...values: readonly string[]): Uint8Array {
  const [first = new Uint8Array(0), ...others] = values.map((value) =>
    encodeMessage(withField(good, path, value) as V2gMessage),
  );
  const bits = first.map((octet, index) => others.reduce((all, other) => all | (other[index] ?? 0), octet));
  return frame(payloadTypes.exi, bits);
}

const wanted = Uint8Array.of(security.none, transport.tcp);
const sdp = (header: Parameters<typeof frame>[2], payload = wanted): Uint8Array =>
  frame(payloadTypes.sdpRequest, payload, header);

/** Datagrams at the SDP port that are no SDP request. */
export const badDatagrams: Readonly<Record<string, () => Uint8Array>> = {
  "an SDP request of protocol version FF": () => sdp({ version: 0xff, inverse: 0xfe }),
  "an SDP request of protocol version 02": () => sdp({ version: 0x02 }),
  "an SDP request of inverse version FF": () => sdp({ inverse: 0xff }),
  "an SDP request of payload type 7000": () => sdp({ payloadType: 0x7000 }),
  "an SDP request of payload type 8001": () => sdp({ payloadType: payloadTypes.exi }),
  "an SDP request of length 0": () => sdp({ payloadLength: 0 }),
  "an SDP request of length 1": () => sdp({ payloadLength: 1 }),
  "an SDP request of length 3": () => sdp({ payloadLength: 3 }),
  "an SDP request of length 65535": () => sdp({ payloadLength: 65_535 }),
  "an SDP request of length 4294967295": () => sdp({ payloadLength: 0xffffffff }),
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, bytes) => [
      `the first ${bytes} bytes of an SDP request`,
      () => sdp({}).slice(0, bytes),
    ]),
  ),
  "an SDP request with a trailing byte": () => concat(sdp({}), Uint8Array.of(0)),
  "two SDP requests in one datagram": () => concat(sdp({}), sdp({})),
  "a datagram of 65507 bytes": () => concat(sdp({}), new Uint8Array(65_497)),
  "an SDP response": () =>
    sdpResponse({ address: "fe80::1", port: 61_341, security: security.none, transport: transport.tcp }),
};

export const goodDatagram = sdpRequest({ security: security.none, transport: transport.tcp });
