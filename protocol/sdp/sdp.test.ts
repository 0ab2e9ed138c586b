import assert from "node:assert/strict";
import { test } from "node:test";
import { unhex } from "../../core/bytes";
import {
  addressBytes,
  addressText,
  readSdpRequest,
  readSdpResponse,
  sdpRequest,
  sdpResponse,
  security,
  transport,
} from ".";

test("a request for plain TCP", () => {
  const bytes = sdpRequest({ security: security.none, transport: transport.tcp });
  assert.deepEqual(bytes, unhex("01FE9000 00000002 1000"));
  assert.deepEqual(readSdpRequest(bytes), { security: 0x10, transport: 0 });
});

test("a response carries address, port, security and transport", () => {
  const response = { address: "fe80::5e:1", port: 61341, security: security.none, transport: transport.tcp };
  const bytes = sdpResponse(response);
  assert.deepEqual(bytes, unhex("01FE9001 00000014 FE80000000000000 00000000005E0001 EF9D 1000"));
  assert.deepEqual(readSdpResponse(bytes), response);
});

test("anything but one whole request is none", () => {
  const good = sdpRequest({ security: 0x10, transport: 0 });
  for (let length = 0; length < good.length; length++)
    assert.equal(readSdpRequest(good.subarray(0, length)), undefined);
  assert.equal(readSdpRequest(unhex("01FE9000 00000002 1000 00")), undefined);
  assert.equal(readSdpRequest(unhex("FFFE9000 00000002 1000")), undefined);
  assert.equal(readSdpRequest(unhex("01FE7000 00000002 1000")), undefined);
  assert.equal(readSdpRequest(unhex("01FE9000 00000003 1000")), undefined);
});

test("addresses in text and bytes", () => {
  for (const text of ["fe80::1", "::", "::1", "ff02::1", "fe80::5e:1", "1:2:3:4:5:6:7:8"]) {
    assert.equal(addressText(addressBytes(text)), text);
  }
  for (const bad of ["", "fe80", "1:2:3:4:5:6:7:8:9", "fe80::12345", "g::"])
    assert.throws(() => addressBytes(bad), RangeError);
});
