import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ProfileFault } from "../../../requirements";
import type { RunParameters } from "../parameters";
import { profileOf } from "../profile";
import { type External, externalOf } from "./bench";

function written(context: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ccs-hil-profile-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "mine.json");
  writeFileSync(path, content);
  return path;
}

const faults = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ProfileFault, String(error));
    assert.equal(error.stack, error.message);
    return error.faults;
  }
  return [];
};

test("a profile that is not there, is no JSON, or has parts that nobody knows", (context) => {
  assert.deepEqual(
    faults(() => profileOf("/no/such/profile.json")),
    ["there is no such file"],
  );
  assert.deepEqual(
    faults(() => profileOf("nobodys")),
    ["there is no such file"],
  );
  assert.match(faults(() => profileOf(written(context, "{")))[0] ?? "", /^is not JSON: /);
  assert.deepEqual(
    faults(() => profileOf(written(context, '{"sut":{},"extern":{}}'))),
    [
      "sut.name must say what the side under test is",
      "extern is not known; known are sut, pics, pixit, secc, evcc, plant, external, qca7000, plugging",
    ],
  );
});

const external = (given: object): External => {
  const parameters = { profile: "external", bench: "external", seed: 1, external: given } as RunParameters;
  return externalOf(profileOf("external"), parameters);
};

test("what the command line says of a side that is already there is looked at before anything runs", () => {
  const stimuli = { authorise: { command: ["./authorise.sh"] }, stop: { http: { url: "http://charger/stop" } } };
  assert.deepEqual(external({ iface: "eth1", sut: "evcc", stimuli }), {
    ...{ sut: "evcc", iface: "eth1", link: "none", stimuli },
  });
  assert.deepEqual(
    faults(() => external({ ifce: "eth1", sut: "station", port: 0 })),
    [
      'external.sut must be one of secc, evcc, not "station"',
      "external.ifce is not known; known are sut, iface, link, address, port",
      "external.port must be a number from 1 to 65535, not 0",
    ],
  );
  for (const wrong of [{ command: "./authorise.sh" }, { http: {} }, {}, null, { command: ["x"], prompt: "y" }])
    assert.deepEqual(
      faults(() => external({ stimuli: { authorise: wrong } })),
      ["external.stimuli.authorise must have a command, an http call or a prompt"],
    );
});
