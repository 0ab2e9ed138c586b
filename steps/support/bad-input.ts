import { concat, unhex } from "../../core/bytes";
import { SeededEntropy } from "../../drivers/virtual/entropy";
import { encodeMessage, type V2gMessage } from "../../protocol/v2g";
import { frame, payloadTypes } from "../../protocol/v2gtp";

/** Frames that are wrong on purpose, by the name a feature gives them. `good` is the request that would have been right. */
export const badFrames: Readonly<Record<string, (good: V2gMessage) => Uint8Array>> = {
  "a frame of protocol version FF": (good) =>
    frame(payloadTypes.exi, encodeMessage(good), { version: 0xff, inverse: 0xfe }),
  "a frame of inverse version FF": (good) => frame(payloadTypes.exi, encodeMessage(good), { inverse: 0xff }),
  "a frame of payload type 7001": (good) => frame(0x7001, encodeMessage(good)),
  "a frame of payload type 8002": (good) => frame(0x8002, encodeMessage(good)),
  "an SDP request": () => frame(payloadTypes.sdpRequest, unhex("1000")),
  "an empty frame": () => frame(payloadTypes.exi, new Uint8Array(0)),
  "a frame that announces 4 GiB": (good) => frame(payloadTypes.exi, encodeMessage(good), { payloadLength: 0xffffffff }),
  "random bytes": () => frame(payloadTypes.exi, new SeededEntropy("bad-input").bytes(64)),
  "a request without its last byte": (good) => frame(payloadTypes.exi, encodeMessage(good).slice(0, -1)),
  "a request with an EXI options header": (good) =>
    frame(payloadTypes.exi, concat(unhex("A0"), encodeMessage(good).slice(1))),
  "a request with the $EXI cookie": (good) => frame(payloadTypes.exi, concat(unhex("24455849"), encodeMessage(good))),
  "a DIN 70121 message": () => frame(payloadTypes.exi, unhex("809A0011D0200004ABCDEF012345")),
  "a single zero byte": () => frame(payloadTypes.exi, unhex("00")),
};
