import { hex, unhex } from "../../core/bytes";
import { frame, headerFault, headerLength, payloadTypes, readHeader } from "../v2gtp";

/** Multicast group and port of the SECC discovery protocol (V2G2-139). */
export const sdpGroup = "ff02::1";
export const sdpPort = 15118;

/** Security and transport bytes of SDP (V2G2-623). */
export const security = { tls: 0x00, none: 0x10 } as const;
export const transport = { tcp: 0x00, udp: 0x10 } as const;

export interface SdpRequest {
  readonly security: number;
  readonly transport: number;
}

export interface SdpResponse extends SdpRequest {
  /** IPv6 address as text. */
  readonly address: string;
  readonly port: number;
}

const requestLength = 2;
const responseLength = 20;

export const sdpRequest = (request: SdpRequest): Uint8Array =>
  frame(payloadTypes.sdpRequest, Uint8Array.of(request.security, request.transport));

export function sdpResponse(response: SdpResponse): Uint8Array {
  const payload = new Uint8Array(responseLength);
  payload.set(addressBytes(response.address));
  payload.set([response.port >> 8, response.port & 0xff, response.security, response.transport], 16);
  return frame(payloadTypes.sdpResponse, payload);
}

/** The request in a datagram; `undefined` for anything that is not exactly one, which is to be ignored. */
export function readSdpRequest(datagram: Uint8Array): SdpRequest | undefined {
  const payload = payloadOf(datagram, payloadTypes.sdpRequest, requestLength);
  return payload && { security: payload[0]!, transport: payload[1]! };
}

/** The response in a datagram; `undefined` for anything that is not exactly one. */
export function readSdpResponse(datagram: Uint8Array): SdpResponse | undefined {
  const payload = payloadOf(datagram, payloadTypes.sdpResponse, responseLength);
  if (!payload) return undefined;
  return {
    address: addressText(payload.subarray(0, 16)),
    port: (payload[16]! << 8) | payload[17]!,
    security: payload[18]!,
    transport: payload[19]!,
  };
}

function payloadOf(datagram: Uint8Array, type: number, length: number): Uint8Array | undefined {
  if (datagram.length !== headerLength + length) return undefined;
  const header = readHeader(datagram);
  if (headerFault(header, [type]) || header.payloadLength !== length) return undefined;
  return datagram.subarray(headerLength);
}

/** Sixteen bytes of an IPv6 address in text form, with or without "::". @throws RangeError */
export function addressBytes(text: string): Uint8Array {
  const [head = "", tail] = text.split("::") as [string, string?];
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const gap = 8 - left.length - right.length;
  const whole = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, gap)).fill("0"), ...right];
  if (whole.length !== 8 || whole.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) {
    throw new RangeError(`not an IPv6 address: "${text}"`);
  }
  return unhex(whole.map((group) => group.padStart(4, "0")).join(""));
}

/** Text of an IPv6 address, the longest run of zero groups as "::" (RFC 5952). */
export function addressText(bytes: Uint8Array): string {
  const groups = (hex(bytes).match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
  const runs = [...groups.join(":").matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)].sort((a, b) => b[0].length - a[0].length);
  const longest = runs[0]?.[0];
  return longest ? groups.join(":").replace(longest, "::") : groups.join(":");
}
