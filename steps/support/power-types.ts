import { defineParameterType } from "@cucumber/cucumber";
import { mmeNames } from "../../protocol/homeplug";
import { modemFaults, pilotFaults, plantFaults } from "./bench-faults";
import { momentNames, phaseNames } from "./power-view";
import { responses } from "./sdp-answers";
import { helperFaults } from "./serial/helper-faults";
import { strangeMmes } from "./strange-mmes";

/** A message, and how often it is sent. */
export interface Sending {
  readonly name: string;
  readonly times: number;
}

const oneOf = (names: readonly string[]): RegExp =>
  new RegExp(
    [...names]
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replaceAll(".", "\\."))
      .join("|"),
  );

const named = (name: string, names: readonly string[]): void =>
  defineParameterType({ name, regexp: oneOf(names), transformer: (text: string) => text });

named("moment", momentNames);
named("phase", phaseNames);
named("mme", mmeNames);
defineParameterType({
  name: "sending",
  regexp: new RegExp(`(${oneOf(mmeNames).source})(?: (\\d+) times)?`),
  transformer: (name: string, times = "1"): Sending => ({ name, times: Number(times) }),
});
named("strangeMme", Object.keys(strangeMmes));
named("plantFault", Object.keys(plantFaults));
named("helperFault", Object.keys(helperFaults));
named("pilotFault", Object.keys(pilotFaults));
named("modemFault", Object.keys(modemFaults));
named("sdpAnswer", Object.keys(responses));
named("stopping", ["stops", "has stopped"]);
named("announcing", ["announces itself", "has announced itself"]);
named("end", ["first", "last"]);

defineParameterType({
  name: "chargingTime",
  regexp: /for (\d+) loops|without end/,
  transformer: (loops?: string) => (loops === undefined ? Number.POSITIVE_INFINITY : Number(loops)),
});

/** A distance in time, or its least and greatest value. */
defineParameterType({
  name: "gap",
  regexp: /(\d+) ms(?: to (\d+) ms)?/,
  transformer: (least: string, most?: string): readonly [number, number | undefined] => [
    Number(least),
    most === undefined ? undefined : Number(most),
  ],
});
