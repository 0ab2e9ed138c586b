import { unhex } from "../../core/bytes";
import type { EventOf } from "../../core/trace";
import { BROADCAST, decodeMme, type Mme } from "../../protocol/homeplug";
import type { HarnessWorld } from "./world";

type MmeEvent = EventOf<"mme">;

/** Hosts that nobody is: they stand for a station or a vehicle besides those on the bench. */
export const strangers = { secc: "02:00:00:00:5E:99", evcc: "02:00:00:00:EE:99" } as const;
/** RunID of nobody's matching. */
export const strangeRunID = "5354524145474552";

export const mmes = (world: HarnessWorld, name: string, dir: "tx" | "rx" = "tx", from = world.mark): MmeEvent[] =>
  world.bench.trace
    .of("mme", world.sut)
    .filter((event) => event.name === name && event.dir === dir && event.seq >= from);

/** What an MME holds, read from its octets. */
export function fieldsOf(event: MmeEvent): Record<string, unknown> {
  const message = decodeMme(unhex(event.hex));
  return message.kind === "Mme" ? { ...message.fields, da: message.da, sa: message.sa } : {};
}

export const RunID = (event: MmeEvent | undefined): string => String(event && fieldsOf(event).RunID);

/** Address of a host, as its first frame has it. */
export const macOf = ({ bench }: HarnessWorld, node: "secc" | "evcc"): string => {
  const first = bench.trace.events.find((event) => event.type === "mme" && event.node === node && event.dir === "tx");
  return String(first && fieldsOf(first as MmeEvent).sa);
};

/** RunIDs with which the vehicle itself has asked, in order. */
export const runsOf = (world: HarnessWorld): string[] =>
  world.bench.trace
    .of("mme")
    .filter(({ name }) => name === "CM_SLAC_PARM.REQ")
    .map(fieldsOf)
    .filter(({ sa }) => sa === macOf(world, "evcc"))
    .map((fields) => String(fields.RunID));

/** Values of a match have names: nobody knows them beforehand. */
export function meaning(world: HarnessWorld, text: string): string {
  if (text.startsWith("not ")) return `not ${meaning(world, text.slice(4))}`;
  const names: Record<string, () => string> = {
    "that of the request": () => runsOf(world)[0] ?? "none",
    "another RunID": () => strangeRunID,
    "the vehicle": () => macOf(world, "evcc"),
    "the station": () => macOf(world, "secc"),
    "another vehicle": () => strangers.evcc,
    "another station": () => strangers.secc,
    "all stations": () => BROADCAST,
  };
  return names[text]?.() ?? text;
}

/** A field of a message as a table has it: a name of `meaning`, `26 dB` in every group, `0` or `FF` in each octet, or the value itself. */
export function valueFor(world: HarnessWorld, present: unknown, text: string): unknown {
  const decibels = /^(\d+) dB$/.exec(text);
  if (decibels && Array.isArray(present)) return present.map(() => Number(decibels[1]));
  if (typeof present === "number") return Number(text);
  const value = meaning(world, text);
  if (value === "0") return String(present).replace(/[0-9A-F]/g, "0");
  return value === "FF" ? String(present).replace(/[0-9A-F]/g, "F") : value;
}

/** Frame octets besides the fields. */
const heads = ["da", "sa", "mmv", "fragment", "vlan"];

/** The message with other fields and addresses. */
export function changed(world: HarnessWorld, message: Mme, rows: Readonly<Record<string, string>>): Mme {
  const found = message.fields as Readonly<Record<string, unknown>>;
  const head: Record<string, unknown> = {};
  const fields: Record<string, unknown> = { ...found };
  for (const [name, text] of Object.entries(rows)) {
    if (!heads.includes(name)) fields[name] = valueFor(world, found[name], text);
    else head[name] = name === "da" || name === "sa" ? meaning(world, text) : Number(text);
  }
  return { ...message, ...head, fields } as Mme;
}
