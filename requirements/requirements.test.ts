import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { defaultStatement, ProfileFault, requirements, requirementTags, statementOf, unregistered } from ".";

test("ids of requirements are found among the tags, each once", () => {
  const tags = [
    "@iso15118-2",
    "@V2G2-443",
    "@sut-secc",
    "@V2G2-443",
    "@HIL-VT01",
    "@IEC61851-1-A.6-8.1",
    "@TC_SECC_CMN_VTB_SessionSetup_004",
  ];
  deepEqual(requirementTags(tags), ["V2G2-443", "HIL-VT01", "IEC61851-1-A.6-8.1"]);
});

test("a tag that no registry knows is named", () => {
  deepEqual(unregistered(["@V2G2-443", "@V2G2-44", "@HIL-XX99", "@constructor"]), ["V2G2-44", "HIL-XX99"]);
});

test("the requirements of a DC session with external payment are registered", () => {
  const needed = [
    "V2G2-139",
    "V2G2-443",
    "V2G2-459",
    "V2G2-460",
    "V2G2-537",
    "V2G2-538",
    "V2G2-539",
    "V2G2-542",
    "V2G2-596",
    "V2G2-734",
    "V2G2-735",
    "V2G2-847",
    "V2G2-848",
    "V2G2-918",
    "V2G2-920",
    "V2G2-921",
    "V2G3-A09-16",
    "V2G3-M06-07",
    "HIL-VT01",
    "HIL-SE01",
    "HIL-EX01",
    "HIL-SA04",
  ];
  deepEqual(unregistered(needed.map((id) => `@${id}`)), []);
});

test("every gist is one short sentence of its own, and every status says how we know", () => {
  for (const [id, { gist, status }] of Object.entries(requirements)) {
    ok(gist.length <= 180 && /\.$/.test(gist), id);
    match(status, /^(verified in text|unverified|quoted by \d+ peers?)$/, id);
  }
  const shared = Object.values(requirements)
    .filter(({ gist }) => !gist.includes("elements of its definition"))
    .map(({ gist }) => gist);
  equal(new Set(shared).size, shared.length, "no two requirements say the same");
});

test("an empty profile is the default statement", () => {
  deepEqual(statementOf("{}"), defaultStatement);
  deepEqual(statementOf('{"bench": "virtual", "pics": {"pause": true}}').pics.pause, true);
});

test("every fault of a profile is named at once", () => {
  const profile = {
    pics: { protocols: ["ISO15118-3"], pauze: true, slac: "yes" },
    pixit: { maximumVoltage: 1e9, targetCurrent: -1, evseId: "x".repeat(38), minimumCurrent: null },
  };
  throws(
    () => statementOf(JSON.stringify(profile), "bench.json"),
    (error) => {
      ok(error instanceof ProfileFault);
      const places = error.faults.map((fault) => fault.split(" ")[0]);
      const expected = ["protocols", "pauze", "slac"].map((name) => `pics.${name}`);
      deepEqual(places, [
        ...expected,
        ...["maximumVoltage", "targetCurrent", "evseId", "minimumCurrent"].map((name) => `pixit.${name}`),
      ]);
      match(error.message, /^bench\.json: 7 faults\n/);
      return true;
    },
  );
});

test("a profile that is no JSON object, or that contradicts itself, is refused in words", () => {
  throws(() => statementOf("{", "bench.json"), /bench\.json: is not JSON/);
  throws(() => statementOf("[]", "bench.json"), /must hold one JSON object/);
  throws(() => statementOf('{"pics": {"slac": 1}}'), /pics\.slac must be true or false, not 1/);
  throws(() => statementOf('{"pics": []}'), /pics must be an object/);
  throws(() => statementOf('{"pixit": {"minimumVoltage": 600}}'), /minimumVoltage is above/);
  throws(() => statementOf('{"pics": {"__proto__x": 1, "constructor": 2}}'), /2 faults/);
});
