import { deepEqual, equal, match, throws } from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { accessOf, apiChoice, placeOf, placeOfText } from "./api-access";
import { CommandError } from "./errors";

const folder = mkdtempSync(join(tmpdir(), "ccs-hil-"));
after(() => rmSync(folder, { recursive: true }));

const told = (pattern: RegExp) => (error: unknown) => {
  match(String((error as Error).message), pattern);
  return error instanceof CommandError;
};
function tokenFile(text: string, mode = 0o600): string {
  const file = join(folder, "tokens");
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

test("places are addresses with a port, on the loopback interface unless another is named", () => {
  deepEqual(placeOfText(true), { host: "127.0.0.1", port: 8000, loopback: true });
  deepEqual(placeOfText("8080"), { host: "127.0.0.1", port: 8080, loopback: true });
  deepEqual(placeOfText("[::1]:9"), { host: "::1", port: 9, loopback: true });
  deepEqual(placeOfText("0.0.0.0:80"), { host: "0.0.0.0", port: 80, loopback: false });
  for (const text of ["x", "127.0.0.1:65536", "station.example:80", ":80:"])
    throws(() => placeOfText(text), CommandError);
});

test("beyond this machine nothing is served without a token", () => {
  throws(() => accessOf(placeOf("0.0.0.0", 80), {}, {}), told(/can be reached from other machines/));
  const { tokens } = accessOf(placeOf("0.0.0.0", 80), {}, { EVSE_API_TOKEN: "sixteen-letters!" });
  deepEqual(tokens, [{ text: "sixteen-letters!", may: "write" }]);
  deepEqual(accessOf(placeOf("127.0.0.1", 80), {}, {}), { tokens: [], loopback: true, names: [] });
});

test("a file of tokens: who may do what, and until when", () => {
  const file = tokenFile("# people\nfirst-token-of-mine write\nsecond-token-of-ours read 2030-01-01 # guests\n\n");
  deepEqual(accessOf(placeOf("127.0.0.1", 1), { tokenFile: file }, {}).tokens, [
    { text: "first-token-of-mine", may: "write" },
    { text: "second-token-of-ours", may: "read", until: new Date("2030-01-01") },
  ]);
});

const bad: readonly (readonly [what: string, text: string, mode: number, told: RegExp])[] = [
  ["others may read", "first-token-of-mine write", 0o644, /chmod 600/],
  ["a short token", "short write", 0o600, /tokens:1: a token has 16/],
  ["no such right", "first-token-of-mine write\nsecond-token-of-ours admin", 0o600, /tokens:2: "admin"/],
  ["no such date", "first-token-of-mine read soon", 0o600, /tokens:1: "soon" is no date/],
];
for (const [what, text, mode, pattern] of bad) {
  test(`a file of tokens that is refused: ${what}; the token itself is never told`, () => {
    throws(
      () => accessOf(placeOf("127.0.0.1", 1), { tokenFile: tokenFile(text, mode) }, {}),
      (error: Error) => told(pattern)(error) && !error.message.includes("first-token"),
    );
  });
}

test("a file of tokens that is not there", () => {
  throws(
    () => accessOf(placeOf("127.0.0.1", 1), { tokenFile: join(folder, "none") }, {}),
    told(/cannot be read: ENOENT/),
  );
});

test("the interface is never where a vehicle could reach it", () => {
  const [[iface, addresses] = ["", []]] = Object.entries(networkInterfaces());
  const at = (address: string) => (address.includes(":") ? `[${address}]:1` : `${address}:1`);
  for (const { address } of addresses ?? [])
    throws(() => apiChoice({ api: at(address) }, iface), told(/a vehicle on .* could reach it/));
  for (const api of ["0.0.0.0:1", "[::]:1", "fe80::1%cable0:1"])
    throws(() => apiChoice({ api }, "cable0"), told(/a vehicle on cable0 could reach it/));
  equal(apiChoice({}, "cable0"), undefined);
});
