import { sdpResponse, security, transport } from "../../protocol/sdp";
import { frame, payloadTypes } from "../../protocol/v2gtp";

/** Responses that do not name a station a car could reach, by the name a feature gives them. */
export const responses: Readonly<Record<string, (address: string) => Uint8Array>> = {
  "port 0": (address) => sdpResponse({ address, port: 0, security: security.none, transport: transport.tcp }),
  "the address ::": () =>
    sdpResponse({ address: "::", port: 61341, security: security.none, transport: transport.tcp }),
  "a multicast address": () =>
    sdpResponse({ address: "ff02::1", port: 61341, security: security.none, transport: transport.tcp }),
  "a global address": () =>
    sdpResponse({ address: "2001:db8::1", port: 61341, security: security.none, transport: transport.tcp }),
  "an address of nobody": () =>
    sdpResponse({ address: "fe80::dead", port: 61341, security: security.none, transport: transport.tcp }),
  "the loopback address": () =>
    sdpResponse({ address: "::1", port: 61341, security: security.none, transport: transport.tcp }),
  "TLS, which was not asked for": (address) =>
    sdpResponse({ address, port: 61341, security: security.tls, transport: transport.tcp }),
  "an unknown security": (address) => sdpResponse({ address, port: 61341, security: 0x05, transport: transport.tcp }),
  "UDP as transport": (address) =>
    sdpResponse({ address, port: 61341, security: security.none, transport: transport.udp }),
  "a wrong protocol version": (address) => patched(address, { 0: 0xff, 1: 0x00 }),
  "a wrong inverse version": (address) => patched(address, { 1: 0xff }),
  "the payload type of a request": (address) => patched(address, { 3: 0x00 }),
  "a payload length of 19": (address) => patched(address, { 7: 19 }),
  "a payload length of 4 GiB": (address) => patched(address, { 4: 0xff, 5: 0xff, 6: 0xff, 7: 0xff }),
  "its last octet missing": (address) => good(address).subarray(0, 27),
  "an octet too many": (address) => Uint8Array.from([...good(address), 0]),
  "no octets": () => frame(payloadTypes.sdpResponse, new Uint8Array(0)),
};
export const good = (address: string): Uint8Array =>
  sdpResponse({ address, port: 61341, security: security.none, transport: transport.tcp });
const patched = (address: string, octets: Record<number, number>): Uint8Array =>
  Uint8Array.from(good(address), (octet, index) => octets[index] ?? octet);
