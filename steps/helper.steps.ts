import { When } from "@cucumber/cucumber";
import { Inconclusive } from "./support/judgement";
import "./support/power-types";
import type { HarnessWorld } from "./support/world";

/** In a session only the side under test is to act on it: the tester's vehicle does not hear what becomes of the pilot. */
When("the pilot helper {helperFault}", function (this: HarnessWorld, name: string) {
  const { serial, trace, evcc } = this.bench;
  if (!serial) throw new Inconclusive("the station has no pilot helper here");
  this.stimulate();
  if (evcc.connection()) this.carGate.ignore(({ kind }) => kind === "pilot");
  trace.record("bench", { type: "stimulus", what: `the pilot helper ${name}` });
  serial.fault(name);
});
