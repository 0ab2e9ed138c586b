import assert from "node:assert/strict";
import { test } from "node:test";
import { readSdpRequest, sdpResponse, security, transport } from "../protocol/sdp";
import type { EvccConfig } from "./config";
import { discovered, discovery } from "./sdp";

const to = { address: "fe80::5e", port: 61341 };
const good = { ...to, security: security.none as number, transport: transport.tcp as number };

test("a car asks for TLS only where it takes nothing else", () => {
  const asked = (tls: EvccConfig["tls"]) => readSdpRequest(discovery({ tls }))?.security;
  assert.deepEqual((["never", "accept", "require"] as const).map(asked), [security.none, security.none, security.tls]);
});

test("a car takes the station of an answer that it asked for, and tells one that wants TLS", () => {
  const rows: [EvccConfig["tls"], Partial<typeof good>, { secure: boolean } | undefined][] = [
    ["never", {}, { secure: false }],
    ["accept", {}, { secure: false }],
    ["require", {}, { secure: false }],
    ["never", { security: security.tls }, undefined],
    ["accept", { security: security.tls }, undefined],
    ["require", { security: security.tls }, { secure: true }],
    ["require", { security: 0x20 }, undefined],
    ["never", { transport: transport.udp }, undefined],
    ["never", { port: 0 }, undefined],
    ["never", { address: "2001:db8::1" }, undefined],
    ["never", { address: "fec0::1" }, undefined],
    ["never", { address: "febf::1" }, { secure: false }],
  ];
  for (const [tls, change, expected] of rows) {
    const answer = { ...good, ...change };
    const endpoint = { address: answer.address, port: answer.port };
    assert.deepEqual(
      discovered(sdpResponse(answer), { tls }),
      expected && { to: endpoint, ...expected },
      JSON.stringify([tls, change]),
    );
  }
  assert.equal(discovered(Uint8Array.of(1, 2, 3), { tls: "never" }), undefined);
});
