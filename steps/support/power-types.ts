import { defineParameterType } from "@cucumber/cucumber";
import { mmeNames } from "../../protocol/homeplug";
import { pilotFaults, plantFaults } from "./bench-faults";
import { momentNames, phaseNames } from "./power-view";
import { responses } from "./sdp-answers";

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
named("plantFault", Object.keys(plantFaults));
named("pilotFault", Object.keys(pilotFaults));
named("sdpAnswer", Object.keys(responses));
