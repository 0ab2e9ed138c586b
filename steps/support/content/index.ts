import { defineParameterType } from "@cucumber/cucumber";
import type { HarnessWorld } from "../world";
import * as car from "./car";
import { type Look, saidBy } from "./said";
import * as station from "./station";

const valid: Look = (said) => said.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`]));

/** What all messages of a session have to hold, in the words of a feature. */
const contents: Readonly<Record<string, Look>> = {
  "is valid": valid,
  "names it by its EVSEID": station.evseid,
  "names it by its EVCCID": car.evccid,
  "comes in time": car.pace,
  "offers what it has": station.offer,
  "offers schedules for the power it delivers": station.schedules,
  "keeps to its limits": (said, world) => (world.sut === "secc" ? station.limits : car.limits)(said, world),
  "tells a status that fits": (said, world) => (world.sut === "secc" ? station.status : car.status)(said, world),
  "tells of limits only when they are reached": station.flags,
  "counts up": station.meter,
  "tells what is measured": station.values,
  "tells the state of charge": car.stateOfCharge,
  "chooses of what was offered": car.choices,
  "offers each protocol once": car.protocols,
  "names the session that it has paused": car.resumed,
};

/** The words as they stand in the feature, and what they mean. */
export interface Content {
  readonly text: string;
  readonly look: Look;
}

defineParameterType({
  name: "content",
  regexp: new RegExp(Object.keys(contents).join("|")),
  transformer: (text: string): Content => ({ text, look: contents[text] as Look }),
});

/** Everything the side under test has said since the stimulus; silence is no way to be right. */
export function judgeContent(world: HarnessWorld, { text, look }: Content): void {
  const said = saidBy(world);
  const wrong = look(said, world);
  world.judge({
    text: `what the ${world.sut.toUpperCase()} says`,
    required: text,
    measured: said.length === 0 ? "nothing" : (wrong[0] ?? "so"),
    passed: said.length > 0 && wrong.length === 0,
    silent: said.length === 0,
  });
}
