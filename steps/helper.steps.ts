import { When } from "@cucumber/cucumber";
import { Inconclusive } from "./support/judgement";
import "./support/power-types";
import type { HarnessWorld } from "./support/world";

/** In a session only the side under test is to act on it: the tester's vehicle does not hear what becomes of the pilot. */
When("the pilot helper {helperFault}", function (this: HarnessWorld, name: string) {
  const { serial, trace } = this.bench;
  if (!serial) throw new Inconclusive("the station has no pilot helper here");
  this.stimulate();
  this.carGate.ignore(({ kind }) => kind === "pilot" && this.bench.evcc.connection() !== undefined);
  trace.record("bench", { type: "stimulus", what: `the pilot helper ${name}` });
  serial.fault(name);
});
