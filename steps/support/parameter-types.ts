import { defineParameterType } from "@cucumber/cucumber";
import { messages } from "../../protocol/iso15118-2";
import type { StationStimulus } from "../../secc/node";
import { badDatagrams, badFrames } from "./bad-input";

const names = ["supportedAppProtocolReq", "supportedAppProtocolRes", ...Object.keys(messages)];
const anyOf = (list: readonly string[]): RegExp => new RegExp(list.join("|"));

defineParameterType({
  name: "request",
  regexp: anyOf(names.filter((name) => name.endsWith("Req"))),
  transformer: (name) => name,
});
defineParameterType({
  name: "response",
  regexp: anyOf(names.filter((name) => name.endsWith("Res"))),
  transformer: (name) => name,
});

defineParameterType({ name: "message", regexp: anyOf(names), transformer: (name) => name });

const units = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const;
defineParameterType({
  name: "duration",
  regexp: /(\d+(?:\.\d+)?) (ms|s|min|h)/,
  transformer: (value: string, unit: string) => Number(value) * units[unit as keyof typeof units],
});

defineParameterType({ name: "pilotState", regexp: /state ([A-F])/, transformer: (state) => state });
defineParameterType({ name: "code", regexp: /(?:OK|FAILED|Failed)\w*/, transformer: (code) => code });
defineParameterType({ name: "volts", regexp: /(\d+(?:\.\d+)?) V/, transformer: Number });
defineParameterType({ name: "amperes", regexp: /(\d+(?:\.\d+)?) A/, transformer: Number });

defineParameterType({ name: "side", regexp: /SECC|EVCC/, transformer: (side) => side });
defineParameterType({
  name: "badFrame",
  regexp: anyOf(Object.keys(badFrames).map((name) => name.replaceAll("$", "\\$"))),
  transformer: (name) => name,
});
defineParameterType({
  name: "badDatagram",
  regexp: anyOf(Object.keys(badDatagrams)),
  transformer: (name) => name,
});

defineParameterType({
  name: "atMost",
  regexp: /none|at most (\d+)/,
  transformer: (count: string | undefined) => Number(count ?? 0),
});

/** One step says what happens and what has happened; `true` where it goes on meanwhile. */
const asking: Readonly<Record<string, boolean>> = { "has asked": false, "keeps asking": true };
defineParameterType({ name: "asking", regexp: anyOf(Object.keys(asking)), transformer: (words) => asking[words] });
defineParameterType({ name: "opening", regexp: /opens|has opened/, transformer: (words) => words });

/** What a person does to a station, as it happens or as it has happened. */
const operations: Readonly<Record<string, StationStimulus>> = {
  "authorises the customer": "authorise",
  "has authorised the customer": "authorise",
  "refuses the customer": "deauthorise",
  "has refused the customer": "deauthorise",
  "stops the session": "stop",
  "has stopped the session": "stop",
};
defineParameterType({
  name: "operation",
  regexp: anyOf(Object.keys(operations)),
  transformer: (words) => operations[words] as StationStimulus,
});
