import assert from "node:assert/strict";
import { test } from "node:test";
import { validateResult } from "../../protocol/homeplug";
import { type CarProbe, EVSE, hear, reach, SECOND } from "./good-path.contract";
import type { SlacOptions } from "./index";

const { notReady, ready, success, failure, notRequired } = validateResult;

/** A car that asks the one station it has heard whether it can validate. */
function asking(options: Partial<SlacOptions> = {}): CarProbe {
  const probe = hear(reach("AwaitCmAttenCharInd", { validation: "always", ...options }), "CM_ATTEN_CHAR.IND");
  assert.deepEqual([probe.at, probe.names().at(-1)], ["AwaitCmValidateCnf", "CM_VALIDATE.REQ"]);
  return probe;
}

const answer = (probe: CarProbe, Result: number, ToggleNum = 0, sa = EVSE): CarProbe =>
  hear(probe, "CM_VALIDATE.CNF", { sa, Result, ToggleNum });

/** Toggles to the end; what the pilot has shown. */
function toggleAll(probe: CarProbe): string {
  let shown = "";
  const told = () => probe.told.map((event) => (event.kind === "toggle" ? event.load : event.kind)).join("");
  for (shown = told(); probe.running().includes("T_vald_state_duration"); ) {
    probe.expire("T_vald_state_duration");
    shown += told();
  }
  return shown;
}

test("a station that is ready is told the window, and the pilot is toggled in it", () => {
  const probe = answer(asking(), ready);
  assert.deepEqual(probe.sent[0]?.fields, { SignalType: 0, Timer: 20, Result: ready });
  const opened = probe.now;
  assert.equal(toggleAll(probe), "CBCBCB");
  assert.equal(probe.now - opened, 5 * 300);
  assert.deepEqual(answer(probe, success, 3).names(), ["CM_SLAC_MATCH.REQ"]);
});

test("only a count that is right makes the station the one", () => {
  for (const [Result, ToggleNum] of [
    [success, 2],
    [success, 0xff],
    [failure, 3],
    [notReady, 0],
  ] as const) {
    const probe = answer(asking(), ready);
    toggleAll(probe);
    assert.deepEqual(answer(probe, Result, ToggleNum).at, "AwaitMatchingRate", `${Result} ${ToggleNum}`);
  }
  const silent = answer(asking(), ready);
  toggleAll(silent);
  assert.equal(silent.expire("TT_EVSE_vald_toggle").at, "AwaitMatchingRate");
});

test("a station that declines is matched or dropped, as the car is set", () => {
  for (const Result of [failure, notRequired]) {
    assert.deepEqual(answer(asking(), Result).names(), ["CM_SLAC_MATCH.REQ"]);
    assert.equal(answer(asking({ unvalidated: "drop" }), Result).at, "AwaitMatchingRate");
  }
});

test("an answer that is none is asked for again, three times in all", () => {
  const answers: ((probe: CarProbe) => unknown)[] = [
    (it) => answer(it, success, 0),
    (it) => answer(it, ready, 1),
    (it) => answer(it, notReady),
    (it) => answer(it, ready, 0, SECOND),
    (it) => hear(it, "CM_VALIDATE.CNF", { SignalType: 0xff, Result: ready, ToggleNum: 0 }),
    () => undefined,
  ];
  for (const [index, give] of answers.entries()) {
    const probe = asking();
    for (let times = 1; times < 3; times++) {
      give(probe);
      assert.deepEqual(probe.expire("TT_match_response").names(), ["CM_VALIDATE.REQ"], `answer ${index}`);
    }
    assert.equal(probe.expire("TT_match_response").at, "AwaitMatchingRate");
  }
});

test("the first answer, repeated, is not the count; a pilot that goes leaves state B behind", () => {
  const probe = answer(asking(), ready);
  assert.equal(answer(probe, ready).at, "AwaitToggleCount");
  probe.take({ kind: "unplugged" });
  assert.deepEqual(probe.told, [{ kind: "toggle", load: "B" }]);
  assert.equal(probe.at, "AwaitPlug");
});

test("only stations in doubt are validated where the car is set so", () => {
  const near = { AAG: new Array(58).fill(9) };
  const perhaps = { AAG: new Array(58).fill(15) };
  const options = { validation: "potential", direct: 10, indirect: 20 } as const;
  assert.deepEqual(
    hear(reach("AwaitCmAttenCharInd", options), "CM_ATTEN_CHAR.IND", near).names().at(-1),
    "CM_SLAC_MATCH.REQ",
  );
  assert.deepEqual(
    hear(reach("AwaitCmAttenCharInd", options), "CM_ATTEN_CHAR.IND", perhaps).names().at(-1),
    "CM_VALIDATE.REQ",
  );
});
