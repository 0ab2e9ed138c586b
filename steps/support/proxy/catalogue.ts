import { type RequestName, responseTo, type V2gMessage } from "../../../protocol/v2g";
import { mutated } from "./mutation";
import { type Place, placesOf } from "./places";

const codes = ["OK", "OK_NewSessionEstablished", "OK_OldSessionJoined", "FAILED", "FAILED_UnknownSession"];
const spare = /^Reserved_/;

/** What to do to a field of that kind. */
function changesOf(place: Place): readonly string[] {
  const { value, optional, list, type, key } = place;
  if (value === undefined) return ["added"];
  const absent = optional ? ["absent"] : [];
  if (list) return [...absent, ...listChanges(value as unknown[], list)];
  if (type.kind === "complex") return "Value" in (value as object) ? [...absent, ...quantity] : absent;
  switch (type.kind) {
    case "boolean":
      return [...absent, "not"];
    case "enumeration": {
      const values = key === "ResponseCode" && type.values.length > 5 ? codes : type.values;
      return [...absent, ...values.filter((each) => !spare.test(each)).map((each) => `=${each}`)];
    }
    case "integer":
      return [...absent, "+1", "=0", "greatest"];
    case "string":
      return [...absent, "other", "zero", "too long"];
    case "binary":
      return [...absent, "other", "zero", "shorter"];
  }
}

const quantity = ["+10%", "x10", "=0", "negative", "in another unit"];

const listChanges = ({ length }: readonly unknown[], { min, max }: { min: number; max: number }): string[] => [
  ...(length < max ? ["one more"] : []),
  ...(length > Math.max(1, min) ? ["one less"] : []),
];

/** What to do to a whole frame, apart from being late. */
const frames = [
  "dropped",
  "doubled",
  "after the last one again",
  "cut for 20 ms",
  "and an octet more in its payload",
  "and two octets more behind it",
  "with version FF",
  "with inverse FF",
  "with payload type 8002",
  "with a length of one more",
  "with a length of one less",
];

/** Milliseconds that an answer may take, and the messages that have their own. */
const inTime: Readonly<Record<string, number>> = { CurrentDemandRes: 25, PowerDeliveryRes: 4_500 };
/** From a response to the next request (HIL-TM09). */
const requestInTime = 40_000;

function lateness(name: string, times: number): string[] {
  if (name.endsWith("Req")) return [`${name}${times > 1 ? "#2" : ""} ${requestInTime + 1_000} ms late`];
  const limit = inTime[name] ?? 1_500;
  return [Math.round(limit * 0.9), Math.round(limit * 1.1)].map((ms) => `${name} ${ms} ms late`);
}

/** Messages that come again and again: a change from the second one on is another fault than one from the first. */
const loops = ["CableCheckRes", "PreChargeRes", "PowerDeliveryRes", "CurrentDemandRes", "CurrentDemandReq"];

/** Mutations of what one side has said in good sessions, by name; those that change nothing, or cannot be written, are left out. */
export function catalogue(said: readonly V2gMessage[], writable: (message: V2gMessage) => boolean): string[] {
  const names = [...new Set(said.map(({ name }) => name))];
  return names.flatMap((name) => {
    const all = said.filter((message) => message.name === name);
    const fields = new Set(
      all.flatMap((message) =>
        placesOf(message).flatMap((place) =>
          changesOf(place)
            .filter((change) => differs(message, place.path, change, writable))
            .map((change) => `.${place.path} ${change}`),
        ),
      ),
    );
    const second = all[1];
    const again = second && loops.includes(name) ? [...fields].filter((field) => applies(second, field, writable)) : [];
    return [
      ...[...fields].map((field) => `${name}${field}`),
      ...again.map((field) => `${name}#2${field}`),
      ...frames.map((change) => `${name} ${change}`),
      ...lateness(name, all.length),
    ];
  });
}

function differs(message: V2gMessage, path: string, change: string, writable: (message: V2gMessage) => boolean) {
  const other = mutated(message, path, change);
  return other !== undefined && writable(other);
}

function applies(message: V2gMessage, field: string, writable: (message: V2gMessage) => boolean): boolean {
  const [, path = "", change = ""] = /^\.(\S+) (.*)$/.exec(field) ?? [];
  return differs(message, path, change, writable);
}

/** Of SDP: octets of the header and of the payload that are other ones. */
export const discoveryMutations = (name: "SDPRequest" | "SDPResponse"): string[] => {
  const fields = name === "SDPResponse" ? ["address", "port", "security", "transport"] : ["security", "transport"];
  const header = ["version", "inverse", "payload type", "length"];
  return [
    ...[...header, ...fields].map((field) => `${name}.${field.replace(" ", "-")} other`),
    `${name} dropped`,
    `${name} doubled`,
    `${name} cut`,
    `${name} and an octet more`,
  ];
};

export const requestOf = (name: string): string => name.replace(/Res$/, "Req");
export const pairOf = (name: string): readonly string[] =>
  name.endsWith("Req") ? [name, responseTo(name as RequestName)] : [requestOf(name), name];
